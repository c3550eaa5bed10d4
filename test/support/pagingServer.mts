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
 * Whether the first page alone looks like a whole list: its own length is the total that it announces, and
 * no limit shows that the server cut it. Only a page of 100 or more makes a reader ask again.
 */
export function isCutUnseen({ total, cap = Infinity, size, echo, bare }: PagingQuirks): boolean {
	const isTotal = size === 'ofPage' || (size === 'tooSmall' && Math.floor(total / 3) === cap);
	return !bare && echo === 'asked' && cap < Math.min(100, total) && isTotal;
}

/** Any server, except those whose lists look complete from outside. */
export const anyServer: fc.Arbitrary<PagingQuirks> = fc
	.record<PagingQuirks>({
		total: fc.nat(400),
		cap: fc.option(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 100, max: 150 })), {
			nil: undefined,
		}),
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
	.filter((quirks) => {
		const { hole, size, bare } = quirks;
		const announces = !bare && ['right', 'text', 'tooLarge'].includes(size);
		// An empty page ends a list if nothing announces more.
		const isHidden = hole?.kind === 'empty' && !announces;
		return !isHidden && !isCutUnseen(quirks);
	});
