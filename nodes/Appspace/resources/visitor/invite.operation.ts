import { fullRange, refusePast } from '../../fields/dateRange';
import { peopleIn } from '../../fields/people';
import { withVisitors } from '../../fields/visitors';
import { idsIn } from '../../runtime/parameterValues';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';
import { invitationFields } from './invitationFields';

export const invite: Operation = {
	value: 'invite',
	name: 'Invite',
	action: 'Invite visitors',
	description: 'Announce visitors who are expected or already here. Appspace notifies their hosts.',
	effect: 'write',
	endpoints: [
		...['POST visitormanagement/invitations', 'GET visitormanagement/visitors/{id}'],
		'GET users/{id}',
	],
	evidence: { grade: 'OBSERVED', sources: 'S2', reply: 'unknown' },
	fields: invitationFields,

	async run(call) {
		const { spaceIds, isAllDay = false, ...more } = call.collection('additionalFields');
		const { startAt, endAt, zone } = fullRange(call, isAllDay === true);
		refusePast(isAllDay ? endAt : startAt, isAllDay ? 'End' : 'Start');
		const title = call.text('title');
		if (title === '') throw badInput('The parameter "Title" is empty', 'Enter a title.');
		const hosts = await peopleIn(call, call.values('hosts').hosts, 'Hosts');
		if (hosts.length === 0) {
			throw badInput('The parameter "Hosts" is empty', 'Pick a user, or enter an email address.');
		}
		const given = call.values('visitorIds', 'newVisitors');
		return await withVisitors(call, given, async (visitors) => {
			if (visitors.length === 0) {
				throw badInput(
					'The parameters "Visitors" and "New Visitors" are both empty',
					'Pick a registered visitor, or add a new one.',
				);
			}
			return await passThrough(call, {
				method: 'POST',
				path: 'visitormanagement/invitations',
				body: {
					// Known clients always send purpose and notes (appspace-api.md 5.6).
					...{ type: call.text('type'), title, purpose: '', notes: '', ...more },
					hosts: hosts.map(({ email, id }) => ({ email, ...(id !== undefined && { userId: id }) })),
					resourceIds: idsIn(spaceIds, 'Spaces'),
					visitors,
					...{ startAt, endAt, startTimeZone: zone, endTimeZone: zone, isAllDay },
				},
			});
		});
	},
};
