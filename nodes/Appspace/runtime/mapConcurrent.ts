import { sleep } from 'n8n-workflow';

/** How many start together. The next ones start after the shortest possible wait, a millisecond. */
const BEGIN_TOGETHER = 2;

/**
 * Runs `work` for 0 to `count - 1`, at most `width()` at the same time.
 *
 * Items start a few at a time, so that network events are handled in between. Otherwise, replies that
 * arrive together would all be processed before the next request is sent, and nothing would be in progress
 * meanwhile. A single item starts immediately.
 *
 * @param width called again whenever an item ends; at least 1
 * @param onFailure called when the error to throw is certain, while later items may be in progress
 * @returns the results in order of the items
 * @throws the error of the first item that failed; no more items start then, and those in progress are
 * awaited
 */
export async function mapConcurrent<T>(
	count: number,
	width: () => number,
	work: (index: number) => Promise<T>,
	onFailure?: () => void,
): Promise<T[]> {
	const results = new Array<T>(count);
	const thrown: Array<{ index: number; error: unknown }> = [];
	const inProgress = new Set<number>();
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
			inProgress.add(index);
			try {
				results[index] = await work(index);
			} catch (error) {
				thrown.push({ index, error });
			}
			inProgress.delete(index);
			const first = Math.min(...thrown.map((one) => one.index));
			if (thrown.length > 0 && first < Math.min(...inProgress)) onFailure?.();
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
