import { deviceLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';

export const getConfiguration: Operation = {
	value: 'getConfiguration',
	name: 'Get Configuration',
	action: 'Get configuration of device',
	description: 'Get the configuration that a device reported',
	effect: 'read',
	endpoints: ['GET devices/{id}/configuration'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [deviceLocator],

	async run(call) {
		return await passThrough(call, { path: path`devices/${call.id('deviceId')}/configuration` });
	},
};
