import type { Operation } from '../../runtime/operation';
import {
	namedTargets,
	readTargets,
	targetsPath,
	targetsReport,
	writeTargets,
} from './publishTarget';
import { publishTargetFields } from './publishTargetFields';

export const replacePublishTargets: Operation = {
	value: 'replacePublishTargets',
	name: 'Replace Publish Targets',
	action: 'Replace publish targets of channel',
	description:
		'Publish a channel to exactly these devices and device groups, and remove all other targets. If you name none, the channel is not published anywhere.',
	effect: 'write',
	endpoints: ['GET channeldirectory/{id}/publishto', 'PUT channeldirectory/{id}/publishto'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: publishTargetFields,

	async run(call) {
		const channelId = call.id('channelId');
		const targets = namedTargets(call, 'wholeIds');
		return await call.runExclusive(targetsPath(channelId), async () => {
			const before = await readTargets(call, channelId);
			const after = await writeTargets(call, channelId, targets);
			return targetsReport(channelId, before, after);
		});
	},
};
