import { locators } from '../../support/appspaceNode.mts';
import { ChangingTenant, type TenantRecord } from '../../support/changingTenant.mts';
import { CredentialStore } from '../../support/credentialStore.mts';
import { PublishedTrigger } from '../../support/triggerEngine.mts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GROUP = '6d1c0e5e-3a0b-4f51-9f5f-0d7d5b7f2a11';

let tenant: ChangingTenant;
let clock: jest.SpyInstance<number>;
afterEach(async () => {
	clock.mockRestore();
	await tenant.close();
});

/** A trigger that took stock of these records, in a tenant whose clock is also n8n's. */
async function watching(
	path: string,
	parameters: Record<string, unknown>,
	records: Array<Record<string, unknown>> = [],
): Promise<PublishedTrigger> {
	tenant = await ChangingTenant.start(path);
	clock = jest.spyOn(Date, 'now').mockImplementation(() => tenant.now);
	tenant.records = records.map(record);
	if (records.length > 100) tenant.pageSize = 500;
	const data = {
		...{ baseUrl: tenant.url, authentication: 'applicationToken' },
		...{ subjectId: 'tests', refreshToken: 'tests' },
	};
	const credentials = new CredentialStore({ main: { type: 'appspaceApi', data } });
	const published = new PublishedTrigger({ credentials, parameters, isPatient: false });
	await published.publish();
	return published;
}

const record = (fields: Record<string, unknown>): TenantRecord => ({
	id: crypto.randomUUID(),
	...fields,
});
const at = (after: number) => new Date(tenant.now + after).toISOString();
const pass = (time: number) => void (tenant.now += time);
const ids = (list: object[]) => list.map((one) => (one as { id?: unknown }).id);
async function polls(published: PublishedTrigger, count: number): Promise<void> {
	for (let poll = 0; poll < count; poll++) {
		pass(MINUTE);
		await published.tick();
	}
}

describe('a list that is empty for a while', () => {
	it.each([
		['users', 'userCreated', {}],
		['devices', 'deviceOnline', { status: 'Online' }],
	])('makes nothing of %s new', async (path, event, fields) => {
		const many = Array.from({ length: 1_100 }, () => fields);
		const published = await watching(path, { event }, many);
		const { records } = tenant;
		tenant.records = [];
		await polls(published, 4);
		tenant.records = records;
		await polls(published, 2);
		expect(published.items).toEqual([]);
	});

	it('makes a member new only after five readings', async () => {
		const path = `users/usergroups/${GROUP}/members`;
		const published = await watching(
			path,
			{ event: 'groupMemberAdded', userGroupIds: locators(GROUP) },
			[{}],
		);
		const { records } = tenant;
		for (const [away, told] of [
			[3, 0],
			[8, 1],
		] as const) {
			tenant.records = [];
			await polls(published, away);
			tenant.records = records;
			await polls(published, 1);
			expect(published.items).toHaveLength(told);
		}
	});
});

describe('bookings', () => {
	const booking = (startsAt: number, endsAt: number, more: Record<string, unknown> = {}) => ({
		...{ startAt: at(startsAt), endAt: at(endsAt), status: 'Pending', createdAt: at(-HOUR) },
		...more,
	});
	const watchingBookings = async (event: string) =>
		await watching('reservation/events', { event }, []);

	it('that end in the year 9999 are told like all others', async () => {
		const published = await watchingBookings('bookingCreated');
		pass(MINUTE);
		const created = { createdAt: at(0), endAt: '9999-12-31T23:59:59Z' };
		tenant.records.push(record(booking(HOUR, 0, created)));
		await polls(published, 1);
		await published.crash();
		await polls(published, 1);
		expect(ids(published.items)).toEqual(ids(tenant.records));
	});

	it('that were canceled and then ended do not count as missing', async () => {
		const published = await watchingBookings('bookingCancelled');
		tenant.records = Array.from({ length: 50 }, () => record(booking(HOUR, 2 * HOUR)));
		await polls(published, 1);
		for (const one of tenant.records.slice(0, 12)) one.status = 'Cancelled';
		await polls(published, 1);
		expect(published.items).toHaveLength(12);
		pass(3 * HOUR);
		tenant.records = [record(booking(HOUR, 2 * HOUR))];
		await polls(published, 3);
		const last = tenant.records.pop();
		await polls(published, 3);
		expect(ids(published.items.slice(12))).toEqual([last?.id]);
	});

	it('that move while n8n is down are told once', async () => {
		const published = await watchingBookings('bookingStartingSoon');
		const moved = record(booking(20 * MINUTE, HOUR));
		tenant.records = [moved];
		await polls(published, 8);
		expect(published.items).toHaveLength(1);
		pass(48 * HOUR);
		Object.assign(moved, booking(10 * MINUTE, HOUR));
		await published.crash();
		await polls(published, 3);
		expect(published.items).toHaveLength(2);
	});

	it('that go on for days are skipped once, when it is too late', async () => {
		const published = await watchingBookings('bookingNotCheckedIn');
		tenant.records = [record(booking(-60 * HOUR, 60 * HOUR))];
		await polls(published, 6);
		expect(published.items).toEqual([]);
		expect(published.log.filter((line) => line.includes('skipped'))).toHaveLength(1);
	});

	it('that are made while stock is taken are told', async () => {
		const published = await watchingBookings('bookingCreated');
		// Another trigger, which takes stock of several pages.
		tenant.records = Array.from({ length: 14 }, () => record(booking(HOUR, 2 * HOUR)));
		pass(MINUTE);
		const made = record(booking(HOUR, 2 * HOUR, { createdAt: at(2_000) }));
		let isMade = false;
		tenant.beforeNextPage = () => {
			if (isMade) return;
			isMade = true;
			pass(5_000);
			tenant.hidden.add(made.id);
			tenant.records.push(made);
		};
		await published.change({ event: 'bookingCreated', filters: { organizer: 'nathan' } });
		tenant.beforeNextPage = undefined;
		tenant.hidden.clear();
		await polls(published, 1);
		expect(ids(published.items)).toEqual([made.id]);
	});
});

