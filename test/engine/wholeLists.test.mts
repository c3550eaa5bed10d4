import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';
import { resources } from '../../nodes/Appspace/resources/resources.ts';
import { listSearch as pickers } from '../../nodes/Appspace/pickers/listSearch.ts';
import { appspaceNode, locator } from '../support/appspaceNode.mts';
import { listSearch, run } from '../support/engine.mts';
import {
	anyServer,
	holdsAll,
	isCutUnseen,
	pagingServer,
	type PagingQuirks,
} from '../support/pagingServer.mts';
import { reply, startRawServer, type RawRequest, type RawServer } from '../support/rawServer.mts';

const RUNS = 12;
const PAGE_SIZE = 20;
/** So many records at most: each run has its own server. */
const TOTAL = 70;

/** The same quirks with a shorter list. */
const short = ({ total, hole, ...more }: PagingQuirks): PagingQuirks => ({
	...more,
	total: total % TOTAL,
	hole: hole && { ...hole, at: hole.at % TOTAL },
});

let server: RawServer;
let paging: ReturnType<typeof pagingServer>;
beforeAll(async () => {
	server = await startRawServer((request) => reply.json(answerTo(request)));
});
afterAll(async () => await server.close());

/** A page in the form of API v3, or of SCIM, which counts from 1 and never echoes the limit. */
function answerTo({ target, method, body }: RawRequest): unknown {
	const { pathname, searchParams } = new URL(target, 'http://server');
	if (pathname.endsWith('/ServiceProviderConfig')) return { filter: { supported: true } };
	const sent = method === 'POST' ? (JSON.parse(body) as Record<string, unknown>) : {};
	const asked = (name: string, usual: number) =>
		Number(sent[name] ?? searchParams.get(name) ?? usual);
	if (!/\/(Users|Groups)$/.test(pathname)) {
		const limit = asked('limit', 100);
		return 'page' in sent
			? paging.numbered(asked('page', 0), limit)
			: paging.answer(asked('start', 0), limit);
	}
	const page = paging.answer(asked('startIndex', 1) - 1, asked('count', 100));
	if (Array.isArray(page)) return { Resources: page };
	const { items, size } = page as { items: unknown[]; size?: unknown };
	return { Resources: items, totalResults: size };
}

/** With what an operation lists everything that a server has. */
const parametersFor = (fields: INodeProperties[] = []): Record<string, unknown> => ({
	...Object.fromEntries(
		fields
			.filter(({ type, required }) => type === 'resourceLocator' && required)
			.map(({ name }) => [name, locator('1')]),
	),
	// Either of two that exclude each other.
	...(fields.some(({ name }) => name === 'locationId') && { deviceId: locator('1') }),
	...{ returnAll: true, simplify: false, path: 'users', method: 'GET', readPages: true },
	...{
		endpoint: locator('GET users', 'id'),
		parametersAs: 'json',
		startAt: '2099-01-01T08:00:00Z',
	},
	...{ endAt: '2099-01-01T09:00:00Z', reservableBy: 'POST' },
});

const operations = resources.flatMap((resource) =>
	resource.operations
		.filter(({ isList }) => isList)
		.map((operation) => ({
			name: `${resource.value}.${operation.value}` as const,
			isScim: resource.credential === 'appspaceScimApi',
			fields: operation.fields,
		})),
);

/** SCIM has no limit to echo, so its total alone vouches for a page (RFC 7644 3.4.2). */
const hides = (quirks: PagingQuirks, isScim: boolean) =>
	isCutUnseen(isScim ? { ...quirks, echo: 'asked' } : quirks);

/** The credential that n8n hands to a picker follows from the resource. */
const shownFor = (method: string) => ({
	resource: method.startsWith('searchScim') ? 'scimUser' : 'user',
});

it('there are lists to look at', () => {
	expect(operations.length).toBeGreaterThan(20);
});

const HONEST: PagingQuirks = {
	...{ total: 65, cap: undefined, size: 'right', echo: 'used', bare: false },
	...{ ignoresStart: false, hole: undefined, ids: 'text' },
};

