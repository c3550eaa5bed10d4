import { expectFields, secondsFromNow, type Client, type Session } from './client.mts';

const BASE = '/api/v3/reservation';
const SUB_TYPES = ['VideoConferenceRoom', 'HuddleSpace', 'Desk'];

export const reservationTools: Client = {
	source: 'S7',
	repository: 'github.com/ryankawahara/appspace-desk-reservations',
	operations: {
		'floors of a building': async ({ sandbox, send }) => {
			const building = buildingOf(sandbox);
			const search = new URLSearchParams({
				...{ sort: 'name', networkid: building, includesourceobject: 'true' },
				...{ currentstatus: 'Active', types: 'floor' },
				...{ start: '0', page: '1', limit: '200', pagecount: '200' },
			});
			const { body } = await send('GET', `${BASE}/resources?${search}`);
			expectFields(body.items, { id: 'text', name: 'text', type: 'text' });
			expect(body.size).toBe(2);
			expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(building);
		},

		'what is free on a floor': async ({ sandbox, send }) => {
			const floor = sandbox.tenant.resources.find(({ type }) => type === 'floor')!;
			const search = async (more: object) => {
				const { body } = await send('POST', `${BASE}/resources/reservable`, 200, {
					...{ limit: 1000, includeSourceObject: 'false' },
					reservableStatus: ['available', 'unavailable', 'checkin'],
					types: ['room', 'space', 'poi', 'connectedResource'],
					...{ startAt: secondsFromNow(1), endAt: secondsFromNow(2) },
					...{ isReservable: ['true', 'false'], page: 0, ...more },
				});
				return body;
			};
			const onFloor = await search({ floorIds: [floor.id] });
			expectFields(onFloor.items, {
				...{ id: 'text', name: 'text', type: 'text', subType: 'text?' },
				...{ capacity: 'number?', locationPath: 'text?', reservableStatus: 'text' },
			});
			expect(onFloor.size).toEqual(expect.any(Number));
			const words = onFloor.items.map(({ subType }: { subType: string }) => subType);
			expect(words).toEqual(expect.arrayContaining(SUB_TYPES));
			const inBuilding = await search({ locationId: buildingOf(sandbox) });
			expect(inBuilding.items.length).toBeGreaterThan(onFloor.items.length);
			const large = await search({ floorIds: [floor.id], minCapacity: 4, types: ['room'] });
			expectFields(large.items, { capacity: 'number' });
		},

		'search of resources': async ({ sandbox, send }) => {
			const { body } = await send('GET', `${BASE}/resources?start=0&limit=100`);
			expectFields(body.items, {
				...{ id: 'text', name: 'text', type: 'text' },
				...{ locationPath: 'text?', capacity: 'number?' },
			});
			const [{ id, name }] = body.items;
			const search = new URLSearchParams({ start: '0', limit: '10', search: name });
			await send('GET', `${BASE}/resources?${search}`);
			expect((await send('GET', `${BASE}/resources/${id}`)).body).toMatchObject({ id, name });
			expect(sandbox.tenant.resources.some((one) => one.id === id)).toBe(true);
		},

		'a booking from start to end': async (session) => {
			const { sandbox, send } = session;
			const { eventId } = await book(session, 230);
			const { body } = await send('GET', `${BASE}/events/${eventId}`);
			expect(body).toMatchObject({ id: eventId, status: expect.any(String) });
			expect(body.resources[0]).toMatchObject({
				...{ resourceId: expect.any(String), resourceName: expect.any(String) },
				...{ resourceType: expect.any(String), resourceFloorId: expect.any(String) },
				resourceFloorName: expect.any(String),
			});
			expect(body.resources[0].resourceFloorId).not.toBe(body.resources[0].resourceNetworkId);
			sandbox.set({ undocumentedReply: 'object' });
			await send('PATCH', `${BASE}/events/${eventId}`, 200, {
				...{ effectiveStartAt: secondsFromNow(240), effectiveEndAt: secondsFromNow(241) },
				subject: 'Moved',
			});
			await send('DELETE', `${BASE}/events/${eventId}`, 204);
		},

		'my reservations and check-in': async (session) => {
			const { sandbox, send } = session;
			const { eventId, resourceIds } = await book(session, 0.1);
			const search = new URLSearchParams({
				...{ sort: 'startAt', includesourceobject: 'true' },
				status: 'NotConfirmed,Pending,Checkin,Active,Conflict,Completed',
				...{ page: '1', start: '0', limit: '50', pagecount: '50' },
			});
			const { body } = await send('GET', `${BASE}/users/me/events?${search}`);
			expectFields(body.items, {
				...{ id: 'text', status: 'text', startAt: 'text', endAt: 'text' },
				resourceIds: 'list',
			});
			await send('POST', `${BASE}/events/${eventId}/checkin`, 202, { resourceIds });
			sandbox.set({ undocumentedReply: 'object' });
			await send('POST', `${BASE}/events/${eventId}/checkout`);
		},

		'map of a floor': async ({ sandbox, send }) => {
			const floor = sandbox.tenant.resources.find(({ type }) => type === 'floor')!;
			const nodes = `layers/settings/${crypto.randomUUID()}/nodes/settings`;
			const { body } = await send(
				'GET',
				`/api/v3/maps/floors/${floor.id}/${nodes}?start=0&page=1&limit=250&pagecount=250`,
			);
			expectFields(body.items, { setting: 'object', geoJSON: 'object?' });
			expect(body.size).toEqual(expect.any(Number));
			expect(body.items[0].setting).toMatchObject({ name: expect.any(String) });
			// It marks the middle of an outline, which is a list of corners.
			expectFields(body.items[0].geoJSON.geometry.coordinates, { 0: 'list' });
		},
	},
};

/** The network that its configuration names in addition to the floors: that of the building. */
function buildingOf({ tenant }: Session['sandbox']): string {
	return tenant.locations.find(({ kind }) => kind === 'site')!.id;
}

async function book({ sandbox, send }: Session, hours: number) {
	const { id, name, email } = sandbox.tenant.serviceUser;
	const taken = sandbox.tenant.events.flatMap((event) => event.resourceIds);
	const bookable = sandbox.tenant.resources.filter(({ isReservable }) => isReservable);
	const resourceIds = [(bookable.find((one) => !taken.includes(one.id)) ?? bookable.at(-1)!).id];
	const inPerson = { resourceIds, attendanceType: 'InPerson', userId: id, id };
	const { body } = await send('POST', `${BASE}/reservations`, 201, {
		...{ resourceIds, subject: 'Reservation', organizer: { id, name } },
		...{ effectiveStartAt: secondsFromNow(hours), effectiveEndAt: secondsFromNow(hours + 1) },
		...{ sensitivity: 'Public', organizerAvailabilityType: 'Busy' },
		attendees: [{ displayName: name, email, ...inPerson }],
		...{ visitors: [], visitPurpose: '', isAllDay: false },
		...{ startTimeZone: 'America/New_York', endTimeZone: 'America/New_York' },
	});
	const event = sandbox.tenant.events.find(({ reservationId }) => reservationId === body.id);
	return { eventId: event!.id, resourceIds };
}
