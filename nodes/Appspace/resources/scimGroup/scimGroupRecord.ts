import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { locatorOfSeveral, scimUserLocator } from '../../fields/locators';
import { isSameText, pick } from '../../runtime/pick';
import { attribute, entries, inner } from '../../transport/scim/attributes';

/** The attributes in the condition builder, sorted by name. */
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
	description: 'The ID of the group in its source directory',
};

export const membersField = locatorOfSeveral(
	'SCIM Users',
	'memberIds',
	scimUserLocator,
	'The users, by SCIM ID. These IDs can differ from those that the User resource returns.',
	{ placeholder: 'e.g. 2819c223-..., 902c246b-...' },
);

/** The most useful fields of a group, flattened. */
export function simplifyScimGroup(group: IDataObject): IDataObject {
	const isShown = (attribute(group, 'members') ?? null) !== null;
	const flat: IDataObject = {
		id: attribute(group, 'id'),
		displayName: attribute(group, 'displayName'),
		externalId: attribute(group, 'externalId'),
		// Some services never show members, which does not mean that there are none.
		memberCount: isShown ? entries(group, 'members').length : undefined,
		created: inner(group, 'meta', 'created'),
		lastModified: inner(group, 'meta', 'lastModified'),
	};
	return pick(flat, Object.keys(flat));
}

/** Whether a group has this name, ignoring case (RFC 7643 8.7.1), or does not show its name. */
export function isNamed(group: IDataObject, name: string): boolean {
	const displayName = attribute(group, 'displayName');
	return displayName === undefined || isSameText(displayName, name);
}
