import { Sweep } from '../../nodes/AppspaceTrigger/sweep.ts';

const records = (ids: string) => [...ids].map((id) => ({ id }));

/** Reads a list of seven records in pages of six; `second` is the end of the list as the second page shows it. */
async function sweepOver(second: string): Promise<Sweep> {
	const sweep = new Sweep([{ path: 'users', query: {} }], (_, id) => id, true);
	await sweep.read({
		fetch: () => async (start) =>
			start === 0
				? { items: records('abcdef'), start, limit: 6, size: 7 }
				: { items: records(second), start, limit: 6, size: start + second.length },
		readAhead: () => 1,
		isTimeUp: () => false,
		take: () => true,
	});
	return sweep;
}

test.each([
	['the record before it, and a new one', 'fg', 7, true],
	['another record before the new one', 'gh', 7, false],
	['only another record, because one before it is gone', 'g', 6, false],
])('the last page shows %s', async (_name, second, seen, isStable) => {
	const sweep = await sweepOver(second);
	expect([sweep.seen.size, sweep.isStable]).toEqual([seen, isStable]);
});
