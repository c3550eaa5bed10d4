import { eventLocator, locatorOfSeveral, spaceLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';
import { spaceIdsIn } from './bookedSpaces';

export const checkIn: Operation = {
	value: 'checkIn',
	name: 'Check In',
	action: 'Check in to booking event',
	description:
		'Check in to a booking event. Appspace accepts this only around the start, usually from 15 minutes before to 15 minutes after.',
	effect: 'write',
	endpoints: ['GET reservation/events/{id}', 'POST reservation/events/{id}/checkin'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S5, S6, S7', reply: 'unknown' },
	fields: [
		eventLocator,
		locatorOfSeveral(
			'Spaces',
			'spaceIds',
			spaceLocator,
			'The spaces to check in to. Leave it empty to check in to all spaces of the event.',
		),
	],

	async run(call) {
		const eventId = call.id('eventId');
		const named = call.ids('spaceIds');
		const resourceIds =
			named.length > 0
				? named
				: spaceIdsIn(await call.record({ path: path`reservation/events/${eventId}` }));
		return await passThrough(call, {
			method: 'POST',
			path: path`reservation/events/${eventId}/checkin`,
			...(resourceIds.length > 0 && { body: { resourceIds } }),
		});
	},
};
