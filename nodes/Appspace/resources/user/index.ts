import type { Resource } from '../../runtime/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getByEmail } from './getByEmail.operation';
import { getCurrent } from './getCurrent.operation';

export const user: Resource = {
	value: 'user',
	name: 'User',
	description: 'People who can sign in to Appspace',
	role: 'User Manager',
	operations: [getAll, get, getByEmail, getCurrent],
};
