import type { INodeProperties } from 'n8n-workflow';
import { scimGroupLocator } from '../../fields/locators';
import { modeField } from '../../fields/mode';
import { mostField, type Guarded } from '../../runtime/guard';

export const REMOVALS: Guarded = { label: 'Most Removals', verb: 'remove', scope: 'members' };

export const setMembersFields: INodeProperties[] = [
	scimGroupLocator,
	{
		displayName: 'Identify Users By',
		name: 'identifyBy',
		type: 'options',
		options: [
			{
				name: 'Email',
				value: 'email',
				description: 'One of the email addresses of the user, or the user name',
			},
			{
				name: 'SCIM ID',
				value: 'id',
				description: 'The field named ID in the output of User Provisioning',
			},
			{ name: 'User Name', value: 'userName' },
		],
		default: 'userName',
		description: 'What the list contains. Letter case does not matter.',
	},
	{
		displayName: 'Members',
		name: 'members',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. nathan@example.com, mary@example.com',
		description:
			'All wanted members of the group, separated by commas. An expression can also return a list. Users that are not in this list are removed from the group.',
		// `Call.ids` splits and checks the list.
		ignoreValidationDuringExecution: true,
	},
	modeField,
	mostField('mostRemovals', REMOVALS),
	{
		displayName: 'If Users Are Not Found',
		name: 'ifNotFound',
		type: 'options',
		options: [
			{
				name: 'Stop',
				value: 'stop',
				description: 'Write nothing for this group, and name the users in the error',
			},
			{
				name: 'Set the Others',
				value: 'skip',
				description: 'Leave these users out, and name them in the output',
			},
		],
		default: 'stop',
		description: 'What to do if the list contains users that Appspace does not have',
	},
];
