import type { Resource } from '../../runtime/operation';
import { addMembers } from './addMembers.operation';
import { create } from './create.operation';
import { deleteGroup } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { removeMembers } from './removeMembers.operation';
import { setMembers } from './setMembers.operation';
import { update } from './update.operation';

export const scimGroup: Resource = {
	value: 'scimGroup',
	name: 'Group Provisioning',
	description: 'User groups over SCIM, for tenants with User Group Sync enabled',
	credential: 'appspaceScimApi',
	dependsOn:
		'SCIM groups require the tenant option "Enable User Group Sync": in the Appspace console, go to Users > Settings > User Provisioning.',
	operations: [getAll, get, create, update, addMembers, removeMembers, setMembers, deleteGroup],
};
