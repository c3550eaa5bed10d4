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

/**
 * The filters of a SCIM listing: a builder of conditions, text in the words of SCIM, and a look-up of the
 * resource's own.
 *
 * @param attributes that can be chosen, in the order of their names
 */
export function scimFilters(
	attributes: INodePropertyOptions[],
	lookUp: INodeProperties,
): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Combine Conditions With',
				name: 'combine',
				type: 'options',
				options: [
					{ name: 'And', value: 'and', description: 'All conditions have to hold' },
					{ name: 'Or', value: 'or', description: 'One of the conditions has to hold' },
				],
				default: 'and',
			},
			conditionsField(attributes),
			lookUp,
			{
				displayName: 'SCIM Filter',
				name: 'filter',
				type: 'string',
				default: '',
				placeholder: 'e.g. title pr and not (active eq false)',
				description:
					'A filter in the words of SCIM (RFC 7644, section 3.4.2.2), sent as it is. Quotes and backslashes in a text have to be written as in JSON.',
			},
		],
	};
}

function conditionsField(attributes: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Conditions',
		name: 'conditions',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add condition',
		default: {},
		description: 'Only records that fulfil these conditions; Appspace itself compares',
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
						description: 'Others, by the name that SCIM gives them, can come from an expression',
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
						description: 'What to compare with: text, true or false, or a date',
						// Its type is that of the attribute.
						ignoreValidationDuringExecution: true,
						displayOptions: { hide: { operator: ['pr'] } },
					},
				],
			},
		],
	};
}
