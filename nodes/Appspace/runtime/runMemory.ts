import { Turns } from './turns';

/** What one run found out, for all its items. */
export class RunMemory {
	private readonly turns = new Turns();
	private readonly known = new Map<string, unknown>();

	/** What `work` finds out, worked out once; where it fails, the next item tries again. */
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
