import type { Operation } from '../../runtime/operation';

export const getConfiguration: Operation = {
	value: 'getConfiguration',
	name: 'Get Configuration',
	action: 'Get visitor configuration',
	description:
		'Get the settings for visitor registration: types, purposes, fields, and which of them are required',
	effect: 'read',
	endpoints: ['GET visitormanagement/configurations/me'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },

	async run(call) {
		return await call.record({ path: 'visitormanagement/configurations/me' });
	},
};
