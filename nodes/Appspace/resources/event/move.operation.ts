import { rangeAhead, rangeFields } from '../../fields/dateRange';
import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';
import { explainClash } from '../reservation/clash';
import { spaceIdsIn } from './bookedSpaces';

export const move: Operation = {
	value: 'move',
	name: 'Move',
	action: 'Move booking event',
	description: 'Move a booking event to another time, on the same day or another',
	effect: 'write',
	endpoints: [
		'PATCH reservation/events/{id}',
		...['GET reservation/events/{id}', 'GET reservation/events'],
	],
	evidence: { grade: 'OBSERVED', sources: 'S6, S7', reply: 'unknown' },
	fields: [eventLocator, ...rangeFields('The new start of the event', 'The new end of the event')],

	async run(call) {
		const eventPath = path`reservation/events/${call.id('eventId')}`;
		const { startAt, endAt } = rangeAhead(call);
		// The body that the app in S6 sends to move bookings (appspace-api.md 5.5).
		const body = { startAt, endAt, reservationStartAt: startAt, reservationEndAt: endAt };
		return await explainClash(
			call,
			passThrough(call, { method: 'PATCH', path: eventPath, body }),
			async () => {
				const event = await call.record({ path: eventPath });
				return {
					...{ spaceIds: spaceIdsIn(event), startAt, endAt },
					reservationId: event.reservationId,
				};
			},
		);
	},
};
