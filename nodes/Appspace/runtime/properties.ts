import type {
	INodeCredentialDescription,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { itemsAtOnceOption, listFields, pageSizeOption, simplifyField } from './listing';
import type { Evidence, Operation, Resource } from './operation';
import { shownWhere } from './shownWhere';

const WEAK: string[] = ['OBSERVED-weak', 'INFERRED'];
export const UNCONFIRMED = 'Not confirmed by Appspace; based on indirect evidence.';

/** All parameters of the node, assembled from its resources. */
export function propertiesOf(resources: Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: 'channel',
		},
		...resources.flatMap((resource) => [
			operationsOf(resource),
			...resource.operations.flatMap((operation) => {
				const where = { show: { resource: [resource.value], operation: [operation.value] } };
				return fieldsOf(operation).map((field) => shownWhere(field, where));
			}),
		]),
	];
}

/** The credentials of the node, each shown for the resources that use it. */
export function credentialsOf(resources: Resource[]): INodeCredentialDescription[] {
	const resource = resources
		.filter(({ credential }) => credential === 'appspaceScimApi')
		.map(({ value }) => value);
	return [
		{ name: 'appspaceApi', required: true, displayOptions: { hide: { resource } } },
		{ name: 'appspaceScimApi', required: true, displayOptions: { show: { resource } } },
	];
}

/** Whether something rests on weak evidence. Its description and a notice say so, not the list of actions. */
export function isUnconfirmed({ evidence }: { evidence: Evidence }): boolean {
	return WEAK.includes(evidence.grade);
}

/** The notice above the fields of whatever rests on weak evidence. */
export function noticeFor(it: { evidence: Evidence }): INodeProperties[] {
	return isUnconfirmed(it) ? [notice] : [];
}

function operationsOf({ value, operations }: Resource): INodeProperties {
	return {
		...operationField,
		displayOptions: { show: { resource: [value] } },
		// Plain comparison: the first `localeCompare` of a process takes 15 ms to load the language rules.
		options: operations.map(asOption).sort((left, right) => (left.name < right.name ? -1 : 1)),
		default: operations[0]?.value ?? '',
	};
}

function asOption(operation: Operation): INodePropertyOptions {
	const { name, value, action, description } = operation;
	return {
		name,
		value,
		action,
		description: isUnconfirmed(operation)
			? `${description.replace(/\.$/, '')}. ${UNCONFIRMED}`
			: description,
	};
}

/** Every field that the node shows for an operation: its own fields plus those that its properties imply. */
export function fieldsOf(operation: Operation): INodeProperties[] {
	const { fields = [], isList, pageSize, simplify } = operation;
	const own = fields.filter(({ name }) => name !== 'options');
	const hasOwnList = own.some(({ name }) => name === 'returnAll');
	const ownOptions = fields.find(({ name }) => name === 'options')?.options ?? [];
	return [
		...noticeFor(operation),
		...own.filter(({ name }) => name !== 'filters'),
		...(isList && !hasOwnList ? listFields : []),
		...(simplify ? [simplifyField] : []),
		...own.filter(({ name }) => name === 'filters'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				itemsAtOnceOption(operation.effect),
				...(isList ? [pageSizeOption(pageSize)] : []),
				...(ownOptions as INodeProperties[]),
			],
		},
	];
}

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

const notice: INodeProperties = {
	displayName: UNCONFIRMED,
	name: 'evidenceNotice',
	type: 'notice',
	default: '',
};
