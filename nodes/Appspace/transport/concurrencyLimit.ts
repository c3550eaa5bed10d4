/**
 * How many requests of a run may be under way, found out from the answers. A pure state machine: events
 * with their times go in, and what may start comes out. Times are in milliseconds of one clock.
 *
 * The ideas are those of TCP (slow start, one decrease for each round trip), of Envoy's adaptive
 * concurrency filter (time of an answer against the least time seen, measured again now and then with
 * fewer requests) and of Netflix's concurrency-limits.
 */

/**
 * What came of a request. `untimed` is an answer whose time tells nothing, such as that of a file; `refused`
 * is a 429 or 503; `broken` is a timeout or a reset; `void` tells nothing about the tenant.
 */
export type Outcome = 'answered' | 'untimed' | 'refused' | 'broken' | 'void';

/** A request under way, as `start` handed it out. */
export interface Started {
	readonly at: number;
	readonly round: number;
}

/** A node run is often short, so it does not begin with one request. */
export const FIRST_WIDTH = 24;
/** The most requests under way, however quick the tenant is. */
export const MOST_WIDTH = 128;

/** A round in which the typical answer takes more than this many times the least ends the slow start. */
const STEADY = 1.5;
/** A tenant whose quickest quarter takes more than this many times the least has more than it can do. */
const TOLERANCE = 1.5;
/** Differences below this many milliseconds are those of the event loop, not of the tenant. */
const GRAIN = 10;
/** Fewer answers than this tell too little to judge by. */
const FEWEST_ANSWERS = 8;
/** So few requests are not what slows a tenant down: what they take becomes the least, round by round. */
const NARROW = 4;
const NARROW_FORGETS = 1 / 4;
/** Every so many rounds, one round runs at a quarter of the width, to see how quick the tenant can be. */
const ROUNDS_BETWEEN_PROBES = 16;
const PROBE = 1 / 4;
/** The share by which the least time moves toward the present one in a second, as a tenant may change. */
const FORGOTTEN = 0.05;

/** The pace after a refusal, as a share of the rate at which answers came. */
const SLOWER = 0.85;
/** By how much the pace grows in the first second without a refusal; later seconds add more. */
const FASTER = 1.02;
/** No pace is slower than this, in requests a second. */
const SLOWEST = 1;
/** A rate is measured over this time at least. */
const SHORTEST_SPAN = 250;
const SECOND = 1_000;
/** How many requests may make up together for time in which nothing could start. */
const CATCH_UP = 4;

/** When a request may start: now, at a time, or when another one has ended. */
export type Wait = 'now' | { until: number } | 'another ends';

/** The number of requests that may be under way, by what came of those before. */
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
	 * @param highest no more than this many requests, whatever the tenant likes
	 * @param probeAt in which of every sixteen rounds to probe, so that runs do not probe together
	 */
	constructor(
		private readonly highest = MOST_WIDTH,
		private readonly probeAt = 0,
	) {
		this.currentWidth = Math.min(FIRST_WIDTH, highest);
	}

	/** How many requests may be under way now. */
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

	/** @param hold how long the tenant wants to be left alone, by the whole run */
	end(started: Started, outcome: Outcome, now: number, hold = 0): void {
		this.underWay--;
		this.heldUntil = Math.max(this.heldUntil, now + hold);
		if (outcome === 'refused' || outcome === 'broken') this.decrease(started, outcome, now);
		if (outcome === 'untimed' || outcome === 'answered') this.count(now);
		if (outcome !== 'answered') return;
		const isOfRound = started.round === this.round;
		// What was sent before a probe began was not yet alone.
		if (this.isProbing && !isOfRound) return;
		this.times.push(now - started.at);
		if (isOfRound && this.times.length >= Math.max(FEWEST_ANSWERS, this.width)) this.adapt(now);
	}

	/** A round is over: as many answers as there may be requests, the last of them to a request of this round. */
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
		this.isProbing = !this.isProbing && this.round % ROUNDS_BETWEEN_PROBES === this.probeAt;
		this.beginRound(now);
	}

	/** @param slowness how many times the least time an answer takes */
	private resize(slowness: number): void {
		if (slowness > (this.isSlowStart ? STEADY : TOLERANCE)) {
			this.isSlowStart = false;
			const share = Math.min(0.9, Math.max(0.5, TOLERANCE / slowness));
			this.currentWidth = Math.max(Math.min(NARROW, this.currentWidth), this.currentWidth * share);
		} else if (this.most >= this.width) {
			// Only a run that makes use of its width learns anything about a larger one.
			this.currentWidth += this.isSlowStart ? this.currentWidth : 1;
		}
		this.currentWidth = Math.min(this.highest, this.currentWidth);
	}

	/** Once for each round trip: what was sent before the last decrease says nothing new. */
	private decrease(started: Started, outcome: 'refused' | 'broken', now: number): void {
		if (started.at <= this.lastDecreaseAt) return;
		this.lastDecreaseAt = now;
		this.isSlowStart = false;
		this.isProbing = false;
		this.currentWidth = Math.max(1, this.currentWidth / 2);
		if (outcome === 'refused') this.slowDown(now);
		this.beginRound(now);
	}

	/** Where nothing is answered there is no pace to keep: fewer requests at once have to do. */
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

	/** Requests a second that may start now. */
	private rate(now: number): number {
		if (!this.pace) return Infinity;
		const seconds = Math.max(0, now - this.pace.since) / SECOND;
		return this.pace.rate * FASTER ** (seconds * seconds);
	}

	private count(now: number): void {
		this.answers.push(now);
		if (this.answers.length > 2 * MOST_WIDTH && (this.answers[MOST_WIDTH] ?? now) < now - SECOND) {
			this.answers = this.answers.slice(MOST_WIDTH);
		}
	}

	/**
	 * Answers a second, over the last second. A younger run has hardly any yet, and a refusal is often quicker
	 * than an answer: half of what is under way counts as answered.
	 */
	private answerRate(now: number): number {
		const age = now - (this.firstAt ?? now);
		const span = Math.min(SECOND, Math.max(SHORTEST_SPAN, age));
		const soon = age < SECOND ? this.underWay / 2 : 0;
		const recent = this.answers.filter((at) => at > now - span).length;
		return ((recent + soon) * SECOND) / span;
	}
}
