import type { INodeProperties } from 'n8n-workflow';
import type { Effect } from '../transport/effect';

export const listFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The most items that a user can process at the same time. */
export const MAX_ITEMS_AT_ONCE = 128;

/** The option for how many items an operation with this effect processes at the same time. */
export function itemsAtOnceOption(effect: Effect): INodeProperties {
	return effect === 'read' ? readsAtOnce : writesAtOnce;
}

const writesAtOnce: INodeProperties = {
	displayName: 'Items at Once',
	name: 'itemsAtOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_ITEMS_AT_ONCE, numberPrecision: 0 },
	default: 1,
	description:
		'The most input items to process at the same time. Without this option, the node processes one item after the other. Items that change the same record take turns.',
};

const readsAtOnce: INodeProperties = {
	...writesAtOnce,
	default: 24,
	description:
		'The most input items to process at the same time. Without this option, the node finds the best number itself, based on how fast Appspace answers.',
};

/** How many records a list requests at once unless the user or the operation chooses. */
export const PAGE_SIZE = 100;

/** The Page Size option of a list, with its default. */
export function pageSizeOption(usual = PAGE_SIZE): INodeProperties {
	return { ...pageSize, default: usual };
}

const pageSize: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
	default: PAGE_SIZE,
	description:
		'How many records to request at a time. Larger pages make long lists faster, but Appspace may enforce a lower limit.',
};
