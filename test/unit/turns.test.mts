import fc from 'fast-check';
import { Turns } from '../../nodes/Appspace/runtime/turns.ts';

const NEVER = new Promise<never>(() => {});
const tick = async () => await new Promise(setImmediate);
const canceled = expect.objectContaining({
	failure: expect.objectContaining({ code: 'ERR_CANCELED' }),
});

/** Work that goes on until it is told to end. */
function held() {
	let end!: () => void;
	const over = new Promise<void>((resolve) => (end = resolve));
	return { work: async () => await over, end };
}

describe('turns', () => {
	it('are taken one after another, in order of arrival, failures included', async () => {
		const turns = new Turns();
		const log: string[] = [];
		const work = async (name: string, fails = false) =>
			await turns.take(['x'], undefined, async () => {
				log.push(`${name} begins`);
				await tick();
				log.push(`${name} ends`);
				if (fails) throw new Error(name);
				return name;
			});
		const results = await Promise.allSettled([work('a', true), work('b'), work('c')]);
		expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
		expect(log).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
	});

	it('on other keys are not held up', async () => {
		const turns = new Turns();
		const never = turns.take(['x'], undefined, async () => await NEVER);
		const other = turns.take(['y'], undefined, async () => 'done');
		expect(await Promise.race([never, other])).toBe('done');
	});

	it('on several keys never wait for each other in a circle, and never overlap', async () => {
		const keys = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 });
		const shuffled = keys.chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));
		await fc.assert(
			fc.asyncProperty(fc.array(shuffled, { maxLength: 12 }), async (all) => {
				const turns = new Turns();
				const inUse = new Set<string>();
				let done = 0;
				const works = all.map(async (some) => {
					await turns.take(some, undefined, async () => {
						for (const key of some) {
							expect(inUse.has(key)).toBe(false);
							inUse.add(key);
						}
						await tick();
						for (const key of some) inUse.delete(key);
						done++;
					});
				});
				// So many turns of the event loop are enough even if all wait for one another in a row.
				const enough = (async () => {
					for (let turn = 0; turn < 4 * all.length + 4; turn++) await tick();
				})();
				await Promise.race([Promise.all(works), enough]);
				expect(done).toBe(all.length);
				expect(turns.size).toBe(0);
			}),
			{ numRuns: 200 },
		);
	});

	it('forget a key once nobody is in line', async () => {
		const turns = new Turns();
		const first = held();
		const works = [
			turns.take(['x', 'y'], undefined, first.work),
			turns.take(['x'], undefined, tick),
		];
		expect(turns.size).toBeGreaterThan(0);
		first.end();
		await Promise.all(works);
		await tick();
		expect(turns.size).toBe(0);
	});
});

describe('Stop', () => {
	it('ends the wait at once, and those behind still wait for those before', async () => {
		const turns = new Turns();
		const first = held();
		const log: string[] = [];
		const stop = new AbortController();
		const holding = turns.take(['x'], undefined, first.work);
		const stopped = turns.take(['x'], stop.signal, async () => void log.push('stopped'));
		const behind = turns.take(['x'], undefined, async () => void log.push('behind'));
		stop.abort();
		await expect(stopped).rejects.toEqual(canceled);
		await tick();
		expect(log).toEqual([]);
		first.end();
		await Promise.all([holding, behind]);
		expect(log).toEqual(['behind']);
	});

	it('before the wait is noticed too', async () => {
		const turns = new Turns();
		const first = held();
		const holding = turns.take(['x'], undefined, first.work);
		const late = turns.take(['x'], AbortSignal.abort(), async () => 'done');
		await expect(late).rejects.toEqual(canceled);
		first.end();
		await holding;
	});

	it('is not listened to any more after the wait', async () => {
		const turns = new Turns();
		const { signal } = new AbortController();
		const added = jest.spyOn(signal, 'addEventListener');
		const removed = jest.spyOn(signal, 'removeEventListener');
		await Promise.all([1, 2, 3].map(async () => await turns.take(['x'], signal, tick)));
		expect(added).toHaveBeenCalledTimes(2);
		expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
			added.mock.calls.map(([, listener]) => listener),
		);
	});
});

it('refuses one more than may wait, and nobody who does not have to wait', async () => {
	const turns = new Turns(1);
	const first = held();
	const holding = turns.take(['x'], undefined, first.work);
	const waiting = turns.take(['x'], undefined, async () => 'waited');
	await expect(turns.take(['x'], undefined, tick)).rejects.toMatchObject({
		failure: { kind: 'input', message: expect.stringContaining('already waiting') },
	});
	expect(await turns.take(['y'], undefined, async () => 'free')).toBe('free');
	first.end();
	await holding;
	expect(await waiting).toBe('waited');
});
