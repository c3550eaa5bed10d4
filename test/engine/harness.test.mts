import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { CredentialStore } from '../support/credentialStore.mts';
import { Engine } from '../support/engine.mts';
import { Service } from '../support/fixture/service.mts';

/** The engine must treat credentials as n8n does; this package stands in for the real one. */
const fixture = resolve('test/support/fixture');
const engine = new Engine(fixture);

let service: Service;
let store: CredentialStore;

beforeEach(async () => {
	service = new Service();
	await service.listen();
	store = new CredentialStore({
		main: { type: 'probeApi', data: { baseUrl: service.url, secret: service.secret } },
	});
});

afterEach(async () => await service.close());

const probe = async (parameters: { path?: string; held?: boolean } = {}, input = [{}]) =>
	await engine.run({
		credentials: store,
		input,
		nodes: [{ name: 'Probe', type: 'probe', parameters: { path: '/me', ...parameters } }],
	});

const withToken = (accessToken: string): void =>
	store.write('main', { accessToken, boundTo: service.secret });

describe('the hook', () => {
	it('runs when the token is empty, and its result is stored', async () => {
		const result = await probe();
		expect(result.error).toBeUndefined();
		expect(result.items()).toEqual([
			{
				json: { statusCode: 200, body: { token: service.token } },
				pairedItem: { item: 0 },
			},
		]);
		expect(service.calls).toEqual(['/token', '/me']);
		expect(store.read('main')).toMatchObject({
			accessToken: service.token,
			boundTo: service.secret,
		});
		expect(store.writes.map(({ by }) => by)).toEqual(['n8n']);
	});

	it('does not run with a token that is accepted', async () => {
		withToken(service.token);
		await probe();
		expect(service.calls).toEqual(['/me']);
	});

	it('runs on 401 and the request is sent again', async () => {
		withToken('stale');
		expect((await probe()).items()[0]?.json.statusCode).toBe(200);
		expect(service.calls).toEqual(['/me', '/token', '/me']);
	});

	it('runs when authenticate throws what looks like a 401, before anything was sent', async () => {
		store.write('main', { accessToken: service.token, boundTo: 'another secret' });
		expect((await probe()).items()[0]?.json.statusCode).toBe(200);
		expect(service.calls).toEqual(['/token', '/me']);
	});

	it('does not run on 404', async () => {
		withToken(service.token);
		service.answers['/me'] = { status: 404 };
		expect((await probe()).items()[0]?.json.statusCode).toBe(404);
		expect(service.count('/token')).toBe(0);
	});

	it('does not run when displayOptions hide the token', async () => {
		store.write('main', { mode: 'static' });
		service.answers['/me'] = { status: 200 };
		await probe();
		expect(service.count('/token')).toBe(0);
	});

	it('gets helpers.httpRequest and nothing else', async () => {
		await probe();
		const { seenByHook } = jest.requireActual(`${fixture}/ProbeApi.credentials.js`);
		expect(seenByHook.at(-1)).toEqual({ of: ['helpers'], helpers: ['httpRequest'] });
	});

	it('stores nothing when its result lacks the token', async () => {
		service.answers['/token'] = { status: 204 };
		expect((await probe()).error).toMatchObject({ name: 'NodeApiError' });
		expect(store.writes).toEqual([]);
	});

	it('runs once per request in flight: n8n does not coalesce', async () => {
		await probe({}, [{}, {}, {}]);
		expect(service.count('/token')).toBe(3);
	});
});

describe('what is stored', () => {
	it('takes a rotated secret', async () => {
		service.rotateTo = randomUUID();
		await probe();
		expect(store.read('main').secret).toBe(service.rotateTo);
	});

	it('keeps an expression, but always takes the token', async () => {
		const [first, second] = [service.secret.slice(0, 9), service.secret.slice(9)];
		const expression = `={{ '${first}' + '${second}' }}`;
		store.write('main', { secret: expression, accessToken: `={{ 'stale' }}` });
		expect((await probe()).items()[0]?.json.statusCode).toBe(200);
		expect(store.read('main')).toMatchObject({ secret: expression, accessToken: service.token });
	});

	it('keeps undeclared keys, which no node gets to see', async () => {
		await probe();
		expect(store.read('main')).toMatchObject({ undeclared: 1 });
		const held = (await probe({ held: true })).items()[0]?.json.held;
		expect(held).toMatchObject({ accessToken: service.token, mode: 'exchange' });
		expect(held).not.toHaveProperty('undeclared');
	});

	it('is shared by processes that share nothing else; the last one wins', async () => {
		const other = await Engine.inAnotherProcess(fixture);
		await probe();
		store.write('main', { accessToken: '' });
		store.latency = 20;
		const nodes = [{ name: 'Probe', type: 'probe', parameters: { path: '/me' } }];
		const runs = [probe(), other.run({ credentials: store, nodes })];
		for (const { error } of await Promise.all(runs)) expect(error).toBeUndefined();
		expect(store.writes.filter(({ by }) => by === 'n8n')).toHaveLength(3);
		expect(service.count('/token')).toBe(3);
		store.latency = 0;
		store.write('main', { accessToken: '' });
		await other.run({ credentials: store, nodes });
		expect(store.read('main').exchanges).toBe(2);
	});
});

