import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { movableClock } from '../../support/movableClock.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { PublishedTrigger, type TriggerOptions } from '../../support/triggerEngine.mts';
import { until } from '../../support/until.mts';

const USERS = 30;
let sandbox: Sandbox;
beforeEach(async () => (sandbox = await startSandbox({ seed: 7, users: USERS })));
afterEach(async () => await sandbox.close());

const trigger = (parameters: Record<string, unknown>, more: Partial<TriggerOptions> = {}) =>
	new PublishedTrigger({
		...{ credentials: sandboxCredential(sandbox), parameters, isPatient: false },
		...more,
	});

/** A trigger that took stock. */
async function stocked(parameters: Record<string, unknown>, more: Partial<TriggerOptions> = {}) {
	const published = trigger(parameters, more);
	await published.publish();
	return published;
}

function addUsers(count: number): string[] {
	const [model] = sandbox.tenant.users;
	const added = Array.from({ length: count }, () => ({ ...model!, id: crypto.randomUUID() }));
	sandbox.tenant.users.push(...added);
	return added.map(({ id }) => id);
}

const unavailable = { path: 'users', status: 503, times: 1_000 };
const idsOf = (items: object[]) => items.map((item) => (item as { id?: unknown }).id);
const log = (published: PublishedTrigger) => published.log.join('\n');

describe('many at once', () => {
	test('a burst arrives in order, at most 500 at a time, and nothing is lost on the way', async () => {
		const published = await stocked({ event: 'userCreated' });
		const ids = addUsers(1_200);
		const polls = [await published.tick(), await published.tick()];
		await published.crash();
		polls.push(published.items.slice(1_000), await published.tick());
		expect(polls.map(({ length }) => length)).toEqual([500, 500, 200, 0]);
		expect(idsOf(published.items)).toEqual(ids);
	});

	test('a list that takes longer than a poll may is read in several polls', async () => {
		sandbox.set({ limitCap: 5, latency: 60 });
		const published = trigger({ event: 'userCreated' }, { budget: 320 });
		await published.publish();
		expect(published.state).toBe('');
		while (published.state === '') await published.tick();
		const [id] = addUsers(1);
		while (published.items.length === 0) await published.tick();
		expect(idsOf(published.items)).toEqual([id]);
	});

	test('a cap that the echoed limit hides keeps no record out of sight', async () => {
		addUsers(220);
		sandbox.set({ limitCap: 100, limitEcho: 'asked', size: 'wrong' });
		const published = await stocked({ event: 'userCreated' });
		const [id] = addUsers(1);
		expect(idsOf(await published.tick())).toEqual([id]);
	});

	test.each([
		[30, 1],
		[300, 2],
		[1_000, 3],
	])('a poll of %d users takes %d requests', async (users, requests) => {
		addUsers(users - USERS);
		const published = await stocked({ event: 'userCreated' });
		const before = sandbox.requests.length;
		await published.tick();
		expect(sandbox.requests.length - before).toBe(requests);
	});

	test('a poll that begins while another one runs does nothing', async () => {
		const published = await stocked({ event: 'userCreated' });
		addUsers(1);
		sandbox.set({ latency: 50 });
		const before = sandbox.requests.length;
		const polls = await Promise.all([published.tick(), published.tick(), published.tick()]);
		expect(polls.map(({ length }) => length)).toEqual([1, 0, 0]);
		expect(sandbox.requests.length - before).toBeLessThan(4);
	});
});

describe('what is gone', () => {
	const remove = (count: number) => idsOf(sandbox.tenant.users.splice(5, count));

	test.each([
		['more than a share', 12, `12 of ${USERS} records are missing`],
		['everything', USERS, 'records are missing'],
	])('%s at once: an error, and nobody is told as gone', async (_name, count, message) => {
		const published = await stocked({ event: 'userDeleted' });
		if (count === USERS) sandbox.tenant.users.length = 0;
		else remove(count);
		await published.tick();
		await expect(published.tick()).rejects.toThrow(message);
		expect(published.items).toEqual([]);
	});

	test('the error names the way on, and the way works', async () => {
		const published = await stocked({ event: 'userDeleted', options: { mostGone: 100 } });
		const gone = remove(12);
		await published.tick();
		expect(idsOf(await published.tick())).toEqual(gone);
	});

	test('half a list removes nobody, however often it comes', async () => {
		const published = await stocked({ event: 'userDeleted', options: { mostGone: 100 } });
		sandbox.set({ pageHole: 'nulls', limitCap: 10 });
		for (let poll = 0; poll < 4; poll++) await published.tick();
		expect(published.items).toEqual([]);
	});

	test('a user who is only out of sight of the filter is not gone', async () => {
		const [group] = sandbox.tenant.userGroups;
		const members = sandbox.tenant.members[group!.id];
		const filters = { userGroupId: { __rl: true, mode: 'id', value: group!.id } };
		const published = await stocked({ event: 'userDeleted', filters });
		members?.splice(0, 1);
		for (let poll = 0; poll < 4; poll++) expect(await published.tick()).toEqual([]);
	});
});

