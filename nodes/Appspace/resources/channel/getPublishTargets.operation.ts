import { channelLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { readTargets, simplifyTarget } from './publishTarget';

export const getPublishTargets: Operation = {
	value: 'getPublishTargets',
	name: 'Get Publish Targets',
	action: 'Get publish targets of channel',
	description: 'List the devices and device groups that a channel is published to',
	effect: 'read',
	endpoints: ['GET channeldirectory/{id}/publishto'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [channelLocator],

	async run(call) {
		return (await readTargets(call, call.id('channelId'))).map(simplifyTarget);
	},
};
