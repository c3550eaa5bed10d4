import type { Operation } from '../../runtime/operation';
import { simplifyUser } from './userRecord';

export const getCurrent: Operation = {
	value: 'getCurrent',
	name: 'Get Current',
	action: 'Get current user',
	description: 'Get the service user that the API token of the credential acts as',
	effect: 'read',
	endpoints: ['GET users/me'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S5' },
	simplify: simplifyUser,

	async run(call) {
		return await call.record({ path: 'users/me' });
	},
};
