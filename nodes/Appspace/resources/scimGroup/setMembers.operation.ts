import type { INodeProperties } from 'n8n-workflow';
import { scimGroupLocator } from '../../fields/locators';
import { modeField } from '../../fields/mode';
import { guardField } from '../../runtime/guard';
import type { Operation } from '../../runtime/operation';
import { MOST } from './memberPlan';
import { setMembersOf } from './setMembers';

const namedBy: INodeProperties = {
	displayName: 'Members Named By',
	name: 'namedBy',
	type: 'options',
	options: [
		{ name: 'Email', value: 'email', description: 'The user name or an email address' },
		{ name: 'SCIM ID', value: 'id' },
		{ name: 'User Name', value: 'userName' },
	],
	default: 'email',
};

const members: INodeProperties = {
	displayName: 'Members',
	name: 'members',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. nathan@example.com, mary@example.com',
	description:
		'All users that the group is to have, separated by commas. An expression can also return a list.',
	// `idsIn` splits and checks the names.
	ignoreValidationDuringExecution: true,
};

export const setMembers: Operation = {
	value: 'setMembers',
	name: 'Set Members',
	action: 'Set members of provisioned group',
	description:
		'Make a list of users the members of a group: add who is missing, and remove who is not on the list',
	effect: 'write',
	effectOn: (parameter) => (parameter('mode') === 'apply' ? 'write' : 'read'),
	endpoints: [
		'GET /identity/scim/Groups/{id}',
		'PATCH /identity/scim/Groups/{id}',
		'GET /identity/scim/Users',
		'GET /identity/scim/Users/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: [
		modeField,
		scimGroupLocator,
		namedBy,
		members,
		guardField(MOST, 'mostRemovals', 'members to remove from a group'),
	],

	async run(call) {
		return await setMembersOf(call);
	},
};
