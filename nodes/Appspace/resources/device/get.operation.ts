import { deviceLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyDevice } from './deviceRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get device',
	description: 'Get one device by its ID',
	effect: 'read',
	endpoints: ['GET devices/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [deviceLocator],
	simplify: simplifyDevice,

	async run(call) {
		return await call.record({ path: path`devices/${call.id('deviceId')}` });
	},
};
