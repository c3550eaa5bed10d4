import { sleep } from 'n8n-workflow';

/** How long work may run before it noticeably delays others, in milliseconds. */
const MAX_STRETCH = 20;

/** Interrupts long work so that other executions can run: all of them share one thread. */
export class Breaks {
	private since = performance.now();

	/** Call after a wait, during which other work could run. */
	restart(): void {
		this.since = performance.now();
	}

	get isDue(): boolean {
		return performance.now() - this.since > MAX_STRETCH;
	}

	async take(): Promise<void> {
		await sleep(0);
		this.restart();
	}
}

/** Applies `work` to each entry, in order, with occasional breaks. */
export async function mapWithBreaks<T, R>(list: T[], work: (entry: T) => R): Promise<R[]> {
	const breaks = new Breaks();
	const results: R[] = [];
	for (const entry of list) {
		if (breaks.isDue) await breaks.take();
		results.push(work(entry));
	}
	return results;
}
