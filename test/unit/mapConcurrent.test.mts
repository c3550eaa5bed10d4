import fc from 'fast-check';
import { mapConcurrent } from '../../nodes/Appspace/runtime/mapConcurrent.ts';

test('results are in order, each piece runs once, and never more than the window at a time', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			fc.nat(20),
			fc.integer({ min: 1, max: 8 }),
			async (scheduler, count, width) => {
				let running = 0;
				let most = 0;
				const begun: number[] = [];
				let open = () => {};
				const isFull = new Promise<void>((resolve) => (open = resolve));
				const all = mapConcurrent(
					count,
					() => width,
					async (index) => {
						begun.push(index);
						most = Math.max(most, ++running);
						// Nothing ends before as many run as may: a narrower window would never end.
						if (running === Math.min(width, count)) open();
						await isFull;
						await scheduler.schedule(Promise.resolve());
						running--;
						return index * 2;
					},
				);
				await scheduler.waitFor(all);
				expect(await all).toEqual(Array.from({ length: count }, (_, index) => index * 2));
				expect(begun).toEqual(begun.map((_, index) => index));
				expect(most).toBeLessThanOrEqual(width);
			},
		),
	);
});

test('the window is filled: as many pieces as it holds are at work together', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 20 }),
			fc.integer({ min: 1, max: 8 }),
			async (count, width) => {
				let begun = 0;
				let open = () => {};
				const isFull = new Promise<void>((resolve) => (open = resolve));
				const all = mapConcurrent(
					count,
					() => width,
					async () => {
						if (++begun === Math.min(width, count)) open();
						// Nobody goes on alone: a window that is not filled never comes to its end.
						await isFull;
					},
				);
				expect(await all).toHaveLength(count);
			},
		),
	);
});

test('the first piece that fails is the one told of; what was begun is waited for, nothing more begins', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			fc.integer({ min: 1, max: 15 }),
			fc.integer({ min: 1, max: 6 }),
			fc.uniqueArray(fc.nat(14), { minLength: 1 }),
			async (scheduler, count, width, bad) => {
				const begun = new Set<number>();
				const ended = new Set<number>();
				const failed: number[] = [];
				let begunAtFailure = Infinity;
				const all = mapConcurrent(
					count,
					() => width,
					async (index) => {
						begun.add(index);
						await scheduler.schedule(Promise.resolve());
						ended.add(index);
						if (!bad.includes(index)) return;
						failed.push(index);
						begunAtFailure = Math.min(begunAtFailure, begun.size);
						throw index;
					},
				);
				const outcome = await scheduler.waitFor(
					all.then(
						() => 'fine',
						(error: number) => error,
					),
				);
				expect(ended).toEqual(begun);
				expect(outcome).toBe(failed.length === 0 ? 'fine' : Math.min(...failed));
				// The pieces that had begun when the first one failed may fail too; no others.
				if (failed.length > 0) expect(begun.size).toBeLessThanOrEqual(begunAtFailure + width - 1);
			},
		),
	);
});

test('a failure that is undefined is a failure too', async () => {
	await expect(
		mapConcurrent(
			1,
			() => 1,
			async () => await Promise.reject(undefined),
		),
	).rejects.toBeUndefined();
});

test('nothing to do is done', async () => {
	expect(
		await mapConcurrent(
			0,
			() => 8,
			async () => 'x',
		),
	).toEqual([]);
});

test('pieces that could begin at once begin two at a time; one that comes alone does not wait', async () => {
	const waits: Array<() => void> = [];
	const timer = jest
		.spyOn(globalThis, 'setTimeout')
		.mockImplementation(((work: () => void) => waits.push(work)) as never);
	const settled = async () => {
		for (let turn = 0; turn < 50; turn++) await Promise.resolve();
	};
	const passTime = async () => {
		waits.shift()?.();
		await settled();
	};
	try {
		const ends: Array<() => void> = [];
		const all = mapConcurrent(
			6,
			() => 5,
			async () => await new Promise<void>((end) => ends.push(end)),
		);
		await settled();
		const begun = [ends.length];
		for (let turn = 0; turn < 3; turn++) {
			await passTime();
			begun.push(ends.length);
		}
		expect(begun).toEqual([1, 3, 5, 5]);
		ends[0]?.();
		await settled();
		expect(ends).toHaveLength(6);
		for (const end of ends) end();
		await all;
	} finally {
		timer.mockRestore();
	}
});

test('a failure is certain when no earlier piece is in progress', async () => {
	const ends: Array<(error?: Error) => void> = [];
	const onFailure = jest.fn();
	const work = async () =>
		await new Promise<void>((resolve, reject) => {
			ends.push((error) => (error ? reject(error) : resolve()));
		});
	const all = mapConcurrent(3, () => 3, work, onFailure);
	while (ends.length < 3) await new Promise((resolve) => setImmediate(resolve));
	const settle = async (index: number, error?: Error) => {
		ends[index]?.(error);
		await new Promise((resolve) => setImmediate(resolve));
		return onFailure.mock.calls.length;
	};
	expect(await settle(1, new Error('the second'))).toBe(0);
	expect(await settle(0)).toBe(1);
	ends[2]?.(new Error('the third'));
	await expect(all).rejects.toThrow('the second');
});
