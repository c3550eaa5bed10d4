import { unclear } from '../faults/unclear.mts';
import { locators } from '../support/appspaceNode.mts';
import { run, testCredential } from '../support/engine.mts';
import { reply, startRawServer, type RawServer, type Script } from '../support/rawServer.mts';
import type { RunResult } from '../support/runResult.mts';

/** Another server that listens, and should never hear of us. */
let elsewhere: RawServer;
let server: RawServer;

beforeEach(async () => {
	elsewhere = await startRawServer(() => reply.json({ id: 'stolen', items: [{ id: 'stolen' }] }));
});
afterEach(async () => {
	await Promise.all([server.close(), elsewhere.close()]);
});

const PARAMETERS = {
	read: { operation: 'get', channelId: 'c1' },
	list: { operation: 'getPlaylistItems', channelId: 'c1', returnAll: true },
	write: { operation: 'replacePublishTargets', channelId: 'c1', deviceIds: locators('d1') },
};
type Kind = keyof typeof PARAMETERS;

const runOn = async (kind: Kind): Promise<RunResult> =>
	await run({
		credentials: server.store,
		nodes: [
			{
				name: 'Appspace',
				type: 'appspace',
				parameters: { resource: 'channel', simplify: false, ...PARAMETERS[kind] },
			},
		],
	});

/** Sends what matters of each operation on, and serves the rest. */
const sendingOn =
	(kind: Kind, location: string, status: number): Script =>
	({ method, target }) => {
		if (target.includes('/moved')) return reply.json({ id: 'c1', items: [] });
		const matters = method === (kind === 'write' ? 'PUT' : 'GET');
		return matters ? reply.redirect(location, status) : reply.json([]);
	};

function expectRefused({ error }: RunResult, says: RegExp): void {
	expect(error?.message).toMatch(says);
	expect(unclear(error as { message: string }, server.secrets)).toEqual([]);
}

const STATUSES = [301, 302, 303, 307, 308];

describe('to another origin', () => {
	const kinds = ['read', 'list', 'write'] as const;
	const cases = kinds.flatMap((kind) => STATUSES.map((status) => [kind, status] as const));

	it.each(cases)('a %s with %d is not followed: nothing arrives there', async (kind, status) => {
		server = await startRawServer(sendingOn(kind, `${elsewhere.url}/api/v3/moved`, status));
		expectRefused(await runOn(kind), /redirects this request to another address/);
		expect(elsewhere.connections).toBe(0);
		const sent = server.requests.filter(
			({ method }) => method === (kind === 'write' ? 'PUT' : 'GET'),
		);
		expect(sent).toHaveLength(1);
	});

	it.each(['//HOST/moved', 'http:\\\\HOST\\moved', 'http://user@HOST/moved', ' http://HOST/moved'])(
		'%s is another origin as well',
		async (location) => {
			const there = location.replace('HOST', new URL(elsewhere.url).host);
			server = await startRawServer(sendingOn('read', there, 302));
			expectRefused(await runOn('read'), /redirects this request to another address/);
			expect(elsewhere.connections).toBe(0);
		},
	);

	it('is not followed after a redirect within the origin either', async () => {
		server = await startRawServer(({ target }) =>
			reply.redirect(target.includes('/moved') ? elsewhere.url : '/api/v3/moved'),
		);
		expectRefused(await runOn('read'), /redirects this request to another address/);
		expect(elsewhere.connections).toBe(0);
	});

	it.each(STATUSES)('the token endpoint with %d: no secret travels', async (status) => {
		server = await startRawServer(() => reply.json({ id: 'c1' }), {
			token: () => reply.redirect(`${elsewhere.url}/api/v3/authorization/token`, status),
		});
		const says = /redirects to another address/;
		expect(await testCredential(server.store)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(says),
		});
		expectRefused(await runOn('read'), says);
		expect(elsewhere.connections).toBe(0);
		expect(server.requests).toEqual([]);
	});

	it('the Test button and the HTTP Request node take no token there', async () => {
		server = await startRawServer(({ target }) => reply.redirect(elsewhere.url + target));
		await testCredential(server.store);
		await run({
			credentials: server.store,
			nodes: [
				{
					name: 'HTTP Request',
					type: 'httpRequest',
					parameters: {
						url: `${server.url}/api/v3/users/me`,
						nodeCredentialType: 'appspaceApi',
					},
				},
			],
		});
		expect(server.requests.length).toBeGreaterThan(1);
		const arrived = [...elsewhere.requests, ...elsewhere.exchanges];
		expect(arrived.length).toBeGreaterThan(0);
		for (const { headers, target, body } of arrived) {
			expect(headers).not.toHaveProperty('authorization');
			const sent = JSON.stringify({ headers, target, body });
			for (const secret of server.secrets) expect(sent).not.toContain(secret);
		}
	});
});

describe('within the origin', () => {
	it.each(STATUSES)('a read with %d is followed, with the token', async (status) => {
		server = await startRawServer(sendingOn('read', '/api/v3/moved', status));
		expect((await runOn('read')).items()[0]?.json).toMatchObject({ id: 'c1' });
		const [first, second] = server.requests.map(({ headers }) => headers.authorization);
		expect(second).toBe(first);
		expect(second).toMatch(/^Bearer /);
	});

	it('a list keeps its place: the query is sent once', async () => {
		server = await startRawServer(({ target }) =>
			target.includes('/moved')
				? reply.json({ items: [{ id: '1' }], size: 1, limit: 100 })
				: reply.redirect(`/api/v3/moved?${target.split('?')[1]}`),
		);
		expect((await runOn('list')).items()).toHaveLength(1);
		expect(server.requests[1]?.target).toBe('/api/v3/moved?start=0&limit=100');
	});

	it.each(STATUSES)('a write with %d is not followed', async (status) => {
		server = await startRawServer(sendingOn('write', '/api/v3/moved', status));
		expectRefused(await runOn('write'), /redirects this request to another address/);
		expect(server.requests.filter(({ target }) => target.includes('/moved'))).toEqual([]);
	});

	it('a circle ends', async () => {
		server = await startRawServer(({ target }) => reply.redirect(target));
		expectRefused(await runOn('read'), /in a circle/);
		expect(server.requests).toHaveLength(6);
	});

	it.each(['http://[', 'http://:0', 'https://'])(
		'an address that is none: %s',
		async (location) => {
			server = await startRawServer(sendingOn('read', location, 302));
			expectRefused(await runOn('read'), /another address/);
			expect(server.requests).toHaveLength(1);
		},
	);
});
