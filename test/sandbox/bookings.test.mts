import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ users: 20, channels: 2, devices: 2, seed: 11 });
});
beforeEach(() => {
	sandbox.reset();
	sandbox.set({ undocumentedReply: 'object' });
});
afterAll(() => sandbox.close());

const MINUTE = 60_000;
/** In the form of the sandbox, which shows a fraction only where there is one. */
const at = (minutes: number) =>
	new Date(Date.now() + minutes * MINUTE).toISOString().replace(/\.\d+Z$/, 'Z');
const desk = () => {
	const { resources, events } = sandbox.tenant;
	const taken = events.flatMap(({ resourceIds }) => resourceIds);
	return resources.find(({ id, isReservable }) => isReservable && !taken.includes(id))!;
};

function formA(change: object = {}) {
	const { id, name } = sandbox.tenant.users[3]!;
	return {
		resourceIds: [desk().id],
		effectiveStartAt: at(5),
		effectiveEndAt: at(65),
		title: 'A quiet hour',
		organizer: { id, name },
		attendees: [],
		visitors: [],
		sensitivity: 'Public',
		organizerAvailabilityType: 'Busy',
		isAllDay: false,
		startTimeZone: 'Europe/Prague',
		endTimeZone: 'Europe/Prague',
		...change,
	};
}

const book = (change?: object) => api(sandbox, 'POST', 'reservation/reservations', formA(change));
const event = (id: string, verb = '', body?: unknown) =>
	api(sandbox, 'POST', `reservation/events/${id}/${verb}`, body);

async function booked(change?: object) {
	const { body } = await book(change);
	return { ...body, eventId: body.events[0].id as string };
}

const statusOf = async (eventId: string) =>
	(await api(sandbox, 'GET', `reservation/events/${eventId}`)).body?.status;

