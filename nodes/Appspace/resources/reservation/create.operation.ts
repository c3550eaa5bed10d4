import type { IDataObject } from 'n8n-workflow';
import { fullRange, isPast, refusePast } from '../../fields/dateRange';
import { peopleIn, userOrSelf } from '../../fields/people';
import { withVisitors } from '../../fields/visitors';
import type { Call, Operation } from '../../runtime/operation';
import { badInput, isRefusal, catchStatus } from '../../transport/failure';
import { bookingBody, earlierBooking, sameBooking, type Booking } from './booking';
import { bookingFields } from './bookingFields';
import { simplifyReservation } from './reservationRecord';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create reservation',
	description:
		'Book rooms, desks, or other spaces. If a booking with the same spaces, time, organizer, attendees, and title already exists, the node returns it unchanged with "alreadyBooked". Notes and All Day count too, if you fill them in and Appspace shows them. For any other conflict, the message names the holder.',
	effect: 'write',
	endpoints: [
		...['POST reservation/reservations', 'POST reservation/locks/resources'],
		...['GET reservation/events', 'GET reservation/reservations/{id}'],
		...['GET users/me', 'GET users/{id}', 'GET visitormanagement/visitors/{id}'],
	],
	evidence: { grade: 'OBSERVED', sources: 'S2, S5, S6, S7' },
	fields: bookingFields,
	simplify: simplifyReservation,

	async run(call) {
		const { organizerId, ...details } = call.collection('additionalFields');
		const { newVisitors, visitorIds, ...more } = details;
		const range = fullRange(call, more.isAllDay === true);
		const [spaceIds, title] = [call.ids('spaceIds'), call.text('title')];
		if (spaceIds.length === 0) throw badInput('The parameter "Spaces" is empty', 'Pick a space.');
		if (title === '') throw badInput('The parameter "Title" is empty', 'Enter a title.');

		const attendees = await peopleIn(call, call.values('attendees').attendees, 'Attendees');
		const organizer = await userOrSelf(call, String(organizerId ?? ''), 'Organizer');
		const booking: Booking = { spaceIds, range, title, organizer, attendees, details };
		const [bound, label] = more.isAllDay ? [range.endAt, 'End'] : [range.startAt, 'Start'];
		if (isPast(bound)) {
			// A later rerun of the workflow: the booking from the first run still counts.
			const earlier = await earlierBooking(call, booking);
			if (earlier) return { ...earlier, alreadyBooked: true };
			refusePast(bound, label);
		}
		return await withVisitors(call, { newVisitors, visitorIds }, async (visitors) => {
			if (call.collection('options').lockFirst === true) await lock(call, booking);
			return await book(call, booking, { ...more, visitors });
		});
	},
};

async function book(call: Call, booking: Booking, more: IDataObject): Promise<IDataObject> {
	const body = bookingBody(booking, more);
	const path = 'reservation/reservations';
	const made = await catchStatus(call.record({ method: 'POST', path, body }), 409);
	if (!isRefusal(made)) return { ...made, alreadyBooked: false };
	return { ...(await sameBooking(call, booking, made)), alreadyBooked: true };
}

/** The lock is optional: only one client locks, and it books without a lock too (appspace-api.md 5.5). */
async function lock(call: Call, { spaceIds, range }: Booking): Promise<void> {
	const body = { resourceIds: spaceIds, from: range.startAt, to: range.endAt };
	const request = { method: 'POST' as const, path: 'reservation/locks/resources', body };
	await call.request({ ...request, acceptsText: true }).catch(() => undefined);
}
