import type { Resource } from '../../runtime/operation';
import { create } from './create.operation';
import { deactivate } from './deactivate.operation';
import { deleteUser } from './delete.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { reactivate } from './reactivate.operation';
import { synchronize } from './synchronize.operation';
import { update } from './update.operation';
import { upsert } from './upsert.operation';

export const scimUser: Resource = {
	value: 'scimUser',
	name: 'User Provisioning',
	description: 'Create, change, deactivate, and delete users over SCIM',
	credential: 'appspaceScimApi',
	operations: [
		getAll,
		get,
		create,
		update,
		upsert,
		synchronize,
		deactivate,
		reactivate,
		deleteUser,
	],
};