it('a channel that becomes visible was not published just now', async () => {
	const published = await watching('channeldirectory', { event: 'channelPublished' }, [{}]);
	pass(HOUR);
	const [draft] = tenant.records;
	const publishedAt = (time: number) => ({ contentLastPublishedAt: at(time) });
	tenant.records.push(record(publishedAt(-24 * HOUR)));
	await polls(published, 1);
	expect(published.items).toEqual([]);
	Object.assign(draft!, publishedAt(0));
	for (const one of tenant.records) Object.assign(one, publishedAt(0));
	await polls(published, 1);
	expect(published.items).toHaveLength(2);
});

it('a list that hides records while stock is taken is read again', async () => {
	const users = Array.from({ length: 14 }, () => ({}));
	const published = await watching('users', { event: 'userCreated' }, []);
	tenant.records = users.map(record);
	tenant.isFirstAway = true;
	await published.change({ event: 'userCreated', filters: { userType: 'User' } });
	tenant.isFirstAway = false;
	await polls(published, 2);
	expect(published.items).toEqual([]);
});

it('a list that changes whenever it is read lets no record be gone, and the log says so', async () => {
	const published = await watching('users', { event: 'userDeleted' }, Array(14).fill({}));
	tenant.isFirstAway = true;
	const [, gone] = tenant.records.splice(0, 2);
	await polls(published, 12);
	expect(published.items).toEqual([]);
	expect(published.log.filter((line) => line.includes('list changes'))).toHaveLength(1);
	tenant.isFirstAway = false;
	await polls(published, 3);
	expect(ids(published.items)).toContain(gone?.id);
});

describe('previous', () => {
	it('holds the values from before the wait', async () => {
		const published = await watching('devices', { event: 'deviceOffline' }, [
			{ status: 'Online', lastOnlineAt: '2027-01-04T09:00:00Z' },
		]);
		tenant.records[0]!.status = 'Offline';
		await polls(published, 7);
		expect(published.items.map(({ trigger }) => trigger.previous)).toEqual([{ status: 'Online' }]);
	});

	it('holds null for a field that was empty', async () => {
		const published = await watching('users', { event: 'userUpdated' }, [{ name: 'Nathan' }]);
		tenant.records[0]!.jobTitle = 'Designer';
		await polls(published, 1);
		expect(published.items.map(({ trigger }) => trigger.previous)).toEqual([{ jobTitle: null }]);
	});
});

it.each([
	['userUpdated', 'users', {}, { watchedFields: ['email'] }],
	['bookingCancelled', 'reservation/events', {}, { daysAhead: 7 }],
])('%s: another option starts over', async (event, path, before, after) => {
	const published = await watching(path, { event, options: before }, []);
	const far = { startAt: at(20 * 24 * HOUR), endAt: at(21 * 24 * HOUR), name: 'Nathan' };
	tenant.records = Array.from({ length: 20 }, () => record(far));
	await polls(published, 2);
	if (event === 'bookingCancelled') tenant.records = [];
	const told = published.items.length;
	await published.change({ event, options: after });
	await polls(published, 4);
	expect(published.items).toHaveLength(told);
});

it('the same group picked in another way goes on from the same state', async () => {
	const path = `users/usergroups/${GROUP}/members`;
	const parameters = { event: 'groupMemberAdded', userGroupIds: locators(GROUP) };
	const published = await watching(path, parameters, [{}]);
	tenant.records.push(record({}));
	const locator = { __rl: true, mode: 'list', value: GROUP, cachedResultName: 'Everyone' };
	await published.change({ ...parameters, userGroupIds: { list: [{ id: locator }] } });
	expect(published.items).toHaveLength(1);
});
