import type { INodeProperties } from 'n8n-workflow';
import { locator, typedAs } from '../../fields/locators';

const shownAs = (form: 'fields' | 'json') => ({ show: { parametersAs: [form] } });

/** What Call Endpoint asks for: which endpoint, and the values that it takes. */
export const endpointFields: INodeProperties[] = [
	typedAs(
		locator('Service', 'service', 'searchServices', {
			required: false,
			description: 'The part of the API that the endpoint belongs to, as the tenant lists it',
			hint: 'Only needed to choose an endpoint from the list',
		}),
		{ displayName: 'By Name', placeholder: 'e.g. devices' },
	),
	typedAs(
		locator('Endpoint', 'endpoint', 'searchEndpoints', {
			description:
				'Method and path. Search for any part of them or of the summary. Typed by hand, values may stand in place of {placeholders}.',
		}),
		{ displayName: 'By Path', placeholder: 'e.g. GET /api/v3/devices/{id}' },
	),
	{
		displayName: 'Parameters As',
		name: 'parametersAs',
		type: 'options',
		options: [
			{
				name: 'Fields',
				value: 'fields',
				description: "Fill in fields that are made from the tenant's description",
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'Enter text; nothing is looked up, so it works without a description too',
			},
		],
		default: 'fields',
		description: 'How to enter the values that the endpoint takes',
	},
	{
		displayName: 'Parameters',
		name: 'parameters',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['service.value', 'endpoint.value'],
			resourceMapper: {
				resourceMapperMethod: 'getEndpointParameters',
				mode: 'add',
				valuesLabel: 'Parameters',
				fieldWords: { singular: 'parameter', plural: 'parameters' },
				addAllFields: false,
				supportAutoMap: false,
				noFieldsError: 'This endpoint takes no parameters.',
			},
		},
		displayOptions: shownAs('fields'),
	},
	{
		displayName: 'Path and Query (JSON)',
		name: 'parametersJson',
		type: 'json',
		default: '{}',
		description:
			'Values by name, as a JSON object. A name that the path has in braces goes there, every other into the query, lists separated by commas.',
		placeholder: 'e.g. { "status": "Online" }',
		displayOptions: shownAs('json'),
	},
	{
		displayName: 'Body (JSON)',
		name: 'bodyJson',
		type: 'json',
		default: '',
		description: 'What to send as the body, as JSON. Empty sends none; GET and HEAD have none.',
		displayOptions: shownAs('json'),
	},
];
