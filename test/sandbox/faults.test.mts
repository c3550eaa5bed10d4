import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api, call, freshToken } from './tenantClient.mts';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(async () => {
	sandbox.reset();
	token = await freshToken(sandbox);
	sandbox.clearRequests();
});
afterAll(() => sandbox.close());

const me = () => call(sandbox, 'GET', '/api/v3/users/me', { token });
const statuses = async (count: number) => {
	const seen: number[] = [];
	for (let index = 0; index < count; index += 1) seen.push((await me()).status);
	return seen;
};

it('strikes as often as told, after as many as told, then is used up', async () => {
	sandbox.fault({
		path: 'users/me',
		status: 503,
		times: 2,
		after: 1,
		headers: { 'retry-after': '1' },
	});
	const [, second] = [await me(), await me()];
	expect(second.status).toBe(503);
	expect(second.headers['retry-after']).toBe('1');
	expect(second.body.message).toBe('Service Unavailable');
	expect(await statuses(2)).toEqual([503, 200]);
});

it('strikes only the method and path it names', async () => {
	sandbox.fault({ path: /USERS/, method: 'post', status: 500 });
	expect(await statuses(1)).toEqual([200]);
	sandbox.fault({ path: 'users', status: 500 });
	expect(await statuses(1)).toEqual([200]);
	sandbox.fault({ path: /users/, method: 'get', status: 500 });
	expect(await statuses(2)).toEqual([500, 200]);
	sandbox.clearFaults();
});

it('strikes by chance, the same for the same seed', async () => {
	const seen = async () => {
		sandbox.fault({ path: 'users/me', probability: 0.5, status: 502 });
		token = await freshToken(sandbox);
		return await statuses(30);
	};
	const first = await seen();
	sandbox.reset();
	expect(await seen()).toEqual(first);
	expect(new Set(first)).toEqual(new Set([200, 502]));
});

it('answers with text, HTML, JSON or a redirect', async () => {
	sandbox.fault({ body: 'gone fishing', status: 418 });
	sandbox.fault({ body: '<html></html>' });
	sandbox.fault({ body: { odd: true }, status: 200 });
	sandbox.fault({ redirect: 'https://example.com/' });
	const texts = await me();
	expect([texts.status, texts.text]).toEqual([418, 'gone fishing']);
	expect((await me()).headers['content-type']).toContain('text/html');
	expect((await me()).body).toEqual({ odd: true });
	const redirect = await me();
	expect([redirect.status, redirect.headers.location]).toEqual([302, 'https://example.com/']);
});

it('waits', async () => {
	sandbox.fault({ delay: 300 });
	const began = performance.now();
	expect((await me()).status).toBe(200);
	expect(performance.now() - began).toBeGreaterThan(290);
	sandbox.set({ latency: 200 });
	const again = performance.now();
	await me();
	expect(performance.now() - again).toBeGreaterThan(190);
});

it('looks at the token when it answers, not when the request came', async () => {
	sandbox.fault({ delay: 200 });
	const answer = me();
	while (sandbox.requests.length === 0) await sleep(1);
	sandbox.revokeAccessTokens();
	expect((await answer).status).toBe(401);
});

it.each(['beforeHeaders', 'afterHeaders'] as const)('breaks the connection %s', async (reset) => {
	sandbox.fault({ reset });
	await expect(me()).rejects.toThrow();
	expect((await me()).status).toBe(200);
});

const someTarget = { id: '', targetId: '', targetType: 7, createdAt: '', createdBy: '' };

it('breaks the connection although the request was carried out', async () => {
	const channel = sandbox.tenant.channels[0]!.id;
	const path = `channeldirectory/${channel}/publishto`;
	const write = () => api(sandbox, 'PUT', path, { publishingRule: 'Overwrite', publishTo: [] });
	for (const reset of ['beforeHeaders', 'afterHandling'] as const) {
		sandbox.reset();
		sandbox.tenant.publishTo[channel] = [someTarget];
		sandbox.fault({ method: 'PUT', reset });
		await expect(write()).rejects.toThrow();
		expect(sandbox.tenant.publishTo[channel]).toHaveLength(reset === 'afterHandling' ? 0 : 1);
		expect(sandbox.count({ method: 'PUT', status: 0 })).toBe(1);
	}
});

it('sends half a body', async () => {
	sandbox.fault({ truncate: true });
	await expect(me()).rejects.toThrow(/terminated|closed/i);
	sandbox.fault({ truncate: true, status: 200, body: { cut: 'in the middle' } });
	await expect(me()).rejects.toThrow(/terminated|closed/i);
});

it.each([
	['message', (text: string) => JSON.parse(text).message],
	['title', (text: string) => JSON.parse(text).title],
	['text', (text: string) => text],
	['html', (text: string) => /<h1>(.+)<\/h1>/.exec(text)?.[1]],
] as const)('words errors as %s', async (errorBody, read) => {
	sandbox.set({ errorBody });
	expect(read((await api(sandbox, 'GET', 'users/nobody')).text)).toMatch(/not found/i);
});

it('words errors in any way, or not at all', async () => {
	sandbox.set({ errorBody: 'empty' });
	expect((await api(sandbox, 'GET', 'users/nobody')).text).toBe('');
	sandbox.set({ errorBody: 'mixed' });
	const seen = new Set<string>();
	for (let index = 0; index < 80; index += 1) {
		seen.add((await call(sandbox, 'GET', '/api/v3/users/nobody', { token })).text);
	}
	expect(seen.size).toBe(5);
});

it('fails wholly where the real service did', async () => {
	expect((await api(sandbox, 'GET', 'signschannel')).status).toBe(500);
});
