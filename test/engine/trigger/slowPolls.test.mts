import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { movableClock } from '../../support/movableClock.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { PublishedTrigger } from '../../support/triggerEngine.mts';

/** Longer than any poll here may take, in milliseconds. */
const FOREVER = 60_000;

let sandbox: Sandbox;
let time: ReturnType<typeof movableClock>;
beforeEach(async () => {
	sandbox = await startSandbox({ seed: 7, users: 30 });
	time = movableClock();
});
afterEach(async () => {
	time.restore();
	await sandbox.close();
});

const trigger = (event: string, credentials = sandboxCredential(sandbox)) =>
	new PublishedTrigger({ credentials, parameters: { event }, isPatient: false, budget: 800 });
const pages = () => sandbox.requests.filter(({ path }) => path.endsWith('/users'));

test('an Appspace that does not answer is reported after five minutes', async () => {
	const published = trigger('userCreated');
	await published.publish();
	sandbox.fault({ path: /\/users$/, delay: FOREVER, times: 100 });
	expect(await published.tick()).toEqual([]);
	expect(published.log.join()).toContain('the connection broke or timed out');
	time.advance(301);
	await expect(published.tick()).rejects.toThrow('the connection broke or timed out');
});

test('a poll that waits too long leaves its place to the next one', async () => {
	sandbox.set({ limitCap: 10 });
	const published = trigger('userCreated');
	sandbox.fault({ path: /\/users$/, delay: FOREVER, after: 1, times: 1 });
	await published.publish();
	expect(published.state).toBe('');
	sandbox.clearFaults();
	sandbox.clearRequests();
	await published.tick();
	expect(published.state).not.toBe('');
	expect(Math.min(...pages().map(({ query }) => Number(query.start)))).toBeGreaterThan(0);
});

test('lookups that were answered count, even if others take too long', async () => {
	const published = trigger('userDeleted');
	await published.publish();
	const gone = sandbox.tenant.users.splice(0, 4).map(({ id }) => id);
	await published.tick();
	for (const id of gone.slice(1)) sandbox.fault({ path: `users/${id}`, delay: FOREVER, times: 9 });
	expect((await published.tick()).map(({ id }) => id)).toEqual(gone.slice(0, 1));
	sandbox.clearFaults();
	await published.tick();
	await published.tick();
	expect(published.items.map(({ id }) => id).sort()).toEqual([...gone].sort());
});

test('a credential that n8n cannot read for a moment does not end the trigger', async () => {
	const credentials = sandboxCredential(sandbox);
	const published = trigger('userCreated', credentials);
	await published.publish();
	const [model] = sandbox.tenant.users;
	sandbox.tenant.users.push({ ...model!, id: crypto.randomUUID() });
	const load = jest.spyOn(credentials, 'load').mockRejectedValue(new Error('No vault.'));
	await published.crash();
	load.mockRestore();
	expect(await published.tick()).toHaveLength(1);
});
