import { startSandbox, type Sandbox } from '../../sandbox/server.mts';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await startSandbox({ users: 8 })));
afterEach(async () => await sandbox.close());

const ask = async (path: string, token = sandbox.scimToken) => {
	const reply = await fetch(sandbox.scimUrl + path, {
		headers: { authorization: `Bearer ${token}` },
	});
	return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};

test('has a separate token, which API v3 does not take, and the other way round', async () => {
	expect((await ask('/Users')).status).toBe(200);
	for (const token of ['', sandbox.apiKey, sandbox.refreshToken]) {
		const { status, body } = await ask('/Users', token);
		expect(status).toBe(401);
		expect(body).toMatchObject({ status: '401', schemas: [expect.stringContaining(':Error')] });
	}
	const v3 = await fetch(`${sandbox.url}/api/v3/users/me`, {
		headers: { authorization: `Bearer ${sandbox.scimToken}` },
	});
	expect(v3.status).toBe(401);
});

test('shows the people of the tenant with its own IDs and addresses', async () => {
	const { body } = await ask('/Users?count=3&startIndex=2');
	expect(body).toMatchObject({ totalResults: 8, startIndex: 2, itemsPerPage: 3 });
	const [first] = body.Resources as Array<{ id: string; meta: { location: string } }>;
	expect(first).toMatchObject({ userName: sandbox.tenant.users[1]!.email });
	expect(first!.id).not.toBe(sandbox.tenant.users[1]!.id);
	expect(first!.meta.location).toBe(`${sandbox.scimUrl}/Users/${first!.id}`);
});

test('a page starts where it was asked to, whatever came before', async () => {
	const ids = async (start: number, count: number) => {
		const { body } = await ask(`/Users?startIndex=${start}&count=${count}`);
		return (body.Resources as Array<{ id: string }>).map(({ id }) => id);
	};
	const all = sandbox.tenant.scimUsers.map(({ id }) => id);
	for (const start of [1, 2, 3, 5, 8, 9]) {
		for (const count of [1, 3, 8]) {
			expect(await ids(start, count)).toEqual(all.slice(start - 1, start - 1 + count));
		}
	}
});

test('group sync, a cap for pages, faults, forbidden paths, and the recording', async () => {
	sandbox.set({ groupSync: false, scimPageCap: 2 });
	expect((await ask('/Groups')).status).toBe(404);
	expect(((await ask('/Users?count=5')).body.Resources as unknown[]).length).toBe(2);
	sandbox.fault({ path: '/identity/scim/Users', status: 503 });
	expect((await ask('/Users')).status).toBe(503);
	sandbox.set({ forbiddenPaths: ['/identity/scim/Users'] });
	expect((await ask('/Users')).status).toBe(403);
	expect(sandbox.requests.map(({ status }) => status)).toEqual([404, 200, 503, 403]);
});

test('two tenants of one process do not mix', async () => {
	const other = await startSandbox({ users: 3 });
	const totals = await Promise.all([
		ask('/Users').then(({ body }) => body.totalResults),
		fetch(`${other.scimUrl}/Users`, { headers: { authorization: `Bearer ${other.scimToken}` } })
			.then(async (reply) => (await reply.json()) as { totalResults: number })
			.then(({ totalResults }) => totalResults),
	]);
	expect(totals).toEqual([8, 3]);
	await other.close();
});
