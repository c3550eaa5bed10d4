/**
 * Finds out how many requests of a run may be in progress, based on the replies. A pure state machine: it
 * takes events with their times and says what may start. All times are in milliseconds of one clock.
 *
 * The ideas come from TCP (slow start, one decrease per round trip), from Envoy's adaptive concurrency
 * filter (response time compared to the minimum, which is measured again occasionally with fewer requests),
 * and from Netflix's concurrency-limits.
 */

/**
 * The outcome of a request. `untimed` is a reply whose time is meaningless, such as that of a file;
 * `refused` is a 429 or 503; `broken` is a timeout or a reset; `void` says nothing about the tenant.
 */
export type Outcome = 'answered' | 'untimed' | 'refused' | 'broken' | 'void';

/** A request in progress, as returned by `start`. */
export interface Started {
	readonly at: number;
	readonly round: number;
}

/** Runs are often short, so they start with more than one request. */
export const FIRST_WIDTH = 24;
/** The most requests in progress, however fast the tenant is. */
export const MAX_WIDTH = 128;

/** Slow start ends with a round in which the median response time exceeds the minimum by this factor. */
const STEADY = 1.5;
/** A tenant is overloaded if the fastest quarter of its replies exceeds the minimum time by this factor. */
const TOLERANCE = 1.5;
/** In milliseconds. Smaller differences come from the event loop, not from the tenant. */
const GRAIN = 10;
/** The fewest replies to base a decision on. */
const MIN_ANSWERS = 8;
/** So few requests do not slow a tenant down, so their times gradually replace the minimum. */
const NARROW = 4;
const NARROW_FORGETS = 1 / 4;
/** Once in this many rounds, a round runs at a quarter of the width to measure how fast the tenant can be. */
const ROUNDS_BETWEEN_PROBES = 16;
/**
 * In milliseconds. At a tenant that takes longer to answer, a probe costs so much that a run of fewer rounds
 * than these is over before it pays off.
 */
const FAR = 150;
const PROBE = 1 / 4;
/** The share by which the minimum moves toward the current time per second, because a tenant may change. */
const FORGOTTEN = 0.05;

/** The pace after a refusal, as a share of the rate of replies. */
const SLOWER = 0.85;
/** The growth of the pace in the first second without a refusal. It accelerates with each second. */
const FASTER = 1.02;
/** The slowest pace, in requests per second. */
const SLOWEST = 1;
/** The shortest time over which to measure a rate. */
const SHORTEST_SPAN = 250;
const SECOND = 1_000;
/** How many requests may start together to make up for time in which none could. */
const CATCH_UP = 4;

/** When a request may start: now, at a certain time, or when another one has ended. */
export type Wait = 'now' | { until: number } | 'another ends';

/** The number of requests that may be in progress, based on earlier ones. */
export class ConcurrencyLimit {
	private currentWidth: number;
	private underWay = 0;
	private most = 0;
	private firstAt: number | undefined;

	private round = 0;
	private roundBeganAt = 0;
	private times: number[] = [];
	private least = Infinity;
	private isSlowStart = true;
	private isProbing = false;

	private pace: { rate: number; since: number; next: number } | undefined;
	private heldUntil = -Infinity;
	private lastDecreaseAt = -Infinity;
	private answers: number[] = [];

	/**
	 * @param highest the most requests, however many the tenant can handle
	 * @param probeAt in which of every sixteen rounds to probe, so that runs do not probe together
	 */
	constructor(
		private readonly highest = MAX_WIDTH,
		private readonly probeAt = 0,
	) {
		this.currentWidth = Math.min(FIRST_WIDTH, highest);
	}

	/** How many requests may be in progress now. */
	get width(): number {
		return Math.max(1, Math.floor(this.currentWidth * (this.isProbing ? PROBE : 1)));
	}

	/** When the next request may start. */
	wait(now: number): Wait {
		if (this.underWay >= this.width) return 'another ends';
		const until = Math.max(this.heldUntil, this.pace?.next ?? -Infinity);
		return until > now ? { until } : 'now';
	}

	start(now: number): Started {
		this.firstAt ??= now;
		this.underWay++;
		this.most = Math.max(this.most, this.underWay);
		if (this.pace) {
			const gap = SECOND / this.rate(now);
			this.pace.next = Math.max(this.pace.next, now - CATCH_UP * gap) + gap;
		}
		return { at: now, round: this.round };
	}

