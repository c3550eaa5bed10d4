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

export const addPublishTargets: Operation = {
	value: 'addPublishTargets',
	name: 'Add Publish Targets',
	action: 'Add publish targets to channel',
	description: 'Publish a channel to more devices and device groups. Existing targets stay.',
	effect: 'write',
	endpoints: ['GET channeldirectory/{id}/publishto', 'PUT channeldirectory/{id}/publishto'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: publishTargetFields,

	async run(call) {
		const channelId = call.id('channelId');
		const named = namedTargetsRequired(call);
		return await call.runExclusive(targetsPath(channelId), async () => {
			const before = await readTargets(call, channelId, { whole: true });
			const had = new Set(before.map(keyOf));
			const missing = named.filter((target) => !had.has(keyOf(target)));
			if (missing.length === 0) return targetsReport(channelId, before, before);
			const after = await writeTargets(call, channelId, [...writable(before), ...missing]);
			return targetsReport(channelId, before, after);
		});
	},
};
