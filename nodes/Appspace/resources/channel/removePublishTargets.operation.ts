import type { Operation } from '../../runtime/operation';
import {
	keyOf,
	namedTargetsRequired,
	readTargets,
	targetsPath,
	targetsReport,
	writable,
	writeTargets,
} from './publishTarget';
import { publishTargetFields } from './publishTargetFields';

export const removePublishTargets: Operation = {
	value: 'removePublishTargets',
	name: 'Remove Publish Targets',
	action: 'Remove publish targets from channel',
	description:
		'Stop publishing a channel to some devices and device groups. The other targets stay.',
	effect: 'write',
	endpoints: ['GET channeldirectory/{id}/publishto', 'PUT channeldirectory/{id}/publishto'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: publishTargetFields,

	async run(call) {
		const channelId = call.id('channelId');
		const unwanted = new Set(namedTargetsRequired(call).map(keyOf));
		return await call.runExclusive(targetsPath(channelId), async () => {
			const before = await readTargets(call, channelId, { whole: true });
			const kept = before.filter((target) => !unwanted.has(keyOf(target)));
			if (kept.length === before.length) return targetsReport(channelId, before, before);
			const after = await writeTargets(call, channelId, writable(kept));
			return targetsReport(channelId, before, after);
		});
	},
};
