import { setTimeout as sleep } from 'node:timers/promises';

/** The longest that a tenant can make the check wait for, in milliseconds. */
const LONGEST_HOLD = 60_000;
/** What a tenant is given that asks for fewer requests and does not say for how long. */
const USUAL_HOLD = 5_000;
const LONGEST_GAP = 10_000;
const FIRST_GAP = 100;

/** Lets requests go one at a time, no faster than the given rate, and waits where the tenant asks for it. */
export class Pace {
	private last: Promise<unknown> = Promise.resolve();
	private next = 0;
	private gap: number;

	/** @param perSecond how many requests may start in a second; Infinity for no limit */
	constructor(perSecond: number) {
		this.gap = 1000 / perSecond;
	}

	/** Milliseconds from the start of one request to that of the next, at least. */
	get interval(): number {
		return this.gap;
	}

	/** Does the work when its turn has come, after all that was asked for before. */
	async turn<T>(work: () => Promise<T>): Promise<T> {
		const mine = this.last.then(async () => {
			const wait = this.next - Date.now();
			if (wait > 0) await sleep(wait);
			this.next = Date.now() + this.gap;
			return await work();
		});
		this.last = mine.catch(() => undefined);
		return await mine;
	}

	/**
	 * The tenant asked for fewer requests: nothing goes before that time, and from then on half as many.
	 *
	 * @param retryAfter milliseconds, where it said so
	 */
	slowDown(retryAfter: number | undefined): void {
		const hold = Math.min(retryAfter ?? USUAL_HOLD, LONGEST_HOLD);
		this.next = Math.max(this.next, Date.now() + hold);
		this.gap = Math.min(Math.max(this.gap * 2, FIRST_GAP), LONGEST_GAP);
	}
}
