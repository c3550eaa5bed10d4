import type { Resource } from '../../runtime/operation';
import { getAll } from './getAll.operation';
import { getMembers } from './getMembers.operation';
import { updateLibrarySettings } from './updateLibrarySettings.operation';

export const userGroup: Resource = {
	value: 'userGroup',
	name: 'User Group',
	description: 'Groups of users and their members',
	role: 'User Manager',
	operations: [getAll, getMembers, updateLibrarySettings],
};
