import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

const OPERATORS: INodePropertyOptions[] = [
	{ name: 'Contains', value: 'co' },
	{ name: 'Ends With', value: 'ew' },
	{ name: 'Equals', value: 'eq' },
	{ name: 'Greater Than', value: 'gt' },
	{ name: 'Greater Than or Equal', value: 'ge' },
	{ name: 'Is Present', value: 'pr' },
	{ name: 'Less Than', value: 'lt' },
	{ name: 'Less Than or Equal', value: 'le' },
	{ name: 'Not Equal', value: 'ne' },
	{ name: 'Starts With', value: 'sw' },
];

export const combineField: INodeProperties = {
	displayName: 'Combine Conditions With',
	name: 'combine',
	type: 'options',
	options: [
		{ name: 'And', value: 'and', description: 'All conditions must match' },
		{ name: 'Or', value: 'or', description: 'At least one condition must match' },
	],
	default: 'and',
};

/**
 * The filters of a SCIM list: a condition builder, a raw SCIM filter, and a lookup for the resource.
 *
 * @param attributes the attributes to choose from, sorted by name
 */
export function scimFilters(
	attributes: INodePropertyOptions[],
	lookup: INodeProperties,
): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			combineField,
			conditionsField(attributes),
			lookup,
			{
				displayName: 'SCIM Filter',
				name: 'filter',
				type: 'string',
				default: '',
				placeholder: 'e.g. title pr and not (active eq false)',
				description:
					'A filter in SCIM syntax (RFC 7644, section 3.4.2.2), sent unchanged. Escape quotes and backslashes in a text as in JSON. The node cannot check the result: if your service ignores the filter, you get all records.',
			},
		],
	};
}

/** A builder for conditions on these attributes. */
export function conditionsField(attributes: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Conditions',
		name: 'conditions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add condition',
		default: {},
		description:
			'Only records that match these conditions. Appspace compares, and the node leaves out records that show something else.',
		options: [
			{
				displayName: 'Condition',
				name: 'condition',
				values: [
					{
						displayName: 'Attribute',
						name: 'attribute',
						type: 'options',
						options: attributes,
						default: String(attributes[0]?.value ?? ''),
						allowArbitraryValues: true,
						description: 'To use another attribute, enter its SCIM name with an expression',
					},
					{
						displayName: 'Operator',
						name: 'operator',
						type: 'options',
						options: OPERATORS,
						default: 'eq',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'The value to compare with: text, true or false, or a date',
						// The type of the value depends on the attribute.
						ignoreValidationDuringExecution: true,
						displayOptions: { hide: { operator: ['pr'] } },
					},
				],
			},
		],
	};
}
