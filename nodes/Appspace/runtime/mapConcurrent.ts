import { sleep } from 'n8n-workflow';

/** So many begin together; the next of them after the shortest of waits, a millisecond. */
const BEGIN_TOGETHER = 2;

/**
 * Runs `work` for 0 to `count - 1`, at most `width()` at the same time.
 *
 * They begin a few at a time, with a look at the network in between. Otherwise answers that come together
 * would all be worked through before a request goes out again, and nothing would be under way meanwhile.
 * Who comes alone does not wait.
 *
 * @param width asked for again whenever one ends; at least 1
 * @returns the results in order, whatever the order in which they came
 * @throws what the first of the pieces threw that did; nothing more is begun then, and what was begun
 * is waited for
 */
export async function mapConcurrent<T>(
	count: number,
	width: () => number,
	work: (index: number) => Promise<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const thrown: Array<{ index: number; error: unknown }> = [];
	const workers: Array<Promise<void>> = [];
	let next = 0;
	let running = 0;
	let turn: Promise<void> = Promise.resolve();
	const worker = async () => {
		while (next < count && running <= width()) {
			const index = next++;
			if (width() > 1) {
				const mine = turn;
				if (index % BEGIN_TOGETHER === 0) turn = mine.then(async () => await sleep(0));
				await mine;
			}
			if (thrown.length > 0) break;
			try {
				results[index] = await work(index);
			} catch (error) {
				thrown.push({ index, error });
			}
			addWorkers();
		}
		running--;
	};
	const addWorkers = () => {
		while (running < width() && next < count && thrown.length === 0) {
			running++;
			workers.push(worker());
		}
	};
	addWorkers();
	for (const ended of workers) await ended;
	const [first] = thrown.sort((left, right) => left.index - right.index);
	if (first) throw first.error;
	return results;
}
