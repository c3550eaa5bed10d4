import type { Resource } from '../../runtime/operation';
import { addMembers } from './addMembers.operation';
import { create } from './create.operation';
import { deleteGroup } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { removeMembers } from './removeMembers.operation';
import { update } from './update.operation';

export const scimGroup: Resource = {
	value: 'scimGroup',
	name: 'Group Provisioning',
	description: 'Groups of users over SCIM; only where the tenant has User Group Sync enabled',
	credential: 'appspaceScimApi',
	dependsOn:
		'Groups over SCIM need the option "Enable User Group Sync" of the tenant: look in the Appspace console under Users > Settings > User Provisioning.',
	operations: [getAll, get, create, update, addMembers, removeMembers, deleteGroup],
};
