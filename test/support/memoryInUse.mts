import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Watches how much memory is in use, buffers included. Garbage counts up to the limit only, because when V8
 * collects it depends on what the process ran before: above the limit it is collected first.
 * @param limit above the start, in bytes
 * @returns a function that ends it and returns the most that was in use above the start, in bytes
 */
export function watchMemory(limit: number): () => number {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const inUse = (): number => {
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	};
	collectGarbage();
	const before = inUse();
	let most = 0;
	const look = (): void => {
		if (inUse() - before > limit) collectGarbage();
		most = Math.max(most, inUse() - before);
		// More of it would tell nothing new, and each collection takes longer.
		if (most > limit) clearInterval(looking);
	};
	const looking = setInterval(look, 20);
	return () => {
		clearInterval(looking);
		look();
		return most;
	};
}
