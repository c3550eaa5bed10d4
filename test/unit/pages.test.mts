import fc from 'fast-check';
import { anyServer, holdsAll, pagingServer } from '../support/pagingServer.mts';
import { read, readWell } from '../support/readList.mts';

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
				expect(await read(fetch, { pageSize, readAhead: () => readAhead })).toEqual(records);
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
			// Where more is announced, an empty page is not yet the end.
			if (kind.size === 'tooLarge') return;
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

test('2,500 records take 25 pages, the empty one that ends them, and one that proves the total', async () => {
	const { fetch, requests } = serve({ total: 2_500, size: 'right' });
	await read(fetch);
	expect(requests).toHaveLength(27);
});

test('up to five pages need no proof', async () => {
	const { fetch, requests } = serve({ total: 450, size: 'right' });
	await read(fetch);
	expect(requests).toHaveLength(5);
});

/** Answers when it is told to, so that whatever is asked for ahead is under way together. */
function heldBack({ fetch, requests }: ReturnType<typeof serve>) {
	let most = 0;
	let underWay = 0;
	const later = async (start: number, limit: number) => {
		most = Math.max(most, ++underWay);
		await new Promise((resolve) => setImmediate(resolve));
		underWay--;
		return await fetch(start, limit);
	};
	return { later, requests, most: () => most };
}

test('a total that is too large costs four requests at most, however far ahead pages may be read', async () => {
	for (let total = 0; total <= 2_500; total += 50) {
		const { later, requests } = heldBack(serve({ total, size: 'tooLarge' }));
		expect(await read(later, { readAhead: () => 128 })).toHaveLength(total);
		// The empty page that ends the list is no waste; after a short page it begins elsewhere.
		const needed = Math.ceil(total / 100) + 1;
		const wasted = requests.length - needed;
		if (wasted > 4) expect({ total, wasted }).toEqual({ total, wasted: 4 });
	}
});

test('a total that has proved right is followed as far ahead as pages may be read', async () => {
	const { later, most } = heldBack(serve({ total: 5_000, size: 'right' }));
	await read(later, { readAhead: () => 30 });
	expect(most()).toBeGreaterThanOrEqual(29);
	expect(most()).toBeLessThanOrEqual(31);
});

test('page by page, nothing is asked for after the first match', async () => {
	const { fetch, requests } = serve({ total: 2_500, size: 'right' });
	await read(fetch, { limit: 1, readAhead: () => 0, matches: ({ id }) => id === 'id 250' });
	expect(requests.map(({ start }) => start)).toEqual([0, 100, 200]);
});

test('no list is short without a word, whatever the server does', async () => {
	const coverage = { whole: 0, told: 0, refused: 0 };
	await fc.assert(
		fc.asyncProperty(
			anyServer,
			fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 100, max: 500 })),
			fc.nat(12),
			async (quirks, pageSize, readAhead) => {
				const { answer, records } = pagingServer(quirks);
				const fetch = async (start: number, limit: number) => answer(start, limit);
				const result = await readWell(fetch, { pageSize, readAhead: () => readAhead });
				const isWhole = holdsAll(result.records, records);
				const isTold = result.shortfalls.length > 0 || result.error !== undefined;
				if (!isWhole) expect(isTold).toBe(true);
				coverage[isWhole ? 'whole' : result.error ? 'refused' : 'told']++;
			},
		),
		{ numRuns: 5_000, interruptAfterTimeLimit: 180_000 },
	);
	for (const count of Object.values(coverage)) expect(count).toBeGreaterThan(50);
}, 180_000);

test.each(['ofPage', 'tooSmall', 'missing'] as const)(
	'a cap of 500 below an echo of 1,000 cuts no list, size %s',
	async (size) => {
		const { answer, records } = pagingServer({
			...{ total: 1_200, cap: 500, size, echo: 'asked', bare: false },
			...{ ignoresStart: false, hole: undefined, ids: 'text' },
		});
		const fetch = async (start: number, limit: number) => answer(start, limit);
		const result = await readWell(fetch, { pageSize: 1_000 });
		expect(result).toEqual({ records, shortfalls: [] });
	},
);

test.each<[string, number, number, number | undefined, number]>([
	['a short list whose size agrees', 99, 100, 99, 1],
	['a short list without a size', 99, 100, undefined, 2],
	['a long page that may have been cut, although its size agrees', 300, 1_000, 300, 2],
	['a short page behind a full one, if the size agrees', 1_300, 1_000, 1_300, 2],
])('%s takes only the requests that it needs', async (_, total, pageSize, size, requests) => {
	let asked = 0;
	const items = Array.from({ length: total }, (_entry, id) => ({ id }));
	const { records, shortfalls } = await readWell(
		async (start, limit) => {
			asked++;
			return { items: items.slice(start, start + limit), limit, size };
		},
		{ pageSize },
	);
	expect([records.length, shortfalls, asked]).toEqual([total, [], requests]);
});

