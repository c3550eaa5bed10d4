import type { INodeProperties } from 'n8n-workflow';

/** Whether to write; read it with `isPreview`. */
export const modeField: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{
			name: 'Preview',
			value: 'preview',
			description: 'Write nothing, and return what Apply would return',
		},
		{ name: 'Apply', value: 'apply', description: 'Write the changes to Appspace' },
	],
	default: 'preview',
	description: 'Preview writes nothing and returns what Apply would return',
};

/** Anything but Apply only previews. */
export function isPreview(mode: unknown): boolean {
	return mode !== 'apply';
}
