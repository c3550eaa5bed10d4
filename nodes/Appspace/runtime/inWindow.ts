import { sleep } from 'n8n-workflow';

/**
 * Runs `work` for 0 to `count - 1`, at most `width` at the same time.
 *
 * They begin one by one, with a look at the network in between. Otherwise answers that come together
 * would all be worked through before a request goes out again, and nothing would be under way meanwhile.
 *
 * @returns the results in order, whatever the order in which they came
 * @throws what the first of the pieces threw that did; nothing more is begun then, and what was begun
 * is waited for
 */
export async function inWindow<T>(
	count: number,
	width: number,
	work: (index: number) => Promise<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const thrown: Array<{ index: number; error: unknown }> = [];
	let next = 0;
	let turn: Promise<void> = Promise.resolve();
	const worker = async () => {
		while (next < count) {
			const index = next++;
			if (index > 0 && width > 1) await (turn = turn.then(async () => await sleep(0)));
			if (thrown.length > 0) return;
			try {
				results[index] = await work(index);
			} catch (error) {
				thrown.push({ index, error });
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
	const [first] = thrown.sort((left, right) => left.index - right.index);
	if (first) throw first.error;
	return results;
}
