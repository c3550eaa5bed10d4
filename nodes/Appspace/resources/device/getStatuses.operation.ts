import { locatorOfSeveral } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';

export const getStatuses: Operation = {
	value: 'getStatuses',
	name: 'Get Statuses',
	action: 'Get live statuses of devices',
	description: 'Get the live status of some devices, or of all',
	effect: 'read',
	endpoints: ['GET devices/devicestatuses'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		locatorOfSeveral(
			'Devices',
			'deviceIds',
			'searchDevices',
			'The devices to ask about. Left empty: all.',
		),
	],

	async run(call) {
		const deviceIds = call.ids('deviceIds').join(',');
		const query = deviceIds === '' ? {} : { deviceIds };
		return await passThrough(call, { path: 'devices/devicestatuses', query });
	},
};
