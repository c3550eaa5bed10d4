import { readWell } from '../support/readList.mts';

test.each([250, 150, 101])('a server that ignores start is refused, size %d', async (size) => {
	const page = { items: Array.from({ length: 100 }, (_, id) => ({ id })), limit: 100, size };
	const { error } = await readWell(async () => page);
	expect(error?.failure.message).toMatch(/returned 100 records of \d+ and then repeated them/);
});

test('where nothing more is announced, repeated pages end a list with a word', async () => {
	const page = { items: Array.from({ length: 100 }, (_, id) => ({ id })), limit: 100, size: 100 };
	let requests = 0;
	const { records, shortfalls } = await readWell(async () => (requests++, page));
	expect(records).toHaveLength(100);
	expect(shortfalls).toMatchObject([{ found: 100, isRepeated: true }]);
	expect(requests).toBe(2);
});

test.each([150, 200, 250])(
	'repeated pages of records without an ID get a word where a limit of %d ends the list',
	async (limit) => {
		const items = Array.from({ length: 100 }, (_, index) => ({ name: `record ${index}` }));
		const { records, shortfalls } = await readWell(
			async (_start, asked) => ({ items: items.slice(0, asked), limit: asked, size: 1_000 }),
			{ limit },
		);
		expect(records).toHaveLength(limit);
		// What the limit leaves out is not missing.
		expect(shortfalls).toMatchObject([{ announced: 0, isRepeated: true }]);
	},
);

test('pages of different records without an ID get no word where a limit ends the list', async () => {
	const { records, shortfalls } = await readWell(
		async (start, asked) => ({
			items: Array.from({ length: asked }, (_, index) => ({ name: start + index })),
			...{ limit: asked, size: 1_000 },
		}),
		{ limit: 250 },
	);
	expect([records.length, shortfalls]).toEqual([250, []]);
});

test('a short page without IDs that comes again is left out, with a word', async () => {
	const items = [{ name: 'a' }, { name: 'b' }];
	let requests = 0;
	const { records, shortfalls } = await readWell(async (_start, limit) => {
		requests++;
		return { items, limit };
	});
	expect([records, requests]).toEqual([items, 2]);
	expect(shortfalls).toMatchObject([{ isRepeated: true }]);
});

test('a server that ignores paging, and whose own page is longer than asked for, gets a hint', async () => {
	const records = Array.from({ length: 21 }, (_, id) => ({ id }));
	const fetch = async (start: number, limit: number) => {
		const items = start === 0 ? records : records.slice(0, limit);
		return { items, limit: items.length, size: items.length };
	};
	const { shortfalls } = await readWell(fetch, { pageSize: 20 });
	expect(shortfalls).toMatchObject([{ isRepeated: true }]);
});

test('stops on a server that goes round in a circle of pages', async () => {
	let requests = 0;
	const circle = async () => ({
		items: Array.from({ length: 10 }, (_, index) => ({ id: (requests % 3) * 10 + index })),
		limit: 10,
		requests: requests++,
	});
	const { records, shortfalls } = await readWell(circle, { pageSize: 10 });
	expect(records).toHaveLength(30);
	expect(shortfalls).toMatchObject([{ isRepeated: true }]);
});

test.each([
	['one page', [{ name: 'a' }]],
	['two pages in turns', [{ name: 'a' }, { name: 'b' }]],
	['a record and a blank in turns', [{ name: 'a' }, [null]]],
	['blanks', [[null]]],
	['one page with and without IDs', [[{ id: 'a' }, { name: 'b' }]]],
	['pages with and without IDs in turns', [[{ id: 'a' }, { name: 'b' }], [{ name: 'c' }]]],
])('stops on a server that gives %s over and over, without IDs', async (_, pages) => {
	let requests = 0;
	const { error } = await readWell(async () => [pages[requests++ % pages.length]].flat());
	expect(error?.failure.message).toMatch(/repeated them/);
	expect(requests).toBeLessThan(60);
});
