import { gzipSync } from 'node:zlib';
import { unclear } from '../faults/unclear.mts';
import { locators } from '../support/appspaceNode.mts';
import { run, testCredential } from '../support/engine.mts';
import {
	reply,
	startRawServer,
	type RawRequest,
	type RawServer,
	type RawServerOptions,
	type Script,
} from '../support/rawServer.mts';
import type { RunResult } from '../support/runResult.mts';
import { selfSigned } from '../support/selfSigned.mts';
import { asGzip, CASES, type Case, type Kind } from './hostileCases.mts';

const PARAMETERS: Record<Kind, Record<string, unknown>> = {
	read: { operation: 'get', simplify: false },
	list: { operation: 'getPlaylistItems', returnAll: true, simplify: false },
	write: { operation: 'replacePublishTargets', deviceIds: locators('d1') },
};

const runOn = async (server: RawServer, kind: Kind, channels = ['c0', 'c1']): Promise<RunResult> =>
	await run({
		credentials: server.store,
		input: channels.map((channelId) => ({ channelId })),
		nodes: [
			{
				name: 'Appspace',
				type: 'appspace',
				parameters: {
					resource: 'channel',
					channelId: '={{ $json.channelId }}',
					...PARAMETERS[kind],
				},
			},
		],
	});

const isAboutC1 =
	(kind: Kind) =>
	({ method, target }: RawRequest): boolean =>
		target.includes('/c1') && method === (kind === 'write' ? 'PUT' : 'GET');

/** Channel c0 is served well; what matters of channel c1 is left to the case. */
function withHealthyC0({ kind, script }: Pick<Case, 'kind' | 'script'>): Script {
	const written = new Set<string>();
	const matters = isAboutC1(kind);
	return (request, nth) => {
		const channel = /\/(c[01])/.exec(request.target)?.[1] ?? '';
		if (request.method === 'PUT') written.add(channel);
		if (matters(request)) return script(request, nth);
		if (kind === 'read') return reply.json({ id: channel });
		if (kind === 'list') return reply.json([]);
		return reply.json(written.has(channel) ? [{ targetId: 'd1', targetType: 7 }] : []);
	};
}

interface Outcome {
	result: RunResult;
	/** How often the request that matters arrived. */
	sent: number;
	secrets: string[];
}

async function play(subject: Case): Promise<Outcome> {
	const server = await startRawServer(withHealthyC0(subject));
	try {
		const result = await runOn(server, subject.kind);
		const first = server.requests.filter(isAboutC1(subject.kind));
		const sent = first.filter(({ target }) => target === first.at(-1)?.target).length;
		return { result, sent, secrets: server.secrets };
	} finally {
		await server.close();
	}
}

describe('a hostile server', () => {
	const outcomes = new Map<string, Outcome>();

	// All at the same time: most of it is waiting before another attempt.
	beforeAll(async () => {
		const played = CASES.map(async (each) => outcomes.set(each.name, await play(each)));
		await Promise.all(played);
	}, 30_000);

	it.each(CASES)('$name', ({ name, says, remedy, records, sent }) => {
		const { result, sent: arrived, secrets } = outcomes.get(name) as Outcome;
		expect(arrived).toBe(sent);
		if (!says) {
			expect(result.error).toBeUndefined();
			const ofItem1 = result
				.items()
				.filter(({ pairedItem }) => (pairedItem as { item: number }).item === 1)
				.map(({ json }) => json);
			if (records) expect(ofItem1).toMatchObject(records);
			expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
			return;
		}
		expect(result.error?.message).toMatch(says);
		expect(result.error?.description).toMatch(remedy as RegExp);
		expect(result.error?.context?.itemIndex).toBe(1);
		expect(unclear(result.error as { message: string }, secrets, 1)).toEqual([]);
		expect(JSON.stringify(result.data.data.resultData)).not.toContain(secrets.at(-1));
	});
});

