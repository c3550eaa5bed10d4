import fc from 'fast-check';
import { RequestFailed, type Failure } from '../../nodes/Appspace/transport/failure.ts';
import { Semaphore, withLimit, type Outcome } from '../../nodes/Appspace/transport/limiter.ts';
import type { Reply } from '../../nodes/Appspace/transport/reply.ts';

const REPLY: Reply = { statusCode: 200, headers: {}, body: undefined };

/** Runs work as if it were a request. */
const through =
	(semaphore: Semaphore, cancel?: AbortSignal) =>
	async <T,>(work: () => Promise<T>): Promise<T> => {
		const reply = await withLimit(semaphore, cancel)({ path: '' }, async () => ({
			...REPLY,
			body: await work(),
		}));
		return reply.body as T;
	};

test('lets as many through as it is wide, the others in order of arrival, failures included', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			fc.integer({ min: 1, max: 6 }),
			fc.array(fc.boolean(), { maxLength: 25 }),
			async (scheduler, width, fails) => {
				const run = through(new Semaphore(width));
				const begun: number[] = [];
				let running = 0;
				let most = 0;
				const all = Promise.allSettled(
					fails.map(
						async (isBad, index) =>
							await run(async () => {
								begun.push(index);
								most = Math.max(most, ++running);
								await scheduler.schedule(Promise.resolve());
								running--;
								if (isBad) throw new Error('bad');
								return index;
							}),
					),
				);
				const results = await scheduler.waitFor(all);
				expect(begun).toEqual(fails.map((_, index) => index));
				expect(most).toBe(Math.min(width, fails.length));
				expect(results.map(({ status }) => status === 'rejected')).toEqual(fails);
				// Nobody holds a place any more.
				expect(
					await Promise.all(Array.from({ length: width }, async () => await run(async () => 1))),
				).toEqual(Array.from({ length: width }, () => 1));
			},
		),
	);
});

test('work that throws at once frees its place', async () => {
	const run = through(new Semaphore(1));
	const broken = () => {
		throw new Error('at once');
	};
	await expect(run(broken)).rejects.toThrow('at once');
	expect(await run(async () => 'next')).toBe('next');
});

test('Stop ends the wait for a place, and no place is lost by it', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 3 }),
			fc.array(fc.constantFrom('end one', 'stop'), { minLength: 1, maxLength: 12 }),
			async (width, events) => {
				const semaphore = new Semaphore(width);
				const stop = new AbortController();
				const ends: Array<() => void> = [];
				const hold = async () => await new Promise<void>((resolve) => ends.push(resolve));
				// Those that run are not stopped here: only a wait is.
				const running = Array.from({ length: width }, () => through(semaphore)(hold));
				const waiting = Array.from({ length: 4 }, () =>
					through(semaphore, stop.signal)(async () => undefined),
				);
				const all = Promise.allSettled([...running, ...waiting]);
				await Promise.resolve();
				for (const event of events) {
					if (event === 'stop') stop.abort();
					else ends.shift()?.();
				}
				stop.abort();
				await Promise.allSettled(waiting);
				for (const end of ends) end();
				await all;
				const free = Array.from({ length: width }, () => through(semaphore)(async () => 1));
				expect(await Promise.all(free)).toEqual(free.map(() => 1));
			},
		),
	);
});

test('a limiter learns how each request ended, and after how long', async () => {
	const outcomes: Outcome[] = [];
	const limiter = { acquire: async () => (outcome: Outcome) => void outcomes.push(outcome) };
	const turnedAway: Failure = {
		...{ kind: 'status', status: 429, serverMessage: '', retryAfter: 2_000 },
	};
	const step = withLimit(limiter);
	await step({ path: '' }, async () => REPLY);
	const refused = step(
		{ path: '' },
		async () => await Promise.reject(new RequestFailed(turnedAway)),
	);
	await expect(refused).rejects.toThrow();
	const over = step({ path: '', isOver: () => true }, async () => REPLY);
	await expect(over).rejects.toThrow();
	const milliseconds = expect.any(Number);
	expect(outcomes).toEqual([
		{ milliseconds, status: 200 },
		{ milliseconds, failure: turnedAway },
		{ milliseconds, failure: expect.objectContaining({ code: 'ERR_CANCELED' }) },
	]);
});
