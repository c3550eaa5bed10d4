import { setTimeout as sleep } from 'node:timers/promises';

/** The longest that a tenant can make the check wait, in milliseconds. */
const LONGEST_HOLD = 60_000;
/** The pause if a tenant asks for fewer requests but does not say for how long. */
const USUAL_HOLD = 5_000;
const LONGEST_GAP = 10_000;
const FIRST_GAP = 100;

/** Sends one request at a time, no faster than the given rate, and pauses when the tenant asks for it. */
export class Pace {
	private last: Promise<unknown> = Promise.resolve();
	private next = 0;
	private gap: number;

	/** @param perSecond the maximum number of requests per second; Infinity for no limit */
	constructor(perSecond: number) {
		this.gap = 1000 / perSecond;
	}

	/** The minimum number of milliseconds between the starts of two requests. */
	get interval(): number {
		return this.gap;
	}

	/** Does the work when its turn comes, after all earlier requests. */
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
	 * The tenant asked for fewer requests: sends nothing for that time, and halves the rate afterwards.
	 * @param retryAfter milliseconds, if the tenant named a time
	 */
	slowDown(retryAfter: number | undefined): void {
		const hold = Math.min(retryAfter ?? USUAL_HOLD, LONGEST_HOLD);
		this.next = Math.max(this.next, Date.now() + hold);
		this.gap = Math.min(Math.max(this.gap * 2, FIRST_GAP), LONGEST_GAP);
	}
}