/** No package can bound what n8n unpacks of ordinary JSON; see docs/reliability.md. */
describe('a page of 50 MB', () => {
	const items = Array.from({ length: 50_000 }, (_, id) => ({
		id: String(id),
		note: 'x'.repeat(1_000),
	}));
	const page = JSON.stringify({ items, size: items.length, limit: items.length });

	it.each([
		['as it is', reply.text(page)],
		['hidden in a few KB by compression', reply.text(gzipSync(page), asGzip)],
	])(
		'is read when it comes %s',
		async (_, whole) => {
			const server = await startRawServer(({ target }) =>
				target.includes('start=0&') ? whole : reply.json([]),
			);
			const result = await runOn(server, 'list', ['c0']);
			await server.close();
			expect(result.error).toBeUndefined();
			expect(result.items()).toHaveLength(items.length);
		},
		120_000,
	);
});

describe('no connection', () => {
	it.concurrent(
		'says so when the connection is refused, and sends nothing',
		async () => {
			const server = await startRawServer(() => reply.json({}));
			await server.close();
			const { error } = await runOn(server, 'read', ['c1']);
			expect(error?.message).toMatch(/^No connection to the host of the Base URL/);
			expect(unclear(error as { message: string }, server.secrets)).toEqual([]);
			expect(await testCredential(server.store)).toMatchObject({
				status: 'Error',
				message: expect.stringMatching(/^No connection to the host of the Base URL/),
			});
		},
		60_000,
	);

	it.concurrent(
		'waits for a refused connection to come back, for reads and writes, and sends once',
		async () => {
			for (const kind of ['read', 'write'] as const) {
				let written = false;
				const server = await startRawServer(({ method }) => {
					if (kind === 'read') return reply.json({ id: 'c1' });
					if (method === 'PUT') written = true;
					else if (!written) {
						// Nobody listens when the write is on its way.
						server.pause();
						setTimeout(() => void server.resume(), 100);
					}
					return reply.json(written ? [{ targetId: 'd1', targetType: 7 }] : []);
				});
				await testCredential(server.store);
				server.requests.length = 0;
				if (kind === 'read') {
					server.pause();
					setTimeout(() => void server.resume(), 100);
				}
				const { error } = await runOn(server, kind, ['c1']);
				await server.close();
				expect(error).toBeUndefined();
				expect(server.requests.filter(isAboutC1(kind))).toHaveLength(1);
			}
		},
		60_000,
	);
});

describe('TLS', () => {
	const noTls = /^No secure connection to the host of the Base URL/;

	it.concurrent.each<[string, RawServerOptions]>([
		['a certificate that nobody vouches for', { certificate: selfSigned() }],
		['a certificate that has expired', { certificate: selfSigned({ expired: true }) }],
		['HTTP where HTTPS is expected', {}],
	])(
		'%s: nothing is sent',
		async (_, options) => {
			const server = await startRawServer(() => reply.json({}), options);
			server.store.write('main', { baseUrl: server.url.replace('http:', 'https:') });
			const { error } = await runOn(server, 'read', ['c1']);
			const button = await testCredential(server.store);
			await server.close();
			expect(server.exchanges).toEqual([]);
			expect(server.requests).toEqual([]);
			expect(error?.message).toMatch(noTls);
			expect(unclear(error as { message: string }, server.secrets)).toEqual([]);
			expect(button).toMatchObject({ status: 'Error', message: expect.stringMatching(noTls) });
		},
		60_000,
	);

	it('a certificate that turns bad after the token was issued', async () => {
		const server = await startRawServer(() => reply.json({ id: 'c1' }));
		await testCredential(server.store);
		const held = server.store.read('main');
		const bad = await startRawServer(() => reply.json({}), { certificate: selfSigned() });
		bad.store.write('main', { ...held, baseUrl: bad.url });
		const { error } = await runOn(bad, 'read', ['c1']);
		await Promise.all([server.close(), bad.close()]);
		expect(error?.message).toMatch(/secure connection/);
		expect(bad.requests).toEqual([]);
	});
});