describe('failures', () => {
	const clock = () => movableClock();

	test('with a stock, a tenant that is down does not stop the publication, and it recovers', async () => {
		const published = await stocked({ event: 'userCreated' });
		sandbox.fault(unavailable);
		await published.crash();
		const [id] = addUsers(1);
		expect(await published.tick()).toEqual([]);
		expect(log(published)).toContain('Appspace answered with status 503');
		sandbox.clearFaults();
		expect(idsOf(await published.tick())).toEqual([id]);
	});

	test('without a stock as well; what happens before the stock is not told', async () => {
		sandbox.fault(unavailable);
		const published = await stocked({ event: 'userCreated' });
		sandbox.clearFaults();
		addUsers(1);
		await published.tick();
		const [id] = addUsers(1);
		expect(idsOf(await published.tick())).toEqual([id]);
	});

	test('a failure that lasts is reported, with its cause, and not at every attempt to publish', async () => {
		const published = await stocked({ event: 'userCreated' });
		sandbox.fault({ ...unavailable, status: 429, headers: { 'Retry-After': '1' } });
		const time = clock();
		try {
			expect(await published.tick()).toEqual([]);
			time.advance(301);
			await expect(published.tick()).rejects.toMatchObject({
				message: 'User Created: Appspace asks for fewer requests',
				failure: { cause: 'rate-limited', retryAfterMs: 1_000 },
			});
			// n8n starts again, and polls five times in a row.
			await published.publish('init');
			time.advance(60);
			await expect(published.tick()).rejects.toThrow('fewer requests');
		} finally {
			time.restore();
		}
	}, 240_000);

	test('a credential that is wrong from the start is reported at once', async () => {
		sandbox.set({ badCredentialsStatus: 401 });
		const credentials = sandboxCredential(sandbox, { refreshToken: crypto.randomUUID() });
		const published = trigger({ event: 'userCreated' }, { credentials });
		await expect(published.publish()).rejects.toMatchObject({
			failure: { cause: 'credential-invalid' },
		});
	});

	test('a credential that goes wrong later is reported, and the trigger lives on', async () => {
		const credentials = sandboxCredential(sandbox);
		const published = await stocked({ event: 'userCreated' }, { credentials });
		const { refreshToken } = credentials.read('main');
		credentials.write('main', { refreshToken: crypto.randomUUID(), accessToken: '' });
		await expect(published.tick()).rejects.toMatchObject({
			failure: { cause: 'credential-invalid' },
		});
		await published.publish('init');
		credentials.write('main', { refreshToken: String(refreshToken), accessToken: '' });
		const [id] = addUsers(1);
		expect(idsOf(await published.tick())).toEqual([id]);
	});
});

