import fc from 'fast-check';

/** The ways in which a server may page. */
export interface PagingQuirks {
	total: number;
	/** The maximum number of entries on a page, whatever the request asks for. */
	cap: number | undefined;
	size: 'right' | 'ofPage' | 'tooLarge' | 'tooSmall' | 'text' | 'missing';
	/** `asked` echoes the requested limit although the cap is lower. */
	echo: 'used' | 'asked' | 'missing';
	bare: boolean;
	/** Returns the first page forever. */
	ignoresStart: boolean;
	/** The page with this offset is empty, or consists of nulls. */
	hole: { at: number; kind: 'empty' | 'nulls' } | undefined;
	ids: 'text' | 'number' | 'unsafe' | 'none' | 'equal';
}

export interface PagingServer {
	answer(start: number, limit: number): unknown;
	/** The same for a page by number, with the page length that the server really uses. */
	numbered(page: number, limit: number): unknown;
	/** The records that the server has and can show. */
	records: object[];
}

/** A server that pages according to its quirks. */
export function pagingServer(quirks: PagingQuirks): PagingServer {
	const { total, cap = Infinity, size, echo, bare, ignoresStart, hole } = quirks;
	const records = Array.from({ length: total }, (_, index) => recordOf(quirks.ids, index));
	const server: PagingServer = {
		records,
		numbered: (page, limit) => server.answer(page * Math.min(limit, cap), limit),
		answer: (start, limit) => {
			const used = Math.min(limit, cap);
			const from = ignoresStart ? 0 : start;
			const isHole = hole !== undefined && from <= hole.at && hole.at < from + used;
			const page = records.slice(from, from + used);
			const items = !isHole ? page : hole.kind === 'empty' ? [] : page.map(() => null);
			if (bare) return items;
			const sizes = {
				...{ right: total, ofPage: items.length, tooLarge: total * 2 + 5 },
				...{ tooSmall: Math.floor(total / 3), text: String(total), missing: undefined },
			};
			return {
				...{ items, start: from, size: sizes[size] },
				limit: { used, asked: limit, missing: undefined }[echo],
			};
		},
	};
	return server;
}

/** Whether the received records include every record of `wanted`, as many times as it occurs there. */
export function holdsAll(got: object[], wanted: object[]): boolean {
	const counts = new Map<string, number>();
	const count = (record: object, by: number) => {
		const text = JSON.stringify(record);
		counts.set(text, (counts.get(text) ?? 0) + by);
	};
	for (const record of got) count(record, 1);
	for (const record of wanted) count(record, -1);
	return [...counts.values()].every((left) => left >= 0);
}

function recordOf(ids: PagingQuirks['ids'], index: number): object {
	switch (ids) {
		case 'text':
			return { id: `id ${index}` };
		case 'number':
			return { id: index };
		case 'unsafe':
			return { id: 2 ** 55 + index };
		case 'none':
			return { name: `record ${index}` };
		case 'equal':
			return { name: 'equal' };
	}
}

/**
 * Any server, except those whose lists look complete from outside: an empty page if nothing
 * announces more, and a limit and a total that both confirm a truncated page.
 */
export const anyServer: fc.Arbitrary<PagingQuirks> = fc
	.record<PagingQuirks>({
		total: fc.nat(400),
		cap: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
		size: fc.constantFrom('right', 'ofPage', 'tooLarge', 'tooSmall', 'text', 'missing'),
		echo: fc.constantFrom('used', 'asked', 'missing'),
		bare: fc.boolean(),
		ignoresStart: fc.boolean(),
		hole: fc.option(
			fc.record({
				at: fc.nat(400),
				kind: fc.constantFrom<'empty' | 'nulls'>('empty', 'nulls'),
			}),
			{ nil: undefined },
		),
		ids: fc.constantFrom('text', 'number', 'unsafe', 'none', 'equal'),
	})
	.filter(({ hole, size, bare, echo, cap }) => {
		const announces = !bare && ['right', 'text', 'tooLarge'].includes(size);
		const isHidden = hole?.kind === 'empty' && !announces;
		const isCutUnseen = !bare && echo === 'asked' && cap !== undefined && !announces;
		return !isHidden && !isCutUnseen;
	});