describe('booking', () => {
	it('answers 201 with the reservation, which can be read again with its event', async () => {
		const free = desk().id;
		const answer = await book({
			attendees: [{ email: 'a@example.com', attendanceType: 'InPerson' }],
		});
		expect(answer.status).toBe(201);
		const { body } = await api(sandbox, 'GET', `reservation/reservations/${answer.body.id}`);
		expect(body).toEqual(answer.body);
		expect(body).toMatchObject({
			title: 'A quiet hour',
			organizer: { id: sandbox.tenant.users[3]!.id },
			attendees: [{ email: 'a@example.com' }],
			resources: [{ resourceId: free }],
		});
		const single = (await api(sandbox, 'GET', `reservation/events/${body.events[0].id}`)).body;
		expect(single).toMatchObject({
			reservationId: body.id,
			startTimeZone: 'Europe/Prague',
			provider: { organizer: { username: sandbox.tenant.users[3]!.email } },
		});
	});

	it('takes the other form of the body', async () => {
		const answer = await api(sandbox, 'POST', 'reservation/reservations', {
			resources: [{ resourceId: desk().id }],
			startAt: at(10),
			endAt: at(20),
			title: 'Form B',
			organizer: { username: sandbox.tenant.users[2]!.email },
			attendees: [{ username: 'a@example.com' }],
			notes: 'with cake',
		});
		expect([answer.status, answer.body.notes]).toEqual([201, 'with cake']);
		expect(answer.body.organizer.id).toBe(sandbox.tenant.users[2]!.id);
	});

	it('names the holder when the slot is taken, and takes what is next to it', async () => {
		const { id } = desk();
		await book({ resourceIds: [id] });
		const clash = await book({
			resourceIds: [id],
			effectiveStartAt: at(60),
			effectiveEndAt: at(90),
		});
		expect(clash.status).toBe(409);
		expect(clash.body.message).toContain(sandbox.tenant.users[3]!.name);
		const next = { resourceIds: [id], effectiveStartAt: at(66), effectiveEndAt: at(90) };
		expect((await book(next)).status).toBe(201);
	});

	it('makes the service user the organizer where the tenant does so, or when nobody is named', async () => {
		expect((await booked({ organizer: undefined })).organizer.name).toBe('Automation Service');
		sandbox.set({ bookingOrganizer: 'serviceUser' });
		expect((await booked()).organizer.name).toBe('Automation Service');
	});

	it.each<[string, object, number]>([
		['no resource', { resourceIds: [] }, 400],
		['an unknown resource', { resourceIds: [crypto.randomUUID()] }, 404],
		['an end before the start', { effectiveEndAt: at(1) }, 400],
		['the past', { effectiveStartAt: at(-60), effectiveEndAt: at(-30) }, 400],
		['a date without a time', { effectiveStartAt: '2098-01-01' }, 400],
		['an unknown zone', { startTimeZone: 'Europe/Nowhere' }, 400],
		['a stranger as organizer', { organizer: { id: crypto.randomUUID(), name: 'X' } }, 400],
	])('refuses %s', async (_name, change, status) => {
		expect((await book(change)).status).toBe(status);
	});

	it('refuses what cannot be reserved, and what lies beyond the horizon', async () => {
		const floor = sandbox.tenant.resources.find(({ type }) => type === 'floor')!;
		expect((await book({ resourceIds: [floor.id] })).status).toBe(400);
		sandbox.set({ bookingHorizon: 7 });
		const far = { effectiveStartAt: at(8 * 24 * 60), effectiveEndAt: at(8 * 24 * 60 + 30) };
		expect((await book(far)).status).toBe(400);
	});

	it('locks a free resource with 204, a taken one not', async () => {
		const lock = (id: string) =>
			api(sandbox, 'POST', 'reservation/locks/resources', {
				resourceIds: [id],
				from: at(5),
				to: at(65),
			});
		const { id } = desk();
		expect((await lock(id)).status).toBe(204);
		await book({ resourceIds: [id] });
		expect((await lock(id)).status).toBe(409);
	});

	it('changes and deletes', async () => {
		const { id } = await booked();
		const path = `reservation/reservations/${id}`;
		const change = { title: 'Louder', startAt: at(30), notes: 'n' };
		expect((await api(sandbox, 'PATCH', path, change)).status).toBe(200);
		const { body } = await api(sandbox, 'GET', path);
		expect(body).toMatchObject(change);
		expect(body.events[0]).toMatchObject({ title: 'Louder', startAt: change.startAt });
		expect((await api(sandbox, 'DELETE', path)).status).toBe(204);
		expect((await api(sandbox, 'GET', path)).status).toBe(404);
		expect(await statusOf(body.events[0].id)).toBeUndefined();
	});
});

