import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { locatorOfSeveral, typedAs } from '../../fields/locators';
import { isSameText, pick } from '../../runtime/pick';
import { attribute, entries, inner } from '../../transport/scim/attributes';

/** What the filter builder offers, in the order of the names. */
export const GROUP_ATTRIBUTES: INodePropertyOptions[] = [
	{ name: 'Created', value: 'meta.created' },
	{ name: 'External ID', value: 'externalId' },
	{ name: 'Last Changed', value: 'meta.lastModified' },
	{ name: 'Member (SCIM ID)', value: 'members.value' },
	{ name: 'Name', value: 'displayName' },
];

export const groupNameField: INodeProperties = {
	displayName: 'Name',
	name: 'displayName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Facilities',
	description: 'The name of the group',
};

export const externalIdField: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 00g1a2b3',
	description: 'The ID of the group in the directory that the group comes from',
};

export const membersField: INodeProperties = typedAs(
	locatorOfSeveral(
		'SCIM Users',
		'memberIds',
		'searchScimUsers',
		'The users who are meant, by the IDs that SCIM gives. They may differ from the IDs under the resource User.',
	),
	{ displayName: 'By SCIM IDs', placeholder: 'e.g. 2819c223-..., 902c246b-...' },
);

/** The most useful fields of a group, flat. */
export function simplifyScimGroup(group: IDataObject): IDataObject {
	const isShown = (attribute(group, 'members') ?? null) !== null;
	const flat: IDataObject = {
		id: attribute(group, 'id'),
		displayName: attribute(group, 'displayName'),
		externalId: attribute(group, 'externalId'),
		// Some services never show members; that is no group of none.
		memberCount: isShown ? entries(group, 'members').length : undefined,
		created: inner(group, 'meta', 'created'),
		lastModified: inner(group, 'meta', 'lastModified'),
	};
	return pick(flat, Object.keys(flat));
}

/** Whether a group has this name; letter case does not count (RFC 7643 8.7.1). One that shows none may have it. */
export function isNamed(group: IDataObject, name: string): boolean {
	const displayName = attribute(group, 'displayName');
	return displayName === undefined || isSameText(displayName, name);
}