	/** @param hold how long the tenant asks the whole run to wait */
	end(started: Started, outcome: Outcome, now: number, hold = 0): void {
		this.underWay--;
		this.heldUntil = Math.max(this.heldUntil, now + hold);
		if (outcome === 'refused' || outcome === 'broken') this.decrease(started, outcome, now);
		if (outcome === 'untimed' || outcome === 'answered') this.count(now);
		if (outcome !== 'answered') return;
		const isOfRound = started.round === this.round;
		// Requests sent before a probe began did not run at the lower width.
		if (this.isProbing && !isOfRound) return;
		this.times.push(now - started.at);
		if (isOfRound && this.times.length >= Math.max(MIN_ANSWERS, this.width)) this.adapt(now);
	}

	/**
	 * Ends a round: there were as many replies as there may be requests, the last of them to a request of
	 * this round.
	 */
	private adapt(now: number): void {
		const times = this.times.sort((one, other) => one - other);
		const quickest = times[times.length >> 2] ?? 0;
		const typical = times[times.length >> 1] ?? 0;
		if (this.least < quickest && this.width <= NARROW && !this.isProbing) {
			this.least += (quickest - this.least) * NARROW_FORGETS;
		}
		this.least = Math.min(this.least, quickest);
		if (!this.isProbing) {
			this.resize((this.isSlowStart ? typical : quickest) / Math.max(this.least, GRAIN));
			const seconds = Math.min(1, (now - this.roundBeganAt) / SECOND);
			this.least += (quickest - this.least) * FORGOTTEN * seconds;
		}
		const isTurn = this.round % ROUNDS_BETWEEN_PROBES === this.probeAt;
		const paysOff = this.least < FAR || this.round >= ROUNDS_BETWEEN_PROBES;
		this.isProbing = !this.isProbing && isTurn && paysOff;
		this.beginRound(now);
	}

	/** @param slowness the response time as a multiple of the minimum */
	private resize(slowness: number): void {
		if (slowness > (this.isSlowStart ? STEADY : TOLERANCE)) {
			this.isSlowStart = false;
			const share = Math.min(0.9, Math.max(0.5, TOLERANCE / slowness));
			this.currentWidth = Math.max(Math.min(NARROW, this.currentWidth), this.currentWidth * share);
		} else if (this.most >= this.width) {
			// Only a run that uses its full width learns anything about a larger one.
			this.currentWidth += this.isSlowStart ? this.currentWidth : 1;
		}
		this.currentWidth = Math.min(this.highest, this.currentWidth);
	}

	/** Decreases once per round trip: requests sent before the last decrease say nothing new. */
	private decrease(started: Started, outcome: 'refused' | 'broken', now: number): void {
		if (started.at <= this.lastDecreaseAt) return;
		this.lastDecreaseAt = now;
		this.isSlowStart = false;
		this.isProbing = false;
		this.currentWidth = Math.max(1, this.currentWidth / 2);
		if (outcome === 'refused') this.slowDown(now);
		this.beginRound(now);
	}

	/** Without any replies, there is no rate to base a pace on; the smaller width must be enough. */
	private slowDown(now: number): void {
		const answered = this.answerRate(now);
		const rate = answered > 0 ? SLOWER * answered : (this.pace?.rate ?? 0) / 2;
		if (rate === 0) return;
		const since = Math.max(now, this.heldUntil);
		this.pace = { rate: Math.max(SLOWEST, rate), since, next: since };
	}

	private beginRound(now: number): void {
		this.round++;
		this.roundBeganAt = now;
		this.times = [];
		this.most = this.underWay;
	}

	/** How many requests per second may start now. */
	private rate(now: number): number {
		if (!this.pace) return Infinity;
		const seconds = Math.max(0, now - this.pace.since) / SECOND;
		return this.pace.rate * FASTER ** (seconds * seconds);
	}

	private count(now: number): void {
		this.answers.push(now);
		if (this.answers.length > 2 * MAX_WIDTH && (this.answers[MAX_WIDTH] ?? now) < now - SECOND) {
			this.answers = this.answers.slice(MAX_WIDTH);
		}
	}

	/**
	 * Replies per second, over the last second. A younger run has few replies, and a refusal is often
	 * faster than a reply, so half of the requests in progress count as answered.
	 */
	private answerRate(now: number): number {
		const age = now - (this.firstAt ?? now);
		const span = Math.min(SECOND, Math.max(SHORTEST_SPAN, age));
		const soon = age < SECOND ? this.underWay / 2 : 0;
		const recent = this.answers.filter((at) => at > now - span).length;
		return ((recent + soon) * SECOND) / span;
	}
}
