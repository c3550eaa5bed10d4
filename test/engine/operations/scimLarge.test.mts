import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { appspaceNode } from '../../support/appspaceNode.mts';
import { listSearch, run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { casesOn, SCIMMY } from '../../support/scimCases.mts';

const test = casesOn(SCIMMY);
let sandbox: Sandbox;
beforeAll(async () => void (sandbox = await startSandbox({ users: 5_000, seed: 5 })), 60_000);
afterAll(async () => await sandbox.close());

test('5,000 users with names in many scripts: each once, in order', async () => {
	const { items, error } = await run({
		credentials: sandboxCredential(sandbox),
		nodes: [appspaceNode('scimUser.getAll', { returnAll: true })],
	});
	expect(error).toBeUndefined();
	const found = items().map(({ json }) => json);
	expect(found.map(({ id }) => id)).toEqual(sandbox.tenant.scimUsers.map(({ id }) => id));
	const names = found.map(({ displayName }) => String(displayName)).join();
	for (const script of [/\p{Script=Arabic}/u, /\p{Script=Han}/u, /[ěščřž]/]) {
		expect(names).toMatch(script);
	}
	const pages = sandbox.requests.filter(({ path }) => path.endsWith('/Users'));
	const starts = new Set(pages.map(({ query }) => Number(query.startIndex)));
	// RFC 7644 3.4.2.4 counts from 1; a page past the end may be asked for.
	starts.delete(5_001);
	expect([...starts].sort((one, other) => one - other)).toEqual(
		Array.from({ length: 50 }, (_, page) => page * 100 + 1),
	);
}, 240_000);

test('one of 5,000 is found by name without reading the others', async () => {
	sandbox.clearRequests();
	const user = sandbox.tenant.scimUsers.find(({ displayName }) =>
		/\p{Script=Han}/u.test(String(displayName)),
	)!;
	const { results } = await listSearch({
		...{ method: 'searchScimUsers', filter: user.userName, credential: 'scim' },
		...{ credentials: sandboxCredential(sandbox), parameters: { resource: 'scimUser' } },
	});
	expect(results).toEqual([
		{ name: `${String(user.displayName)} (${user.userName})`, value: user.id },
	]);
	expect(sandbox.requests.length).toBeLessThanOrEqual(3);
}, 120_000);
