import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api, call, exchange, freshToken } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ seed: 11 });
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const get = async (path: string) => (await api(sandbox, 'GET', path)).body;

describe('times', () => {
	const booked = async () => {
		const { id } = sandbox.tenant.resources.find(({ isReservable }) => isReservable)!;
		const { body } = await api(sandbox, 'POST', 'reservation/reservations', {
			...{ resourceIds: [id], title: 'At 2098-01-01T00:00:00.000Z' },
			...{ effectiveStartAt: '2098-01-01T09:00:00.000Z' },
			...{ effectiveEndAt: '2098-01-01T10:00:00.250Z', organizer: undefined },
		});
		return [body.startAt, body.endAt, body.events[0].startAt, body.title];
	};

	it.each([
		['whereThere', '09:00:00Z', '10:00:00.250Z'],
		['always', '09:00:00.000Z', '10:00:00.250Z'],
		['never', '09:00:00Z', '10:00:00Z'],
	] as const)('have fractions %s', async (fractions, start, end) => {
		sandbox.set({ fractions });
		expect(await booked()).toEqual([
			...[`2098-01-01T${start}`, `2098-01-01T${end}`, `2098-01-01T${start}`],
			'At 2098-01-01T00:00:00.000Z',
		]);
	});
});

it.each([
	['users', 'department', 'homeLocation'],
	['channeldirectory', 'description', 'caption'],
	['reservation/reservations', 'notes', 'notes'],
	['visitormanagement/visitors', 'lastVisit', 'lastVisit'],
	['reservation/resources', 'capacity', 'capacity'],
])('%s leave out what is empty, or say null: %s, %s', async (path, ...names) => {
	const shown = async (name: string) => {
		const { items } = await get(`${path}?limit=500`);
		return new Set(items.map((item: object) => (item as Record<string, unknown>)[name]));
	};
	for (const name of names) {
		sandbox.set({ emptyFields: 'absent' });
		const absent = await shown(name);
		expect([absent.has(undefined), absent.has(null)]).toEqual([true, false]);
		sandbox.set({ emptyFields: 'null' });
		const empty = await shown(name);
		expect([empty.has(undefined), empty.has(null)]).toEqual([false, true]);
	}
});

it('takes repeated slashes after the host and /api/v3/, unless told, and notes them as sent', async () => {
	const token = await freshToken(sandbox);
	for (const path of ['//api/v3/users/me', '/api/v3//users/me', '///api/v3///users/me']) {
		expect((await call(sandbox, 'GET', path, { token })).status).toBe(200);
		expect(sandbox.requests.at(-1)?.path).toBe(path);
	}
	expect((await call(sandbox, 'GET', '/api/v3/users//me', { token })).status).toBe(404);
	sandbox.set({ repeatedSlashes: 'refused' });
	expect((await call(sandbox, 'GET', '/api/v3//users/me', { token })).status).toBe(404);
});

it('answers an exchange over several lines, the access token first', async () => {
	const { text } = await exchange(sandbox);
	expect(text.split(/\s+/).slice(0, 2)).toEqual(['{', '"accessToken":']);
});

it('names its services in a script with plain keys, with quoted ones or by links', async () => {
	const page = async () => (await call(sandbox, 'GET', '/api/v3/docs/')).text;
	expect(await page()).toContain('{ url: "/api/v3/users/openapi", name: "Users" }');
	sandbox.set({ servicesIndex: 'json' });
	expect(await page()).toContain('{"url":"/api/v3/users/openapi","name":"Users"}');
	sandbox.set({ servicesIndex: 'links' });
	expect(await page()).toContain('<a href="/api/v3/users/openapi">Users</a>');
});

it('shows the modes of channels as text or as numbers', async () => {
	const modes = async () => {
		const { items } = await get('channeldirectory');
		return new Set(
			items.flatMap((one: any) => [typeof one.subscriptionMode, typeof one.membershipMode]),
		);
	};
	expect(await modes()).toEqual(new Set(['string']));
	sandbox.set({ channelModes: 'number' });
	expect(await modes()).toEqual(new Set(['number']));
});

it('echoes the limit as text when told', async () => {
	sandbox.set({ limitEcho: 'text' });
	expect((await get('users?limit=7')).limit).toBe('7');
});

it('knows the words for kinds of spaces, and marks a booking released for no-show', () => {
	const { resources, events } = sandbox.tenant;
	const words = new Set(resources.map(({ subType }) => subType));
	expect([...words]).toEqual(
		expect.arrayContaining(['VideoConferenceRoom', 'HuddleSpace', 'Desk']),
	);
	const released = events.filter(({ state }) => state === 'Released');
	expect(released.map(({ title }) => title)).toEqual([
		expect.stringMatching(/^\[Room released due to no-show\] /),
	]);
});
