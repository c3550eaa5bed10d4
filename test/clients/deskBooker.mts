import { secondsFromNow, type Client, type Session } from './client.mts';

const BASE = '/api/v3/reservation';
const ZONE = 'America/New_York';
const CHECKABLE = ['Confirmed', 'Checkin', 'Pending', 'NotConfirmed'];

export const deskBooker: Client = {
	source: 'S5',
	repository: 'github.com/dstoll7/appspace-desk-booker',
	operations: {
		lock: async ({ sandbox, send }) => {
			const [from, to] = [secondsFromNow(160), secondsFromNow(161)];
			await send('POST', `${BASE}/locks/resources`, 204, {
				...{ resourceIds: [deskOf(sandbox)], from, to },
			});
		},

		book: async ({ sandbox, send }) => {
			// A week ahead: its tenant allows bookings no further ahead.
			sandbox.set({ bookingHorizon: 7 });
			const body = bookingOf(sandbox, secondsFromNow(167), secondsFromNow(168));
			const { body: booked } = await send('POST', `${BASE}/reservations`, 201, body);
			expect(booked).toMatchObject({ id: expect.any(String), status: expect.any(String) });
			const late = bookingOf(sandbox, secondsFromNow(169), secondsFromNow(170));
			await send('POST', `${BASE}/reservations`, 400, late);
		},

		'find out whose booking clashes': async ({ sandbox, send }) => {
			const desk = deskOf(sandbox);
			const booking = bookingOf(sandbox, secondsFromNow(160), secondsFromNow(161));
			await send('POST', `${BASE}/reservations`, 201, booking);
			const { body: refused } = await send('POST', `${BASE}/reservations`, 409, booking);
			expect(refused.message).toEqual(expect.any(String));
			const states = 'NotConfirmed, Pending, Checkin, Active, Conflict, Completed';
			const mine = await myEvents(send, {
				...{ sort: 'startAt', status: states, includesourceobject: 'true' },
				...{ startAt: secondsFromNow(150), endAt: secondsFromNow(170) },
				...{ page: '1', start: '0', limit: '20', pagecount: '20' },
			});
			expect(mine.filter((event) => isOnDesk(event, desk))).toHaveLength(1);
		},

		'check in': async ({ sandbox, send }) => {
			const desk = deskOf(sandbox);
			const [startAt, endAt] = [secondsFromNow(0.1), secondsFromNow(1)];
			await send('POST', `${BASE}/reservations`, 201, bookingOf(sandbox, startAt, endAt));
			const events = await myEvents(send, {
				...{ sort: 'startAt', includesourceobject: 'true', limit: '20' },
				...{ startAt: secondsFromNow(-1), endAt: secondsFromNow(2) },
			});
			const event = events.find((one) => isOnDesk(one, desk));
			expect(CHECKABLE).toContain(event.reservation.status);
			expect(Date.parse(event.startAt || event.reservation.effectiveStartAt)).toBe(
				Date.parse(startAt),
			);
			await send('POST', `${BASE}/events/${event.id}/checkin`, 202, {
				resourceIds: [desk],
			});
		},
	},
};

/** It finds the desk in the nested reservation; the top-level list has no `id` that it knows. */
function isOnDesk({ reservation }: any, desk: string): boolean {
	return reservation.resources.some(({ id }: { id: string }) => id === desk);
}

async function myEvents(send: Session['send'], query: Record<string, string>): Promise<any[]> {
	const search = new URLSearchParams(query);
	return (await send('GET', `${BASE}/users/me/events?${search}`)).body.items;
}

/** A desk without bookings, so that the booking clashes only with itself. */
function deskOf({ tenant }: Session['sandbox']): string {
	const taken = new Set(
		tenant.events
			.filter(({ endAt }) => Date.parse(endAt) > Date.now())
			.flatMap((one) => one.resourceIds),
	);
	const free = tenant.resources.find(({ id, subType, isReservable }) => {
		return isReservable && subType === 'Desk' && !taken.has(id);
	});
	return (free ?? tenant.resources.find(({ isReservable }) => isReservable))!.id;
}

function bookingOf(sandbox: Session['sandbox'], startAt: string, endAt: string): object {
	const { id, name, email } = sandbox.tenant.serviceUser;
	const resourceIds = [deskOf(sandbox)];
	const inPerson = { resourceIds, attendanceType: 'InPerson', userId: id, id };
	return {
		...{ resourceIds, effectiveStartAt: startAt, effectiveEndAt: endAt },
		...{ organizer: { id, name }, sensitivity: 'Public', organizerAvailabilityType: 'Busy' },
		attendees: [{ displayName: name, email, ...inPerson }],
		...{ visitors: [], visitPurpose: '', isAllDay: false },
		...{ startTimeZone: ZONE, endTimeZone: ZONE },
	};
}
