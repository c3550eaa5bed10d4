import type { INodeProperties } from 'n8n-workflow';
import { fileFields } from '../../fields/file';

/** The parameters of Raw Request. */
export function rawFields(methods: readonly string[]): INodeProperties[] {
	const writing = methods.filter((method) => method !== 'GET' && method !== 'HEAD');
	const [fileField, { options: fileOptions = [], ...optionsField } = fileField] = fileFields as [
		INodeProperties,
		INodeProperties,
	];
	return [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: [...methods].sort().map((method) => ({ name: method, value: method })),
			default: 'GET',
			description:
				'The node can retry GET and HEAD after any interruption. It retries other methods only if Appspace cannot have acted on the request.',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. devices/8f14e45f-.../configuration',
			description: 'The path below /api/v3/ of your tenant. Requests go nowhere else.',
		},
		pairs('Query Parameters', 'queryParameters', 'Add parameter', 'The query parameters to send'),
		{
			displayName: 'Query (JSON)',
			name: 'queryJson',
			type: 'json',
			default: '{}',
			description:
				'More query parameters, as a JSON object. Each entry of a list becomes a separate parameter.',
		},
		pairs(
			'Headers',
			'headers',
			'Add header',
			'The headers to send in addition to those that the credential and n8n set',
		),
		{
			displayName: 'Body Content',
			name: 'bodyContent',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: 'A file from an input field' },
				{ name: 'JSON', value: 'json' },
				{ name: 'None', value: 'none' },
			],
			default: 'none',
			description: 'The type of the request body',
			displayOptions: { show: { method: writing } },
		},
		{
			displayName: 'Body (JSON)',
			name: 'body',
			type: 'json',
			default: '{}',
			description: 'The request body, as JSON',
			displayOptions: { show: { method: writing, bodyContent: ['json'] } },
		},
		{
			displayName: 'Input Data Field Name',
			name: 'inputDataFieldName',
			type: 'string',
			default: 'data',
			hint: 'The name of the input binary field that holds the file to send',
			displayOptions: { show: { method: writing, bodyContent: ['file'] } },
		},
		{
			displayName: 'Response Format',
			name: 'responseFormat',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: 'The response in a binary field' },
				{ name: 'JSON', value: 'json', description: 'One item per record' },
				{ name: 'Text', value: 'text', description: 'The response as unparsed text' },
			],
			default: 'json',
			description: 'How to return the response',
		},
		{
			displayName: 'Read Page by Page',
			name: 'readPages',
			type: 'boolean',
			default: false,
			description:
				'Whether to read a list page by page, with start and limit, until there are enough records. If you set start or limit yourself, you get only that page.',
			displayOptions: { show: { method: ['GET'], responseFormat: ['json'] } },
		},
		{ ...fileField, displayOptions: { show: { responseFormat: ['file'] } } },
		{ ...optionsField, options: [fullResponse, ...fileOptions] } as INodeProperties,
	];
}

const fullResponse: INodeProperties = {
	displayName: 'Full Response',
	name: 'fullResponse',
	type: 'boolean',
	default: false,
	description: 'Whether to return the status, headers, and body instead of records',
};

function pairs(
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties {
	return {
		...{ displayName, name, type: 'fixedCollection', default: {}, placeholder, description },
		typeOptions: { multipleValues: true },
		options: [
			{
				displayName: 'Pair',
				name: 'pair',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	};
}
