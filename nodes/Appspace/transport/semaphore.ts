/** Lets a fixed number of pieces of work run at once; the others wait in order of arrival. */
export class Semaphore {
	private running = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly width: number) {}

	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.running < this.width) this.running++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.running--;
		}
	}
}
