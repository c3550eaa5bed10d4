import type { INodeProperties } from 'n8n-workflow';
import { locator, typedAs } from '../../fields/locators';

const shownAs = (form: 'fields' | 'json') => ({ show: { parametersAs: [form] } });

/** The parameters of Call Endpoint: the endpoint and its values. */
export const endpointFields: INodeProperties[] = [
	typedAs(
		locator('Service', 'service', 'searchServices', {
			required: false,
			description: 'The API service that the endpoint belongs to, as the tenant lists it',
			hint: 'Only required to choose an endpoint from the list',
		}),
		{ displayName: 'By Name', placeholder: 'e.g. devices' },
	),
	typedAs(
		locator('Endpoint', 'endpoint', 'searchEndpoints', {
			description:
				'Method and path. You can search by method, path, or summary. If you type the path, you can replace {placeholders} with values.',
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
				description: "Fill in fields that come from the tenant's API description",
			},
			{
				name: 'JSON',
				value: 'json',
				description:
					'Enter JSON. The node looks nothing up, so this also works without an API description.',
			},
		],
		default: 'fields',
		description: 'How to enter the values for the endpoint',
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
			'Values by name, as a JSON object. Names that appear in braces in the path go into the path; all others go into the query. Lists are separated by commas.',
		placeholder: 'e.g. { "status": "Online" }',
		displayOptions: shownAs('json'),
	},
	{
		displayName: 'Body (JSON)',
		name: 'bodyJson',
		type: 'json',
		default: '',
		description:
			'The request body, as JSON. Leave it empty to send none. GET and HEAD have no body.',
		displayOptions: shownAs('json'),
	},
];