describe('the state', () => {
	test.each(['userCreated', 'userUpdated'])('%s keeps no IDs and no values', async (event) => {
		const { state } = await stocked({ event });
		expect(state.length).toBeLessThan(100 + USERS * 14);
		for (const { id, email, name } of sandbox.tenant.users) {
			for (const text of [id, id.replaceAll('-', ''), email, name]) {
				expect(state).not.toContain(text);
				expect(state).not.toContain(Buffer.from(text).toString('base64').slice(0, -4));
			}
		}
	});

	test('other filters start afresh, and the log says so', async () => {
		const published = await stocked({ event: 'userUpdated' });
		sandbox.tenant.users[0]!.department = 'Elsewhere';
		await published.change({ event: 'userUpdated', filters: { userType: 'User' } });
		expect(await published.tick()).toEqual([]);
		expect(log(published)).toContain('starts fresh');
		sandbox.tenant.users[0]!.department = 'Back';
		expect(await published.tick()).toHaveLength(1);
	});

	test('a new token of the same application goes on from the same state', async () => {
		const credentials = sandboxCredential(sandbox);
		const published = await stocked({ event: 'userCreated' }, { credentials });
		credentials.write('main', { accessToken: '' });
		const [id] = addUsers(1);
		await published.crash();
		expect(idsOf(published.items)).toEqual([id]);
	});

	test.each([
		['catchUp', 1],
		['startFresh', 0],
	])(
		'On Activation: %s tells %d of what happened while n8n was down',
		async (onActivation, told) => {
			for (const scheduler of ['usual', 'durable'] as const) {
				const published = await stocked(
					{ event: 'userCreated', options: { onActivation } },
					{ scheduler },
				);
				await published.tick();
				addUsers(1);
				await published.crash();
				await published.tick();
				expect(published.items).toHaveLength(told);
				addUsers(1);
				await published.tick();
				expect(published.items).toHaveLength(told + 1);
			}
		},
	);

	test.each(['', 'nonsense', '1 x y', '1 x 0 0 hash m\nAAAA\n', '9 a b c\n\n', 7, { state: 1 }])(
		'a state that is not one (%j) counts as none',
		async (state) => {
			const published = await stocked({ event: 'userCreated' });
			published.overwrite(JSON.stringify({ 'node:Appspace Trigger': { state } }));
			await published.crash();
			const [id] = addUsers(1);
			expect(idsOf(await published.tick())).toEqual([id]);
		},
	);
});

describe('durable cursors', () => {
	/** A trigger that told of one user; n8n has not saved its cursor yet. */
	async function unsaved() {
		const published = await stocked({ event: 'userCreated' }, { scheduler: 'durable' });
		await published.tick();
		published.savesLate = true;
		const ids = addUsers(1);
		expect(idsOf(await published.tick())).toEqual(ids);
		return { published, ids };
	}

	test('a poll that begins before n8n has saved the last one tells nothing again', async () => {
		const { published } = await unsaved();
		const ids = addUsers(1);
		expect(await published.tick()).toEqual([]);
		published.finishSaving();
		expect(idsOf(await published.tick())).toEqual(ids);
	});

	test('what n8n did not save within half a minute is told again', async () => {
		const { published, ids } = await unsaved();
		const time = movableClock();
		try {
			time.advance(31);
			expect(idsOf(await published.tick())).toEqual(ids);
		} finally {
			time.restore();
		}
	});
});

describe('a test in the editor', () => {
	test('shows samples and leaves the state alone', async () => {
		const published = await stocked({ event: 'userCreated' });
		const { saved } = published;
		addUsers(1);
		const items = await published.test();
		expect(items).toHaveLength(3);
		expect(items?.[0]).toMatchObject({ trigger: { event: 'userCreated', previous: {} } });
		expect(published.saved).toBe(saved);
		expect(await published.tick()).toHaveLength(1);
	});

	test('leaves it to n8n to say that there is nothing', async () => {
		sandbox.tenant.devices.length = 0;
		expect(await trigger({ event: 'deviceOffline' }).test()).toBeNull();
	});

	test('shows why it failed', async () => {
		sandbox.fault({ path: 'users', status: 403, times: 9 });
		await expect(trigger({ event: 'userCreated' }).test()).rejects.toMatchObject({
			message: expect.stringContaining('does not permit this'),
			description: expect.stringContaining('User Manager'),
		});
	});
});

test('a poll that n8n gave up does not undo what the next one did', async () => {
	sandbox.set({ limitCap: 10 });
	const published = await stocked({ event: 'userCreated' }, { budget: 10_000 });
	addUsers(1);
	const { users } = sandbox.tenant;
	users.unshift(users.pop()!);
	// The slow poll finds the user, and waits for the second page.
	sandbox.fault({ path: 'users', after: 1, delay: 600 });
	sandbox.clearRequests();
	const time = movableClock();
	try {
		const slow = published.tick();
		await until('the slow poll to hang', () => sandbox.count({ path: 'users' }) > 1);
		// The budget of the slow poll is over.
		time.advance(11);
		const next = await published.tick();
		expect([next.length, (await slow).length]).toEqual([1, 0]);
		expect(await published.tick()).toEqual([]);
	} finally {
		time.restore();
	}
});
