import type { Operation } from '../../runtime/operation';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many device groups',
	description: 'List the device groups',
	effect: 'read',
	endpoints: ['GET devices/devicegroups'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	isList: true,

	async run(call) {
		return await call.list('devices/devicegroups');
	},
};
