import fc from 'fast-check';
import {
	ConcurrencyLimit,
	FIRST_WIDTH,
	MAX_WIDTH,
	type Outcome,
	type Started,
} from '../../nodes/Appspace/transport/concurrencyLimit.ts';
import {
	beginRun,
	distant,
	seeded,
	simulate,
	TokenBucket,
	VirtualTime,
	Workers,
	type Run,
} from '../support/simulatedTenant.mts';

const OUTCOMES: Outcome[] = ['answered', 'untimed', 'refused', 'broken', 'void'];
const events = fc.array(
	fc.record({
		/** Between this event and the one before. */
		after: fc.oneof(fc.nat(50), fc.nat(5_000)),
		starts: fc.boolean(),
		which: fc.nat(),
		outcome: fc.constantFrom(...OUTCOMES),
		hold: fc.oneof(fc.constant(0), fc.nat(3_000)),
	}),
	{ maxLength: 400 },
);

describe('whatever happens', () => {
	test('the width stays within its bounds, holds are kept, and a run never comes to a standstill', () => {
		fc.assert(
			fc.property(events, fc.integer({ min: 1, max: MAX_WIDTH }), (happened, most) => {
				const limit = new ConcurrencyLimit(most, 3);
				const underWay: Started[] = [];
				let now = 0;
				let heldUntil = 0;
				for (const { after, starts, which, outcome, hold } of happened) {
					now += after;
					const wait = limit.wait(now);
					if (underWay.length === 0) expect(wait).not.toBe('another ends');
					if (typeof wait === 'object') {
						expect(wait.until).toBeGreaterThan(now);
						// A hold, and then the slowest of all paces.
						expect(wait.until).toBeLessThanOrEqual(Math.max(now, heldUntil) + 1_000);
					}
					if (wait === 'now') expect(now).toBeGreaterThanOrEqual(heldUntil);
					if (starts && wait === 'now') underWay.push(limit.start(now));
					const [ended] = starts ? [] : underWay.splice(which % (underWay.length || 1), 1);
					if (ended) {
						limit.end(ended, outcome, now, hold);
						heldUntil = Math.max(heldUntil, now + hold);
					}
					expect(limit.width).toBeGreaterThanOrEqual(1);
					expect(limit.width).toBeLessThanOrEqual(most);
					expect(underWay.length).toBeLessThanOrEqual(Math.max(most, FIRST_WIDTH));
				}
			}),
			{ numRuns: 500 },
		);
	});

	test('no refusal ever raises the width, and many at once halve it once', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: FIRST_WIDTH }),
				fc.constantFrom<Outcome>('refused', 'broken'),
				(refusals, outcome) => {
					const limit = new ConcurrencyLimit();
					const sent = Array.from({ length: FIRST_WIDTH }, () => limit.start(0));
					for (const started of sent.slice(0, refusals)) limit.end(started, outcome, 40);
					expect(limit.width).toBe(FIRST_WIDTH / 2);
				},
			),
		);
	});
});

test('it begins with 24 requests, or with the most there may be', () => {
	expect(new ConcurrencyLimit().width).toBe(24);
	expect(new ConcurrencyLimit(5).width).toBe(5);
});

test('answers as quick as ever double the width each round trip, up to the most', () => {
	const { widths } = simulate(distant(200, seeded(1)), { items: 1_000, probeAt: 15 });
	expect([...new Set(widths)]).toEqual([24, 48, 96, 128]);
});

test('a run of few requests learns nothing about a larger width', () => {
	const limit = new ConcurrencyLimit();
	for (let now = 0; now < 10_000; now += 100) {
		const sent = Array.from({ length: 5 }, () => limit.start(now));
		for (const started of sent) limit.end(started, 'answered', now + 50);
	}
	expect(limit.width).toBeLessThanOrEqual(FIRST_WIDTH);
});

