import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ users: 20, channels: 2, devices: 2 });
});
beforeEach(() => {
	sandbox.reset();
	sandbox.set({ undocumentedReply: 'object' });
});
afterAll(() => sandbox.close());

const PATH = 'visitormanagement/visitors';
const guest = (change: object = {}) => ({
	firstName: 'Žofie',
	lastName: 'Malá',
	email: 'zofie@example.org',
	customFields: [],
	...change,
});
const create = (change?: object) => api(sandbox, 'POST', PATH, guest(change));

it('registers a visitor once per email, a guest unless told, and tells nobody', async () => {
	const { status, body } = await create();
	expect([status, body.visitorType, body.fullName]).toEqual([200, 'Guest', 'Žofie Malá']);
	expect((await api(sandbox, 'GET', `${PATH}/${body.id}`)).body).toEqual(body);
	const again = await create({ email: 'Zofie@Example.org' });
	expect([again.status, again.body.message]).toEqual([409, expect.stringContaining('exists')]);
	expect((await create({ customFields: undefined, email: 'b@example.org' })).status).toBe(400);
	expect((await create({ firstName: '', email: 'c@example.org' })).status).toBe(400);
	expect(sandbox.tenant.hostNotices).toEqual([]);
});

it('changes and deletes a visitor', async () => {
	const { id } = (await create()).body;
	const change = { lastName: 'Velká', visitorType: 'Contractor' };
	expect((await api(sandbox, 'PATCH', `${PATH}/${id}`, change)).status).toBe(200);
	const { body } = await api(sandbox, 'GET', `${PATH}/${id}`);
	expect(body).toMatchObject({ ...change, fullName: 'Žofie Velká', email: 'zofie@example.org' });
	const taken = { email: sandbox.tenant.visitors[0]!.email };
	expect((await api(sandbox, 'PATCH', `${PATH}/${id}`, taken)).status).toBe(409);
	expect((await api(sandbox, 'DELETE', `${PATH}/${id}`)).status).toBe(204);
	expect((await api(sandbox, 'GET', `${PATH}/${id}`)).status).toBe(404);
});

describe('invitations', () => {
	const host = () => sandbox.tenant.users[4]!;
	const invite = (change: object = {}) =>
		api(sandbox, 'POST', 'visitormanagement/invitations', {
			type: 'Planned',
			title: 'Tour',
			notes: '',
			purpose: 'Meeting',
			hosts: [{ email: host().email, userId: host().id }],
			resourceIds: [],
			visitors: [guest()],
			startAt: '2098-05-05T08:00:00Z',
			endAt: '2098-05-05T09:00:00Z',
			startTimeZone: 'Europe/Prague',
			endTimeZone: 'Europe/Prague',
			isAllDay: false,
			...change,
		});
	const visits = async () =>
		(await api(sandbox, 'GET', 'visitormanagement/events?startAt=2098-05-05T00:00:00Z')).body.items;

	it('tell the host, register the visitor, and planned ones make a visit to check in to', async () => {
		expect((await invite()).status).toBe(200);
		expect(sandbox.tenant.hostNotices).toEqual([
			{ email: host().email, visitorEmails: ['zofie@example.org'] },
		]);
		const [visit] = await visits();
		expect(visit).toMatchObject({ title: 'Tour', startAt: '2098-05-05T08:00:00Z' });
		const path = `visitormanagement/events/${visit.id}/visitors/${visit.visitors[0].id}`;
		for (const verb of ['checkin', 'checkout'] as const) {
			expect((await api(sandbox, 'POST', `${path}/${verb}`)).status).toBe(200);
		}
		expect((await visits())[0].visitors[0].visitorRegistrationStatus).toBe('CheckedOut');
		const stranger = path.replace(visit.visitors[0].id, crypto.randomUUID());
		expect((await api(sandbox, 'POST', `${stranger}/checkin`)).status).toBe(404);
	});

	it('of the drop-in kind make no visit', async () => {
		expect((await invite({ type: 'DropIn', visitors: [sandbox.tenant.visitors[0]] })).status).toBe(
			200,
		);
		expect(await visits()).toEqual([]);
		expect(sandbox.tenant.hostNotices).toHaveLength(1);
	});

	it.each<[string, object]>([
		['another type', { type: 'Dropin' }],
		['no visitor', { visitors: [] }],
		['a host without email', { hosts: [{ userId: 'x' }] }],
		['an end before the start', { endAt: '2098-05-05T07:00:00Z' }],
		['an unknown zone', { endTimeZone: 'Mars' }],
	])('are refused with %s', async (_name, change) => {
		expect((await invite(change)).status).toBe(400);
		expect(sandbox.tenant.hostNotices).toEqual([]);
	});
});

it('tells how visitors are registered', async () => {
	const { body } = await api(sandbox, 'GET', 'visitormanagement/configurations/me');
	expect(body).toEqual(sandbox.tenant.visitorConfiguration);
	expect(body.visitorTypes).toHaveLength(2);
});
