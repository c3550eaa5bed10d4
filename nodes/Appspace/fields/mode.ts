import type { INodeProperties } from 'n8n-workflow';

/** Whether an operation only shows what it would change. */
export const modeField: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{
			name: 'Preview',
			value: 'preview',
			description: 'Return what Apply would change, and change nothing',
		},
		{ name: 'Apply', value: 'apply', description: 'Change Appspace' },
	],
	default: 'preview',
};