const SEEDS = [1, 2, 3];
const median = (values: number[]): number =>
	[...values].sort((left, right) => left - right)[values.length >> 1] ?? NaN;

describe('at a distance', () => {
	test.each([0, 20, 50, 100, 200])(
		'%d ms: 0.65 of the speed of 128 requests at once',
		(distance) => {
			const took = (fixed?: number) =>
				median(
					SEEDS.map(
						(seed) => simulate(distant(distance, seeded(seed)), { items: 1_000, fixed }).took,
					),
				);
			expect(took(MAX_WIDTH) / took()).toBeGreaterThanOrEqual(0.65);
		},
	);
});

describe('a tenant that allows 100 requests a second', () => {
	const ITEMS = 2_000;
	const runs = (distance: number, depth: number, hold?: number): Run[] =>
		SEEDS.map((seed) => {
			const random = seeded(seed);
			const tenant = new TokenBucket(distance, random, { perSecond: 100, depth, hold });
			return simulate(tenant, { items: ITEMS, probeAt: Math.floor(16 * random()) });
		});
	const share = ({ refused, sent }: Run) => refused / sent;

	test.each([
		[20, undefined],
		[50, undefined],
		[200, undefined],
		[20, 1_000],
		[50, 1_000],
		[200, 1_000],
	])('depth 100, %d ms, Retry-After %p: 1.3 of the ideal, 8 %% refused', (distance, hold) => {
		const of = runs(distance, 100, hold);
		const ideal = (ITEMS - 100) * 10;
		expect(median(of.map(({ took }) => took)) / ideal).toBeLessThanOrEqual(1.3);
		expect(median(of.map(share))).toBeLessThanOrEqual(0.08);
	});

	test.each([undefined, 1_000])('depth 20, 50 ms, Retry-After %p: 1.5 of the ideal', (hold) => {
		const of = runs(50, 20, hold);
		expect(median(of.map(({ took }) => took)) / ((ITEMS - 20) * 10)).toBeLessThanOrEqual(1.5);
	});
});

describe('a tenant that slows down: ten workers, 20 ms each', () => {
	const ITEMS = 2_000;
	const workers = (seed: number) => new Workers(10, 20, seeded(seed));
	/** What waits once everybody has begun, without the burst of the first moment. */
	const waits = (tenant: Workers, since: number): number => {
		const counts = tenant.queued.filter(({ at }) => at > since).map(({ count }) => count);
		return counts.sort((left, right) => left - right)[Math.floor(counts.length * 0.95)] ?? NaN;
	};

	test('one run: 1.15 of the best fixed width, twice the workers wait', () => {
		const best = Math.min(
			...[8, 10, 12, 16, 24].map((fixed) => simulate(workers(1), { items: ITEMS, fixed }).took),
		);
		const tenants = SEEDS.map(workers);
		const took = tenants.map((tenant) => simulate(tenant, { items: ITEMS }).took);
		expect(median(took) / best).toBeLessThanOrEqual(1.15);
		expect(median(tenants.map((tenant) => waits(tenant, 500)))).toBeLessThanOrEqual(20);
	});

	test.each([0, 2_000])('three runs begun %d ms apart share it', (apart) => {
		const rounds = [1, 2, 3, 4, 5].map((seed) => {
			const time = new VirtualTime();
			const tenant = workers(seed);
			const random = seeded(seed);
			const all = [0, 1, 2].map((nth) => {
				const probeAt = Math.floor(16 * random());
				return beginRun(time, tenant, { items: ITEMS, startsAt: nth * apart, probeAt });
			});
			time.run();
			const took = all.map((run) => run.took);
			return {
				unfairness: Math.max(...took) / Math.min(...took),
				waiting: waits(tenant, 2 * apart + 500),
			};
		});
		expect(median(rounds.map(({ unfairness }) => unfairness))).toBeLessThanOrEqual(1.5);
		expect(median(rounds.map(({ waiting }) => waiting))).toBeLessThanOrEqual(30);
	});
});
