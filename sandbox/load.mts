import type { RateLimit, Settings, Workers } from './settings.mts';

/** What a tenant had to do when a request came. */
export interface Arrival {
	/** Milliseconds since the epoch. */
	at: number;
	/** Requests that were not answered yet, this one included. */
	underWay: number;
	/** How many of them waited for a worker. */
	waiting: number;
	/** Whether it was turned away. */
	refused: boolean;
}

/** What a tenant can take, and what it was given to do. Whatever it turns away was not looked at. */
export class Load {
	readonly arrivals: Arrival[] = [];
	private underWay = 0;
	private busy = 0;
	private readonly waiting: Array<() => void> = [];
	private bucket = { tokens: 0, filledAt: -Infinity };

	/** A request has come; it is looked at later, as latency has it. */
	began(): void {
		this.underWay++;
	}

	/** @returns the value for Retry-After where the request is turned away: empty where none is named */
	lookedAt({ rateLimit, loggedLoad }: Settings): string | undefined {
		const refused = rateLimit && !this.hasToken(rateLimit);
		if (loggedLoad > 0) {
			const { underWay } = this;
			const at = Date.now();
			this.arrivals.push({ at, underWay, waiting: this.waiting.length, refused: Boolean(refused) });
			if (this.arrivals.length > loggedLoad) this.arrivals.shift();
		}
		if (!refused) return undefined;
		return rateLimit.retryAfter ? String(Math.ceil(1 / rateLimit.perSecond)) : '';
	}

	answered(): void {
		this.underWay--;
	}

	/** Does a piece of work of so many milliseconds when a worker is free. */
	async work({ count }: Workers, work: () => Promise<void>): Promise<void> {
		if (this.busy < count) this.busy++;
		else await new Promise<void>((begin) => this.waiting.push(begin));
		try {
			await work();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.busy--;
		}
	}

	private hasToken({ perSecond, depth }: RateLimit): boolean {
		const now = performance.now();
		const gained = ((now - this.bucket.filledAt) * perSecond) / 1_000;
		const tokens = Math.min(depth, this.bucket.tokens + gained);
		this.bucket = { tokens: tokens >= 1 ? tokens - 1 : tokens, filledAt: now };
		return tokens >= 1;
	}
}
