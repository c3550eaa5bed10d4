import type { INodeProperties } from 'n8n-workflow';
import { fileFields } from '../../fields/file';

/** What Raw Request asks for. */
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
				'GET and HEAD may be sent again when something goes wrong on the way, the others only where Appspace cannot have acted',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. devices/8f14e45f-.../configuration',
			description: 'The path below /api/v3/ of your tenant; requests go nowhere else',
		},
		pairs('Query Parameters', 'queryParameters', 'Add parameter', 'What to ask for in the query'),
		{
			displayName: 'Query (JSON)',
			name: 'queryJson',
			type: 'json',
			default: '{}',
			description: 'More of the query, as a JSON object. Each entry of a list is sent on its own.',
		},
		pairs('Headers', 'headers', 'Add header', 'Beside those that the credential and n8n set'),
		{
			displayName: 'Body Content',
			name: 'bodyContent',
			type: 'options',
			options: [
				{ name: 'File', value: 'file', description: 'A file from a field of the input' },
				{ name: 'JSON', value: 'json' },
				{ name: 'None', value: 'none' },
			],
			default: 'none',
			description: 'What to send as the body',
			displayOptions: { show: { method: writing } },
		},
		{
			displayName: 'Body (JSON)',
			name: 'body',
			type: 'json',
			default: '{}',
			description: 'What to send as the body, as JSON',
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
				{ name: 'File', value: 'file', description: 'A binary field with what comes' },
				{ name: 'JSON', value: 'json', description: 'One item for each record' },
				{ name: 'Text', value: 'text', description: 'What comes, unread' },
			],
			default: 'json',
			description: 'What to make of the answer',
		},
		{
			displayName: 'Read Page After Page',
			name: 'readPages',
			type: 'boolean',
			default: false,
			description:
				'Whether to ask for a listing with start and limit until enough records are there. Where you fill in one of the two, you get that page and no other.',
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
	description: 'Whether to return status and headers beside the body, instead of records',
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
