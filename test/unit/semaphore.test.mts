import fc from 'fast-check';
import { Semaphore } from '../../nodes/Appspace/transport/semaphore.ts';

test('lets as many through as it is wide, the others in order of arrival, failures included', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.scheduler(),
			fc.integer({ min: 1, max: 6 }),
			fc.array(fc.boolean(), { maxLength: 25 }),
			async (scheduler, width, fails) => {
				const semaphore = new Semaphore(width);
				const begun: number[] = [];
				let running = 0;
				let most = 0;
				const all = Promise.allSettled(
					fails.map(
						async (isBad, index) =>
							await semaphore.run(async () => {
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
					await Promise.all(Array.from({ length: width }, () => semaphore.run(async () => 1))),
				).toEqual(Array.from({ length: width }, () => 1));
			},
		),
	);
});

test('work that throws at once frees its place', async () => {
	const semaphore = new Semaphore(1);
	const broken = () => {
		throw new Error('at once');
	};
	await expect(semaphore.run(broken)).rejects.toThrow('at once');
	expect(await semaphore.run(async () => 'next')).toBe('next');
});