describe('events', () => {
	it('are checked in to within the window only, then are active, then end', async () => {
		const soon = await booked();
		expect(await statusOf(soon.eventId)).toBe('Checkin');
		const strange = { resourceIds: [crypto.randomUUID()] };
		expect((await event(soon.eventId, 'checkin', strange)).status).toBe(400);
		const answer = await event(soon.eventId, 'checkin', {
			resourceIds: [soon.resources[0].resourceId],
		});
		expect([answer.status, answer.text]).toEqual([202, '']);
		expect(await statusOf(soon.eventId)).toBe('Active');
		expect((await event(soon.eventId, 'end')).status).toBe(200);
		expect(await statusOf(soon.eventId)).toBe('Completed');

		const later = await booked({ effectiveStartAt: at(120), effectiveEndAt: at(150) });
		expect(await statusOf(later.eventId)).toBe('Pending');
		expect((await event(later.eventId, 'checkin')).status).toBe(400);
		expect((await event(later.eventId, 'end')).status).toBe(400);
		sandbox.set({ checkInWindow: 180 });
		expect((await event(later.eventId, 'checkin')).status).toBe(202);
		expect((await event(later.eventId, 'checkout')).status).toBe(200);
		expect(await statusOf(later.eventId)).toBe('Completed');
	});

	it.each<[string, (id: string) => Promise<{ status: number }>, string]>([
		['cancel', (id) => event(id, 'cancel', { reason: 'rain' }), 'Cancelled'],
		['release', (id) => event(id, 'release'), 'Released'],
		['DELETE', (id) => api(sandbox, 'DELETE', `reservation/events/${id}`), 'Cancelled'],
	])('free their slot with %s', async (_name, free, status) => {
		const { eventId, resources } = await booked();
		expect((await free(eventId)).status).toBeLessThan(300);
		expect(await statusOf(eventId)).toBe(status);
		expect((await book({ resourceIds: [resources[0].resourceId] })).status).toBe(201);
		expect((await event(eventId, 'checkin')).status).toBe(400);
	});

	it('are extended unless that clashes', async () => {
		const { eventId, resources } = await booked();
		const resourceIds = [resources[0].resourceId];
		await book({ resourceIds, effectiveStartAt: at(120), effectiveEndAt: at(150) });
		const endAt = at(100);
		expect((await event(eventId, 'extend', { endAt })).status).toBe(200);
		const { body } = await api(sandbox, 'GET', `reservation/events/${eventId}`);
		expect(body.endAt).toBe(endAt);
		expect((await event(eventId, 'extend', { endAt: at(130) })).status).toBe(409);
		expect((await event(eventId, 'extend', { endAt: at(50) })).status).toBe(400);
	});

	it.each<[string, Record<string, string>]>([
		['S6', { startAt: at(200), endAt: at(230), reservationStartAt: at(200) }],
		['S7', { effectiveStartAt: at(200), effectiveEndAt: at(230), subject: 'Moved' }],
	])('are moved with the body of %s', async (_name, body) => {
		const { id, eventId } = await booked();
		expect((await api(sandbox, 'PATCH', `reservation/events/${eventId}`, body)).status).toBe(200);
		const moved = (await api(sandbox, 'GET', `reservation/reservations/${id}`)).body;
		expect(moved.events[0].startAt).toBe(body.startAt ?? body.effectiveStartAt);
		expect(moved.startAt).toBe(moved.events[0].startAt);
	});

	it('are listed by range and resource, in order of their start', async () => {
		const { eventId, resources, startAt } = await booked();
		const ids = async (query: string) =>
			(
				await api(sandbox, 'GET', `reservation/events?limit=500&sort=startAt&${query}`)
			).body.items.map(({ id }: { id: string }) => id);
		const { resourceId } = resources[0];
		expect(await ids(`resourceids=${crypto.randomUUID()},${resourceId}`)).toEqual([eventId]);
		expect(await ids(`resourceId=${resourceId}`)).toEqual([eventId]);
		expect(await ids(`startAt=${startAt}&endAt=${at(10)}`)).toContain(eventId);
		expect(await ids(`startAt=${at(70)}`)).not.toContain(eventId);
		const all = (await api(sandbox, 'GET', 'reservation/events?limit=500&sort=startAt')).body.items;
		const starts = all.map((one: { startAt: string }) => one.startAt);
		expect(starts).toEqual([...starts].sort());
		expect(all.some(({ title }: { title: string }) => title.startsWith('['))).toBe(true);
		expect((await api(sandbox, 'GET', 'reservation/events?startAt=soon')).status).toBe(400);
	});

	it('of the acting user come with IDs at the top and, on demand, nested, by status', async () => {
		const mine = async (query = '') =>
			(await api(sandbox, 'GET', `reservation/users/me/events${query}`)).body.items;
		const before = await mine();
		expect(before.length).toBeGreaterThan(3);
		expect(before[0].resourceIds).toHaveLength(1);
		expect(before[0]).not.toHaveProperty('reservation');
		const [withSource] = await mine('?includesourceobject=true');
		expect(withSource.reservation.resources).toEqual([{ id: withSource.resourceIds[0] }]);
		sandbox.set({ ownEvents: 'nested' });
		const [nested] = await mine();
		expect(nested).not.toHaveProperty('resourceIds');
		expect(nested).toHaveProperty('reservation.resources.0.id');
		const { eventId } = await booked({ organizer: undefined });
		await event(eventId, 'checkin');
		expect((await mine('?status=Active,Conflict')).map(({ id }: { id: string }) => id)).toEqual([
			eventId,
		]);
	});
});
