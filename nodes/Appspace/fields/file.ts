import type { INodeProperties } from 'n8n-workflow';

/** For operations that read a file: how large it may be. */
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
				'A larger file is refused instead of filling the memory of n8n. Left out: 100 MB (of 1,000,000 bytes).',
		},
	],
};

/** For operations that give a file: where it goes, and how large it may be. */
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
