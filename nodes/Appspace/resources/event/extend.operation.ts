import { dateField, instantAhead, timeZoneField } from '../../fields/dateRange';
import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';
import { explainClash } from '../reservation/clash';
import { spaceIdsIn } from './bookedSpaces';

export const extend: Operation = {
	value: 'extend',
	name: 'Extend',
	action: 'Extend booking event',
	description: 'Move the end of a booking event to a later time',
	effect: 'write',
	endpoints: [
		'POST reservation/events/{id}/extend',
		...['GET reservation/events/{id}', 'GET reservation/events'],
	],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		eventLocator,
		dateField('End', 'endAt', 'The new end of the event', { required: true }),
		timeZoneField,
	],

	async run(call) {
		const eventId = call.id('eventId');
		const endAt = instantAhead(call, 'endAt', 'End');
		const extension = { method: 'POST' as const, path: path`reservation/events/${eventId}/extend` };
		return await explainClash(
			call,
			passThrough(call, { ...extension, body: { endAt } }),
			async () => {
				const event = await call.record({ path: path`reservation/events/${eventId}` });
				const { endAt: startAt, reservationId } = event;
				return { spaceIds: spaceIdsIn(event), startAt: String(startAt), endAt, reservationId };
			},
		);
	},
};
