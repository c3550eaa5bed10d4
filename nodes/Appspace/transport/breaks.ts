import { sleep } from 'n8n-workflow';

/** Work that goes on for this long keeps nobody waiting noticeably, in milliseconds. */
const LONGEST_STRETCH = 20;

/** Lets others have their turn in work that may be long: one thread runs all executions of a process. */
export class Breaks {
	private since = Date.now();

	/** After a wait, in which others had their turn. */
	restart(): void {
		this.since = Date.now();
	}

	get isDue(): boolean {
		return Date.now() - this.since > LONGEST_STRETCH;
	}

	async take(): Promise<void> {
		await sleep(0);
		this.restart();
	}
}

/** What `work` makes of each entry, in order, with a break now and then. */
export async function mapWithBreaks<T, R>(list: T[], work: (entry: T) => R): Promise<R[]> {
	const breaks = new Breaks();
	const results: R[] = [];
	for (const entry of list) {
		if (breaks.isDue) await breaks.take();
		results.push(work(entry));
	}
	return results;
}
