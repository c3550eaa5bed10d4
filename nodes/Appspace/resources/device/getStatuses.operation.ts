import { deviceLocator, locatorOfSeveral } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';

export const getStatuses: Operation = {
	value: 'getStatuses',
	name: 'Get Statuses',
	action: 'Get live statuses of devices',
	description: 'Get the live status of some or all devices',
	effect: 'read',
	endpoints: ['GET devices/devicestatuses'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		locatorOfSeveral(
			'Devices',
			'deviceIds',
			deviceLocator,
			'The devices to check. Leave it empty to check all devices.',
		),
	],

	async run(call) {
		const deviceIds = call.ids('deviceIds').join(',');
		const query = deviceIds === '' ? {} : { deviceIds };
		return await passThrough(call, { path: 'devices/devicestatuses', query });
	},
};
