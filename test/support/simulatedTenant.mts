import { ConcurrencyLimit, type Outcome } from '../../nodes/Appspace/transport/concurrencyLimit.ts';

/** What a simulated tenant answers, and when. */
export interface Tenant {
	send(time: VirtualTime, answer: (outcome: Outcome, hold?: number) => void): void;
}

/** Milliseconds that pass only from event to event, so that a minute takes no time. */
export class VirtualTime {
	now = 0;
	private readonly events: Array<{ at: number; happen: () => void }> = [];

	after(milliseconds: number, happen: () => void): void {
		const at = this.now + Math.max(0, milliseconds);
		let place = this.events.length;
		while (place > 0 && this.events[place - 1]!.at <= at) place--;
		// The next event is the last entry; of two at the same time, the older comes first.
		this.events.splice(place, 0, { at, happen });
	}

	run(): void {
		for (let count = 0; ; count++) {
			const event = this.events.pop();
			if (!event) return;
			if (count > 1_000_000) throw new Error('The simulation does not end.');
			this.now = event.at;
			event.happen();
		}
	}
}

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Answers differ by a tenth, as on any network. */
const about = (milliseconds: number, random: () => number): number =>
	milliseconds * (0.97 + random() / 10);

/** Answers after so long, whatever it is asked. */
export function distant(milliseconds: number, random: () => number): Tenant {
	return {
		send: (time, answer) => time.after(about(milliseconds, random), () => answer('answered')),
	};
}

export interface BucketOptions {
	perSecond: number;
	depth: number;
	/** How long a refusal asks to wait, in milliseconds. */
	hold?: number;
	/** How much longer an answer takes than a refusal, in milliseconds. */
	work?: number;
}

/** Answers so many requests a second and turns away the others, at a distance. */
export class TokenBucket implements Tenant {
	private tokens: number;
	private filledAt = 0;

	constructor(
		private readonly milliseconds: number,
		private readonly random: () => number,
		private readonly bucket: BucketOptions,
	) {
		this.tokens = bucket.depth;
	}

	send(time: VirtualTime, answer: (outcome: Outcome, hold?: number) => void): void {
		const { perSecond, depth, hold, work = 0 } = this.bucket;
		time.after(this.milliseconds / 2, () => {
			const gained = ((time.now - this.filledAt) * perSecond) / 1_000;
			this.tokens = Math.min(depth, this.tokens + gained);
			this.filledAt = time.now;
			const isServed = this.tokens >= 1;
			if (isServed) this.tokens--;
			const back = about(this.milliseconds / 2, this.random);
			time.after(back + (isServed ? work : 0), () =>
				isServed ? answer('answered') : answer('refused', hold),
			);
		});
	}
}

/** Has so many workers, each of which takes so long for an answer; the other requests wait. */
export class Workers implements Tenant {
	/** How many requests waited when each one came, with its time. */
	readonly queued: Array<{ at: number; count: number }> = [];
	private busy = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(
		private readonly count: number,
		private readonly milliseconds: number,
		private readonly random: () => number,
	) {}

	send(time: VirtualTime, answer: (outcome: Outcome) => void): void {
		const work = () => {
			this.busy++;
			time.after(about(this.milliseconds, this.random), () => {
				this.busy--;
				this.waiting.shift()?.();
				answer('answered');
			});
		};
		if (this.busy < this.count) work();
		else this.waiting.push(work);
		this.queued.push({ at: time.now, count: this.waiting.length });
	}
}

export interface Run {
	/** How long it took, in milliseconds. */
	took: number;
	sent: number;
	refused: number;
	widths: number[];
}

export interface RunOptions {
	items: number;
	startsAt?: number;
	/** No limiter, but so many requests at once. */
	fixed?: number;
	/** In which round the limiter probes, 0 to 15. */
	probeAt?: number;
}

/** What a request costs this side, in milliseconds; one after the other. */
const OWN_WORK = 0.75;

/** Begins a run; its figures are there when the time has run. */
export function beginRun(time: VirtualTime, tenant: Tenant, options: RunOptions): Run {
	const { items, startsAt = 0, fixed, probeAt } = options;
	const run: Run = { took: NaN, sent: 0, refused: 0, widths: [] };
	const limit = new ConcurrencyLimit(undefined, probeAt);
	let underWay = 0;
	let waiting = items;
	let answered = 0;
	let free = 0;
	let wakesAt = -1;
	const mayStart = () => {
		if (fixed !== undefined) return underWay < fixed ? ('now' as const) : ('another ends' as const);
		return limit.wait(time.now);
	};
	/** Every step takes its turn at the one processor of this side. */
	const afterWork = (step: () => void) => {
		free = Math.max(free, time.now) + OWN_WORK / 2;
		time.after(free - time.now, step);
	};
	const begin = (): void => {
		while (waiting > 0) {
			const wait = mayStart();
			if (wait === 'another ends') return;
			if (wait !== 'now') {
				if (wakesAt > time.now) return;
				wakesAt = wait.until;
				time.after(wait.until - time.now, begin);
				return;
			}
			waiting--;
			underWay++;
			run.sent++;
			const started = limit.start(time.now);
			run.widths.push(limit.width);
			afterWork(() =>
				tenant.send(time, (outcome, hold) =>
					afterWork(() => {
						underWay--;
						limit.end(started, outcome, time.now, hold);
						if (outcome === 'refused') {
							run.refused++;
							waiting++;
						} else if (++answered === items) run.took = time.now - startsAt;
						begin();
					}),
				),
			);
		}
	};
	time.after(startsAt, begin);
	return run;
}

/** One run alone with a tenant. */
export function simulate(tenant: Tenant, options: RunOptions): Run {
	const time = new VirtualTime();
	const run = beginRun(time, tenant, options);
	time.run();
	return run;
}
