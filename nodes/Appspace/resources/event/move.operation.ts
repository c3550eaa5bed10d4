import { rangeAhead, rangeFields } from '../../fields/dateRange';
import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';
import { tellingHolder } from '../reservation/clash';
import { spaceIdsIn } from './bookedSpaces';

export const move: Operation = {
	value: 'move',
	name: 'Move',
	action: 'Move booking event',
	description: 'Give a booking event another time, on the same or on another day',
	effect: 'write',
	endpoints: [
		'PATCH reservation/events/{id}',
		...['GET reservation/events/{id}', 'GET reservation/events'],
	],
	evidence: { grade: 'OBSERVED', sources: 'S6, S7', reply: 'unknown' },
	fields: [eventLocator, ...rangeFields('When the event is to begin', 'When the event is to end')],

	async run(call) {
		const eventPath = path`reservation/events/${call.id('eventId')}`;
		const { startAt, endAt } = rangeAhead(call);
		// The form of S6, whose app moves bookings with it (appspace-api.md 5.5).
		const body = { startAt, endAt, reservationStartAt: startAt, reservationEndAt: endAt };
		return await tellingHolder(
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
