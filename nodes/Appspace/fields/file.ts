import type { INodeProperties } from 'n8n-workflow';

/** The size limit of operations that read a file. */
export const largestFileOption: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Largest File (MB)',
			name: 'largestFile',
			type: 'number',
			typeOptions: { minValue: 0.001, numberPrecision: 3 },
			default: 100,
			description:
				'The largest file to accept, which keeps a huge file from filling the memory of n8n. Defaults to 100 MB (1 MB is 1,000,000 bytes).',
		},
	],
};

/** The output field and the size limit of operations that return a file. */
export const fileFields: INodeProperties[] = [
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
	},
	largestFileOption,
];
