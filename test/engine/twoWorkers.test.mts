import { fingerprint, readInputs } from '../../credentials/auth/accessToken.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { run } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { until } from '../support/until.mts';

const PATH = '/api/v3/authorization/token';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeEach(async () => {
	sandbox = await startSandbox({ users: 2, channels: 1, devices: 1 });
	credentials = sandboxCredential(sandbox);
});
afterEach(async () => await sandbox.close());

const whoAmI = async () =>
	await run({
		credentials,
		nodes: [
			{ name: 'Me', type: 'appspace', parameters: { resource: 'user', operation: 'getCurrent' } },
		],
	});

/** What another worker does with the refresh token that it holds. */
async function otherWorkerRenews(refreshToken: string) {
	const { subjectId, url } = sandbox;
	const grant = { subjectType: 'Application', grantType: 'refreshToken', subjectId, refreshToken };
	const answer = await fetch(url + PATH, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(grant),
	});
	return (await answer.json()) as { accessToken: string; refreshToken: string };
}

/** The other worker's pair is written over what is stored, as n8n does without a look. */
function otherWorkerStores(
	{ accessToken, refreshToken }: { accessToken: string; refreshToken: string },
	issuedAt: number,
): void {
	const before = credentials.read('main');
	const inputs = [{ ...before, refreshToken }, before].map((data) => fingerprint(readInputs(data)));
	credentials.write('main', {
		...{ accessToken, refreshToken },
		accessTokenRecord: JSON.stringify({ issuedAt, lifetime: 3_600_000, inputs }),
	});
}

/** A credential that was renewed before, and whose access token has come to its end. */
async function expired(): Promise<string> {
	await whoAmI();
	const { accessTokenRecord, refreshToken } = credentials.read('main');
	const record = JSON.parse(String(accessTokenRecord)) as { issuedAt: number };
	record.issuedAt -= 3_600_000;
	credentials.write('main', { accessTokenRecord: JSON.stringify(record) });
	return String(refreshToken);
}

test('a worker that has spent the refresh token is given seconds to store the next', async () => {
	sandbox.set({ rotation: 'singleUse' });
	const spent = await expired();
	const next = await otherWorkerRenews(spent);
	const running = whoAmI();
	await until('ours is refused', () => sandbox.count({ path: PATH, status: 401 }) === 1);
	setTimeout(() => otherWorkerStores(next, Date.now()), 2_000);

	expect((await running).error).toBeUndefined();
	expect(credentials.read('main').refreshToken).toBe(sandbox.refreshToken);
	expect(sandbox.count({ path: PATH })).toBe(3);
});

test('where refresh tokens live on, no renewal waits for other workers', async () => {
	await expired();
	sandbox.clearRequests();
	expect((await whoAmI()).error).toBeUndefined();
	const [exchange, call, ...more] = sandbox.requests;
	expect([exchange?.path, call?.path, more.length]).toEqual([PATH, '/api/v3/users/me', 0]);
	// The shortest wait for another worker.
	expect(call!.at - exchange!.at).toBeLessThan(1_000);
});