describe.each(operations)('$name', ({ name, isScim, fields }) => {
	it('is whole, without a word and a request too many, where the server is honest', async () => {
		paging = pagingServer(HONEST);
		// Pages that were read ahead for a run before may still be on their way.
		const own = await startRawServer((request) => reply.json(answerTo(request)));
		const parameters = { ...parametersFor(fields), options: { pageSize: PAGE_SIZE } };
		const nodes = [appspaceNode(name, parameters)];
		const { error, items, hints } = await run({ credentials: own.store, nodes });
		await own.close();
		expect(error).toBeUndefined();
		expect(hints).toEqual([]);
		expect(items()).toHaveLength(65);
		// Call Endpoint asks for its first page as the user typed it, here without a limit.
		expect(own.requests).toHaveLength(name === 'apiCall.callEndpoint' ? 2 : 4);
	});

	it('is never short without a word', async () => {
		await fc.assert(
			fc.asyncProperty(anyServer.map(short), async (quirks) => {
				fc.pre(!hides(quirks, isScim));
				// Without a description, nothing tells that a bare array has pages.
				if (name === 'apiCall.callEndpoint') fc.pre(!quirks.bare);
				paging = pagingServer(quirks);
				const parameters = { ...parametersFor(fields), options: { pageSize: PAGE_SIZE } };
				const nodes = [appspaceNode(name, parameters)];
				const { error, items, hints } = await run({ credentials: server.store, nodes });
				const got = items().map(({ json }) => json);
				const isTold = error !== undefined || hints.length > 0;
				// Requests of the user's own choice hand on every entry, null as well.
				const isPassedOn = name.startsWith('apiCall.') && got.length >= paging.records.length;
				if (!isTold && !isPassedOn) expect(holdsAll(got, paging.records)).toBe(true);
			}),
			{ numRuns: RUNS, interruptAfterTimeLimit: 120_000 },
		);
	}, 120_000);
});

it('repeated pages get a word even where Limit ends the list', async () => {
	paging = pagingServer({ ...HONEST, ignoresStart: true, ids: 'none' });
	const parameters = { limit: 50, simplify: false, options: { pageSize: PAGE_SIZE } };
	const nodes = [appspaceNode('user.getAll', parameters)];
	const { items, hints } = await run({ credentials: server.store, nodes });
	expect(items()).toHaveLength(50);
	expect(hints).toMatchObject([{ message: expect.stringContaining('same page again') }]);
});

describe.each(
	Object.keys(pickers).filter(
		(method) => !/TimeZones|Services|Endpoints|Visitor(Types|Purposes|Fields)/.test(method),
	),
)('%s', (method) => {
	it('is whole without a word where the server is honest', async () => {
		paging = pagingServer(HONEST);
		const credential = method.startsWith('searchScim') ? 'scim' : 'main';
		const page = await listSearch({
			method,
			credential,
			parameters: shownFor(method),
			credentials: server.store,
		});
		expect(page.paginationToken).toBeUndefined();
		expect(page.results.map(({ value }) => value)).toEqual(
			paging.records.map((record) => (record as { id: string }).id),
		);
	});

	it('is never short without a word', async () => {
		await fc.assert(
			fc.asyncProperty(anyServer, async (any) => {
				const isScim = method.startsWith('searchScim');
				const quirks = { ...any, total: any.total % 250 };
				fc.pre(!hides(quirks, isScim));
				paging = pagingServer(quirks);
				const got: object[] = [];
				let paginationToken: string | undefined;
				let isTold = false;
				do {
					const credential = isScim ? 'scim' : 'main';
					const parameters = shownFor(method);
					const options = { method, parameters, paginationToken, credential };
					const page = await listSearch({ ...options, credentials: server.store }).catch(
						() => undefined,
					);
					isTold ||= page === undefined;
					paginationToken = page?.paginationToken as string | undefined;
					got.push(...(page?.results ?? []));
					// A choice without a value says that something is missing, or stands for a record without ID.
					isTold ||= got.some((choice) => 'value' in choice && choice.value === '');
				} while (paginationToken !== undefined && !isTold);
				if (!isTold) expect(got.length).toBeGreaterThanOrEqual(paging.records.length);
			}),
			{ numRuns: RUNS, interruptAfterTimeLimit: 120_000 },
		);
	}, 120_000);
});