describe('a credential that the node holds', () => {
	it('is updated in place by a refresh, which is stored as well', async () => {
		withToken('stale');
		expect((await probe({ held: true })).items()[0]?.json.held).toMatchObject({
			accessToken: service.token,
		});
		expect(store.read('main').accessToken).toBe(service.token);
		expect(service.calls).toEqual(['/me', '/token', '/me']);
	});
});

describe('requests', () => {
	it('hands on a redirect instead of following it', async () => {
		withToken(service.token);
		service.answers['/me'] = { status: 302 };
		expect((await probe()).items()[0]?.json.statusCode).toBe(302);
		expect(service.calls).toEqual(['/me']);
	});

	it('reports a second 401 as n8n does', async () => {
		service.answers['/me'] = { status: 401 };
		const { error, status } = await probe();
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '401', node: 'Probe' });
		expect(status).toBe('error');
	});

	it('refreshes after any failure in the HTTP Request node', async () => {
		withToken(service.token);
		service.answers['/gone'] = { status: 404 };
		const { error } = await engine.run({
			credentials: store,
			nodes: [
				{
					name: 'HTTP Request',
					type: 'httpRequest',
					parameters: { url: `${service.url}/gone`, nodeCredentialType: 'probeApi' },
				},
			],
		});
		expect(error).toMatchObject({ httpCode: '404' });
		expect(service.calls).toEqual(['/gone', '/token', '/gone']);
	});
});

describe('the engine', () => {
	it('lists what a picker lists, page token as text', async () => {
		const find = { credentials: store, node: 'probe', parameters: { path: 'there' } };
		expect(
			await engine.listSearch({ ...find, method: 'find', filter: 'x', paginationToken: '4' }),
		).toEqual({ results: [{ name: 'x there', value: service.token }], paginationToken: '5' });
		expect(await engine.listSearch({ ...find, method: 'options' })).toEqual({
			results: [{ name: 'One', value: 1 }],
		});
	});

	it('hands items on and keeps their pairing', async () => {
		const { items } = await engine.run({
			credentials: store,
			input: [{ path: '/me' }, { path: '/me' }],
			nodes: [
				{ name: 'Pass', type: 'noOp', parameters: {} },
				{ name: 'Probe', type: 'probe', parameters: { path: '={{ $json.path }}' } },
				{ name: 'End', type: 'noOp', parameters: {} },
			],
		});
		expect(items().map(({ json }) => json.statusCode)).toEqual([200, 200]);
		expect(items('Probe').map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('sends failed items to the error output when asked', async () => {
		withToken('stale');
		service.answers['/token'] = { status: 500 };
		const { outputs, error } = await engine.run({
			credentials: store,
			nodes: [
				{
					name: 'Probe',
					type: 'probe',
					parameters: { path: '/me' },
					onError: 'continueErrorOutput',
				},
			],
		});
		expect(error).toBeUndefined();
		expect(outputs('Probe')[1]).toHaveLength(1);
	});

	it('stops when it is cancelled', async () => {
		withToken(service.token);
		const { status, items } = await engine.run({
			credentials: store,
			cancelAfter: Promise.resolve(),
			nodes: [{ name: 'Probe', type: 'probe', parameters: { path: '/me' } }],
		});
		expect(status).toBe('canceled');
		expect(items()).toEqual([]);
	});

	it('says so when the credential is not there', async () => {
		const { error } = await engine.run({
			credentials: store,
			nodes: [{ name: 'Probe', type: 'probe', parameters: { path: '/me' }, credential: 'other' }],
		});
		expect(error?.message).toBe('Credential with ID "other" does not exist for type "probeApi".');
	});
});
