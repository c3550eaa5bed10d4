import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../fields/locators';
import { path } from '../../transport/path';

/** Which users to list: those of a group, and those of a type. */
export const userFilters: INodeProperties[] = [
	locator('User Group', 'userGroupId', 'searchUserGroups', {
		required: false,
		description: 'Only members of this user group',
	}),
	{
		displayName: 'User Type',
		name: 'userType',
		type: 'string',
		default: '',
		placeholder: 'e.g. User',
		description: 'Only users of this type. User and Visitor are known; others may exist.',
	},
];

/** The list of all users, or of the members of a group. */
export function userListPath(userGroupId: unknown): string {
	return userGroupId === undefined
		? 'users'
		: path`users/usergroups/${String(userGroupId)}/members`;
}
