import { Pace } from '../../conformance/pace.mts';

/** Starts of some pieces of work, and how many were under way at most. */
async function play(pace: Pace, count: number) {
	const starts: number[] = [];
	let [running, most] = [0, 0];
	const work = async () => {
		starts.push(Date.now());
		most = Math.max(most, ++running);
		await new Promise((resolve) => setImmediate(resolve));
		running -= 1;
	};
	await Promise.all(Array.from({ length: count }, () => pace.turn(work)));
	return { starts, most };
}

it('lets one request go at a time', async () => {
	expect(await play(new Pace(Infinity), 20)).toMatchObject({ most: 1 });
});

it('keeps the interval between the starts', async () => {
	const { starts } = await play(new Pace(20), 4);
	const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
	// A timer may fire a millisecond early.
	expect(Math.min(...gaps)).toBeGreaterThanOrEqual(48);
});

it('goes on after a request that failed', async () => {
	const pace = new Pace(Infinity);
	await expect(pace.turn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
	expect(await pace.turn(() => Promise.resolve('yes'))).toBe('yes');
});

it('waits for as long as the tenant asks, and is slower from then on', async () => {
	const pace = new Pace(Infinity);
	const asked = Date.now();
	pace.slowDown(300);
	const { starts } = await play(pace, 1);
	expect((starts[0] ?? 0) - asked).toBeGreaterThanOrEqual(298);
	expect(pace.interval).toBe(100);
	for (let again = 0; again < 20; again += 1) pace.slowDown(0);
	expect(pace.interval).toBe(10_000);
});