test('an honest server is asked for each page once, and for the last of many once more, and gets no hint', async () => {
	for (const total of [0, 1, 99, 100, 101, 250, 300, 2_500]) {
		const { fetch, requests } = serve({ total, size: 'right' });
		const { records, shortfalls } = await readWell(fetch);
		expect(records).toHaveLength(total);
		expect(shortfalls).toEqual([]);
		const starts = requests.map(({ start }) => start).sort((left, right) => left - right);
		const pages = Array.from({ length: Math.floor(total / 100) + 1 }, (_, page) => page * 100);
		const proof = total > 500 ? [(Math.ceil(total / 100) - 1) * 100] : [];
		expect(starts).toEqual([...pages, ...proof].sort((left, right) => left - right));
	}
});

test.each<[string, unknown[], number]>([
	['nulls', Array.from({ length: 100 }, () => null), 150],
	['nothing', [], 150],
])('a page of %s in the middle does not end a list', async (_, hole, found) => {
	const { fetch } = serve({ total: 250, size: 'right' });
	const holed = async (start: number, limit: number) => {
		const page = (await fetch(start, limit)) as { items: unknown[] };
		return start === 100 ? { ...page, items: hole } : page;
	};
	const { records, shortfalls } = await readWell(holed);
	expect(records).toHaveLength(found);
	expect(shortfalls).toMatchObject([{ found, announced: 250 }]);
});

test('a server that gives everything at once, whatever is asked, gives a whole list', async () => {
	const items = Array.from({ length: 250 }, (_, id) => ({ id }));
	for (const body of [items, { items, size: 250 }]) {
		const { records, shortfalls } = await readWell(async () => body);
		expect(records).toHaveLength(250);
		expect(shortfalls).toEqual([]);
	}
});

test.each<[string, (index: number) => object]>([
	['numbers that JSON has rounded', (index) => ({ id: 2 ** 54 + index })],
	['zeros', (index) => ({ id: '00000000-0000-0000-0000-000000000000', name: index })],
	['null', (index) => ({ id: null, name: index })],
	['nowhere', (index) => ({ name: index })],
])('records whose ID is %s are all kept', async (_, record) => {
	const items = Array.from({ length: 500 }, (_entry, index) => record(index));
	const { records, shortfalls } = await readWell(async (start, limit) => ({
		items: items.slice(start, start + limit),
		...{ start, limit, size: 500 },
	}));
	expect(records).toHaveLength(500);
	expect(shortfalls).toEqual([]);
});

test('records that nothing tells apart are all kept, with a word on pages that are alike', async () => {
	const items = Array.from({ length: 500 }, () => ({ name: 'same' }));
	const { records, shortfalls } = await readWell(async (start, limit) => ({
		items: items.slice(start, start + limit),
		limit,
	}));
	expect(records).toHaveLength(500);
	expect(shortfalls).toMatchObject([{ isRepeated: true }]);
});

test('a list that loses a record while it is read says that one may be missing', async () => {
	let records = Array.from({ length: 300 }, (_, id) => ({ id }));
	const { shortfalls } = await readWell(
		async (start, limit) => {
			const page = { items: records.slice(start, start + limit), limit, size: records.length };
			if (start === 0) records = records.slice(1);
			return page;
		},
		{ readAhead: () => 0 },
	);
	expect(shortfalls).toMatchObject([{ announced: 300, found: 299 }]);
});

test('pages are read ahead a little until the last one proves the total, then as deep as allowed', async () => {
	let open = 0;
	const most: number[] = [];
	const { fetch } = serve({ total: 3_000, size: 'right' });
	await read(
		async (start, limit) => {
			most.push(++open);
			await Promise.resolve();
			open--;
			return await fetch(start, limit);
		},
		{ readAhead: () => 16 },
	);
	expect(Math.max(...most.slice(0, 5))).toBeLessThanOrEqual(4);
	expect(Math.max(...most)).toBeGreaterThan(10);
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
	const ids = (await read(growing, { readAhead: () => 0 })).map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toHaveLength(300);
});

test('records that share an ID on one page are all kept, and count as announced', async () => {
	const items = [{ id: 1, room: 'a' }, { id: 1, room: 'b' }, { id: 2 }];
	const { records, shortfalls } = await readWell(async (start, limit) => ({
		items: items.slice(start, start + limit),
		...{ limit, size: items.length },
	}));
	expect([records, shortfalls]).toEqual([items, []]);
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
