/**
 * A seeded random source. The same seed gives the same tenant, IDs included. Named forks keep one kind of
 * data stable when another kind draws more.
 */
export class Random {
	private state: number;

	constructor(readonly seed: number) {
		this.state = seed >>> 0;
	}

	/** An independent source for one kind of data, always the same for the same seed and name. */
	fork(name: string): Random {
		let hash = this.seed ^ 0x9e3779b9;
		for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
		return new Random(hash);
	}

	/** A number from 0 up to but not including 1 (mulberry32). */
	next(): number {
		return this.word() / 0x1_0000_0000;
	}

	/** An integer, both ends included. */
	int(min: number, max: number): number {
		return min + Math.floor(this.next() * (max - min + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(list: readonly T[]): T {
		if (list.length === 0) throw new RangeError('There is nothing to pick from.');
		return list[Math.floor(this.next() * list.length)] as T;
	}

	/** Up to `count` different entries, in list order. */
	sample<T>(list: readonly T[], count: number): T[] {
		const chosen = new Set<number>();
		const wanted = Math.min(count, list.length);
		while (chosen.size < wanted) chosen.add(this.int(0, list.length - 1));
		return [...chosen].sort((a, b) => a - b).map((index) => list[index] as T);
	}

	/** A lowercase GUID (appspace-api.md 3.2). */
	guid(): string {
		const hex = [this.word(), this.word(), this.word(), this.word()]
			.map((word) => word.toString(16).padStart(8, '0'))
			.join('');
		const variant = '89ab'[this.word() & 3];
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
	}

	private word(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	}
}
