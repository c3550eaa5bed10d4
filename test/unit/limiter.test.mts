import fc from 'fast-check';
import { RequestFailed, type Failure } from '../../nodes/Appspace/transport/failure.ts';
import {
	AdaptiveLimiter,
	withLimit,
	type Release,
} from '../../nodes/Appspace/transport/limiter.ts';
import type { Reply } from '../../nodes/Appspace/transport/reply.ts';

const REPLY: Reply = { statusCode: 200, headers: {}, body: undefined };

/** Runs work as if it were a request. */
const through =
	(limiter: AdaptiveLimiter, cancel?: AbortSignal) =>
	async <T,>(work: () => Promise<T>): Promise<T> => {
		const reply = await withLimit(limiter, cancel)({ path: '' }, async () => ({
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
				const run = through(new AdaptiveLimiter(width));
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
	const run = through(new AdaptiveLimiter(1));
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
				const limiter = new AdaptiveLimiter(width);
				const stop = new AbortController();
				const ends: Array<() => void> = [];
				const hold = async () => await new Promise<void>((resolve) => ends.push(resolve));
				// Those that run are not stopped here: only a wait is.
				const running = Array.from({ length: width }, () => through(limiter)(hold));
				const waiting = Array.from({ length: 4 }, () =>
					through(limiter, stop.signal)(async () => undefined),
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
				const free = Array.from({ length: width }, () => through(limiter)(async () => 1));
				expect(await Promise.all(free)).toEqual(free.map(() => 1));
			},
		),
	);
});

const status = (code: number, retryAfter?: number): Failure => ({
	...{ kind: 'status', status: code, serverMessage: '', retryAfter },
});
const network = (code: string): Failure => ({ kind: 'network', code, sent: true });

test.each<[Failure, ...Parameters<Release>]>([
	[status(429), 'refused', 0],
	[status(503), 'refused', 0],
	[status(504), 'broken', 0],
	[network('ETIMEDOUT'), 'broken', 0],
	[network('ECONNRESET'), 'broken', 0],
	[network('ECONNREFUSED'), 'void', 0],
	[status(404), 'answered', 0],
	[status(500), 'void', 0],
	[status(401), 'void', 0],
	[{ kind: 'access', message: '', temporary: false }, 'void', 0],
	// More patience than any request has is for the user to decide about.
	[status(429, 31_000), 'refused', 0],
])('the limiter learns of %j that it was %s', async (failure, ...ended) => {
	const release = jest.fn();
	const limiter = { width: 1, answered: 0, acquire: async () => release };
	const sent = withLimit(limiter)(
		{ path: '' },
		async () => await Promise.reject(new RequestFailed(failure)),
	);
	await expect(sent).rejects.toThrow();
	expect(release.mock.calls).toEqual([ended]);
});

test.each<[Failure, others: number, isPaced: boolean]>([
	[status(429), 1, true],
	[status(429, 30_000), 1, true],
	[status(429), 0, false],
	[status(429, 31_000), 1, false],
	[status(503), 1, false],
])('after %j and %i answers to others, the limiter sets the pace: %s', async (...given) => {
	const [failure, others, isPaced] = given;
	const limiter = { width: 1, answered: 0, acquire: async () => () => undefined };
	const sent = withLimit(limiter)({ path: '' }, async () => {
		limiter.answered += others;
		return await Promise.reject(new RequestFailed(failure));
	});
	const error = (await sent.catch((thrown: unknown) => thrown)) as RequestFailed;
	expect(error.failure).toEqual(isPaced ? { ...failure, isPaced } : failure);
});

test('the limiter learns of answers, of files apart, and of what was not sent', async () => {
	const outcomes: string[] = [];
	const release = (outcome: string) => void outcomes.push(outcome);
	const step = withLimit({ width: 1, answered: 0, acquire: async () => release });
	await step({ path: '' }, async () => REPLY);
	await step({ path: '', reading: { limit: 1, read: async () => '' } }, async () => REPLY);
	await expect(step({ path: '', isOver: () => true }, async () => REPLY)).rejects.toThrow();
	expect(outcomes).toEqual(['answered', 'untimed', 'void']);
});

test('a hold is as long as asked for and up to a tenth longer, for the whole run', async () => {
	const limiter = new AdaptiveLimiter();
	const step = withLimit(limiter);
	const began = performance.now();
	const turnedAway = step(
		{ path: '' },
		async () => await Promise.reject(new RequestFailed(status(429, 300))),
	);
	await expect(turnedAway).rejects.toThrow();
	const startedAt = await through(limiter)(async () => performance.now() - began);
	expect(startedAt).toBeGreaterThanOrEqual(300);
});

test('retries go before requests that were not sent yet, the oldest request first', async () => {
	const limiter = new AdaptiveLimiter(1);
	const first = await limiter.acquire();
	const order: string[] = [];
	const ask = async (name: string, firstAttemptAt?: number) => {
		const release = await limiter.acquire(undefined, firstAttemptAt);
		order.push(name);
		release('answered');
	};
	const all = [
		...[ask('new 1'), ask('retry since 7', 7), ask('new 2')],
		...[ask('retry since 9', 9), ask('retry since 5', 5), ask('another since 7', 7)],
	];
	first('answered');
	await Promise.all(all);
	expect(order).toEqual([
		...['retry since 5', 'retry since 7', 'another since 7', 'retry since 9'],
		...['new 1', 'new 2'],
	]);
});

test('a wait for the end of a hold ends with Stop, and calls its alarm off', async () => {
	const limiter = new AdaptiveLimiter();
	const removed = jest.spyOn(EventTarget.prototype, 'removeEventListener');
	const added = jest.spyOn(AbortSignal, 'timeout');
	try {
		(await limiter.acquire())('refused', 20_000);
		const stop = new AbortController();
		const waiting = [limiter.acquire(stop.signal), limiter.acquire(stop.signal, 1)];
		expect(added).toHaveBeenCalledTimes(1);
		const alarm: unknown = added.mock.results[0]?.value;
		stop.abort();
		expect((await Promise.allSettled(waiting)).map(({ status: how }) => how)).toEqual([
			'rejected',
			'rejected',
		]);
		expect(removed.mock.contexts).toContain(alarm);
	} finally {
		removed.mockRestore();
		added.mockRestore();
	}
});
