import { Turns } from './turns';

/** Results that all items of a run share. */
export class RunMemory {
	private readonly turns = new Turns();
	private readonly known = new Map<string, unknown>();

	/** The result of `work`, computed once per key. If it throws, the next item tries again. */
	async recall<T>(
		key: string,
		signal: AbortSignal | undefined,
		work: () => Promise<T>,
	): Promise<T> {
		return await this.turns.take([key], signal, async () => {
			if (!this.known.has(key)) this.known.set(key, await work());
			return this.known.get(key) as T;
		});
	}
}
