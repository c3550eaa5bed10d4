import { deviceLocator, locatorOfSeveral, startingWithOne } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';

export const sync: Operation = {
	value: 'sync',
	name: 'Sync Content',
	action: 'Sync content of devices',
	description: 'Make devices fetch their content now',
	effect: 'write',
	endpoints: ['POST devices/sync'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		{
			...startingWithOne(
				locatorOfSeveral('Devices', 'deviceIds', deviceLocator, 'The devices to sync'),
			),
			required: true,
		},
	],

	async run(call) {
		const deviceIds = call.ids('deviceIds');
		if (deviceIds.length === 0) {
			throw badInput(
				'The parameter "Devices" is empty',
				'Pick a device, or enter IDs separated by commas.',
			);
		}
		return await passThrough(call, { method: 'POST', path: 'devices/sync', body: { deviceIds } });
	},
};
