import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';

export const getIntegrations: Operation = {
	value: 'getIntegrations',
	name: 'Get Integrations',
	action: 'Get integrations of devices',
	description: 'Get the integrations with devices of other systems',
	effect: 'read',
	endpoints: ['GET devices/integrations'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },

	async run(call) {
		return await passThrough(call, { path: 'devices/integrations' });
	},
};
