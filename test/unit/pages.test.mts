import fc from 'fast-check';
import { readPages, type Listing } from '../../nodes/Appspace/transport/pages.ts';

interface Server {
	total: number;
	/** The server's own limit below the asked one. */
	cap?: number;
	size?: 'right' | 'tooSmall' | 'tooLarge' | 'text' | 'nonsense';
	echo?: boolean;
	bare?: boolean;
}

function serve({ total, cap, size, echo = true, bare }: Server) {
	const records = Array.from({ length: total }, (_, index) => ({ id: `id ${index}` }));
	const requests: Array<{ start: number; limit: number }> = [];
	const announced = {
		right: total,
		tooSmall: Math.floor(total / 3),
		tooLarge: total * 3 + 7,
		text: String(total),
		nonsense: 'many',
	};
	const fetch = async (start: number, limit: number): Promise<unknown> => {
		requests.push({ start, limit });
		const used = Math.min(limit, cap ?? Infinity);
		const items = records.slice(start, start + used);
		if (bare) return items;
		return { items, start, ...(echo && { limit: used }), ...(size && { size: announced[size] }) };
	};
	return { fetch, requests, records };
}

async function read(
	fetch: (start: number, limit: number) => Promise<unknown>,
	listing: Partial<Listing> = {},
) {
	const got = [];
	const all = { pageSize: 100, limit: Infinity, readAhead: 10, ...listing };
	for await (const record of readPages(fetch, all)) got.push(record);
	return got;
}

const server = fc.record({
	total: fc.nat(700),
	cap: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
	size: fc.constantFrom(
		undefined,
		'right' as const,
		'tooSmall' as const,
		'tooLarge' as const,
		'text' as const,
		'nonsense' as const,
	),
	echo: fc.boolean(),
	bare: fc.boolean(),
});

test('every record once and in order, whatever the server says about size and limit', async () => {
	await fc.assert(
		fc.asyncProperty(
			server,
			fc.integer({ min: 1, max: 150 }),
			fc.nat(12),
			async (kind, pageSize, readAhead) => {
				const { fetch, records } = serve(kind);
				expect(await read(fetch, { pageSize, readAhead })).toEqual(records);
			},
		),
		{ numRuns: 400 },
	);
});

test('a limit is respected to the record, and no page is asked for that it does not need', async () => {
	await fc.assert(
		fc.asyncProperty(server, fc.integer({ min: 1, max: 300 }), async (kind, limit) => {
			const { fetch, records, requests } = serve(kind);
			expect(await read(fetch, { limit })).toEqual(records.slice(0, limit));
			for (const request of requests) expect(request.start).toBeLessThan(limit);
		}),
		{ numRuns: 300 },
	);
});

test('filters are applied to all records, and the limit counts what passes', async () => {
	const { fetch } = serve({ total: 2_500, size: 'right' });
	const matches = ({ id }: { id?: unknown }) => String(id).endsWith('7');
	expect(await read(fetch, { matches })).toHaveLength(250);
	expect((await read(fetch, { matches, limit: 3 })).map(({ id }) => id)).toEqual([
		'id 7',
		'id 17',
		'id 27',
	]);
});

test('2,500 records take 25 pages and the empty one that ends them', async () => {
	const { fetch, requests } = serve({ total: 2_500, size: 'right' });
	await read(fetch);
	expect(requests).toHaveLength(26);
});

test('a size that is too large costs at most the pages read ahead', async () => {
	const { fetch, requests } = serve({ total: 250, size: 'tooLarge' });
	await read(fetch, { readAhead: 10 });
	expect(requests.length).toBeLessThanOrEqual(3 + 10);
});

test('page by page, nothing is asked for after the first match', async () => {
	const { fetch, requests } = serve({ total: 2_500, size: 'right' });
	await read(fetch, { limit: 1, readAhead: 0, matches: ({ id }) => id === 'id 250' });
	expect(requests.map(({ start }) => start)).toEqual([0, 100, 200]);
});

test('stops on a server that repeats its pages', async () => {
	const page = { items: Array.from({ length: 100 }, (_, id) => ({ id })), limit: 100, size: 2_500 };
	let requests = 0;
	const repeat = async () => (requests++, page);
	expect(await read(repeat)).toHaveLength(100);
	expect(requests).toBeLessThanOrEqual(11);
});

test('stops on a server that goes round in a circle of pages', async () => {
	let requests = 0;
	const circle = async () => ({
		items: Array.from({ length: 10 }, (_, index) => ({ id: (requests % 3) * 10 + index })),
		limit: 10,
		requests: requests++,
	});
	expect(await read(circle, { pageSize: 10 })).toHaveLength(30);
});

test('a list that grows at its head while it is read gives no record twice', async () => {
	let inserted = 0;
	const growing = async (start: number, limit: number) => {
		const records = Array.from({ length: 300 + inserted }, (_, index) => ({
			id: index - inserted,
		}));
		inserted++;
		return { items: records.slice(start, start + limit), limit };
	};
	const ids = (await read(growing, { readAhead: 0 })).map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toHaveLength(300);
});

test('records without an ID that look alike are all kept', async () => {
	const alike = async (start: number) => ({
		items: start < 4 ? [{ name: 'a' }, { name: start }] : [],
		limit: 2,
	});
	expect(await read(alike, { pageSize: 2 })).toHaveLength(4);
});

test.each([{}, 'text', 7, { items: 'x' }, null])('%p is no list', async (body) => {
	await expect(read(async () => body)).rejects.toMatchObject({ failure: { kind: 'answer' } });
});

test('a failing page fails the listing, one that was only read ahead does not', async () => {
	const { fetch } = serve({ total: 1_000, size: 'right' });
	const failing = async (start: number, limit: number) =>
		start >= 300 ? await Promise.reject(new Error('down')) : await fetch(start, limit);
	await expect(read(failing)).rejects.toThrow('down');
	await expect(read(failing, { matches: () => true, limit: 200 })).resolves.toHaveLength(200);
});
