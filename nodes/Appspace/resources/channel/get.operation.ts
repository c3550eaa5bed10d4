import { channelLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyChannel } from './channelRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get channel',
	description: 'Get one channel by its ID',
	effect: 'read',
	endpoints: ['GET channeldirectory/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [channelLocator],
	simplify: simplifyChannel,

	async run(call) {
		return await call.record({ path: path`channeldirectory/${call.id('channelId')}` });
	},
};
