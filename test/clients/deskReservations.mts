import { expectFields, secondsFromNow, type Client, type Session } from './client.mts';

const BASE = '/api/v3/reservation';
const ZONE = 'America/New_York';
/** It reads times with a function for whole seconds only. */
const WHOLE_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

export const deskReservations: Client = {
	source: 'S6',
	repository: 'github.com/NilayBarde/appspace-desk-reservations',
	operations: {
		'check the session': async ({ send }) => {
			const today = new Date().toISOString().slice(0, 10);
			const range = `startAt=${today}T00:00:00.000Z&endAt=${today}T00:00:01.000Z`;
			await send('GET', `${BASE}/users/me/events?${range}&limit=1`);
		},

		'events of a desk': async ({ sandbox, send }) => {
			const { resourceIds, startAt } = sandbox.tenant.events[0]!;
			const day = startAt.slice(0, 10);
			const range = `startAt=${day}T00:00:00.000Z&endAt=${day}T23:59:59.000Z`;
			const { body } = await send(
				'GET',
				`${BASE}/resources/${resourceIds[0]}/events?sort=startAt&${range}&page=1&start=0&limit=500`,
			);
			expectFields(body.items, { id: 'text', status: 'text', organizer: 'object' });
			expect(body.items[0].organizer.name).toEqual(expect.any(String));
		},

		'book and move': async (session) => {
			const { send } = session;
			const { id, eventId } = await book(session, 200);
			const [startAt, endAt] = [secondsFromNow(224), secondsFromNow(225)];
			await sendAny(session, 'PATCH', `${BASE}/events/${eventId}`, {
				...{ startAt, endAt, reservationStartAt: startAt, reservationEndAt: endAt },
			});
			const moved = session.sandbox.tenant.events.find((event) => event.id === eventId);
			expect(Date.parse(moved!.startAt)).toBe(Date.parse(startAt));
			await send('DELETE', `${BASE}/reservations/${id}`, 204);
		},

		'check in': async (session) => {
			const { send } = session;
			const { eventId, resourceId } = await book(session, 0.1);
			const range = `startAt=${secondsFromNow(-1)}&endAt=${secondsFromNow(2)}`;
			const states = 'NotConfirmed%2C%20Pending%2C%20Checkin%2C%20Active';
			const { body } = await send(
				'GET',
				`${BASE}/users/me/events?sort=startAt&status=${states}&includesourceobject=true&${range}&page=1&start=0&limit=20&pagecount=20`,
			);
			const event = body.items.find((one: { id: string }) => one.id === eventId);
			expect(['Checkin', 'Pending', 'NotConfirmed']).toContain(event.status);
			expect(event.startAt).toMatch(WHOLE_SECONDS);
			expect(event.resourceIds).toEqual([resourceId]);
			const { resourceIds } = event;
			await send('POST', `${BASE}/events/${eventId}/checkin`, 202, { resourceIds });
		},
	},
};

async function book({ sandbox, send }: Session, hours: number) {
	const { id, name, email } = sandbox.tenant.serviceUser;
	const desks = sandbox.tenant.resources.filter(({ isReservable }) => isReservable);
	const taken = sandbox.tenant.events.flatMap(({ resourceIds }) => resourceIds);
	const resourceId = (desks.find((desk) => !taken.includes(desk.id)) ?? desks.at(-1)!).id;
	const { body } = await send('POST', `${BASE}/reservations`, 201, {
		resourceIds: [resourceId],
		...{ title: 'Workspace Reservation', organizer: { id, name } },
		...{ effectiveStartAt: secondsFromNow(hours), effectiveEndAt: secondsFromNow(hours + 1) },
		...{ sensitivity: 'Public', organizerAvailabilityType: 'Busy' },
		attendees: [
			{
				...{ displayName: name, email, resourceIds: [resourceId], attendanceType: 'InPerson' },
				...{ userId: id, id },
			},
		],
		...{ visitors: [], isAllDay: false, startTimeZone: ZONE, endTimeZone: ZONE },
	});
	const event = sandbox.tenant.events.find(({ reservationId }) => reservationId === body.id);
	return { id: body.id as string, eventId: event!.id, resourceId };
}

/** If the form of the response is not public, any success counts. */
async function sendAny({ sandbox, send }: Session, method: string, path: string, body: unknown) {
	sandbox.set({ undocumentedReply: 'object' });
	await send(method, path, 200, body);
}
