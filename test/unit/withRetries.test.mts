import fc from 'fast-check';
import type { Effect } from '../../nodes/Appspace/transport/effect.ts';
import { isSecurity, RequestFailed, type Failure } from '../../nodes/Appspace/transport/failure.ts';
import { retryAfter } from '../../credentials/auth/retryAfter.ts';
import {
	Refusals,
	waitBeforeRetry,
	withRetries,
} from '../../nodes/Appspace/transport/withRetries.ts';
import { movableClock } from '../support/movableClock.mts';

const status = (code: number): Failure => ({ kind: 'status', status: code, serverMessage: '' });
const network = (code: string, sent: boolean): Failure => ({ kind: 'network', code, sent });
const access = (temporary: boolean): Failure => ({ kind: 'access', message: '', temporary });
/** The failure as an answer with these headers tells it. */
const told = (failure: Failure, headers = {}): Failure =>
	failure.kind === 'status' ? { ...failure, retryAfter: retryAfter(headers) } : failure;
const wait = (failure: Failure, effect: Effect, headers = {}, attempt = 1) =>
	waitBeforeRetry(told(failure, headers), effect, attempt, 0.5);

const failure = fc.oneof(
	fc.constantFrom(301, 400, 401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504).map(status),
	fc
		.constantFrom(
			'ECONNRESET',
			'ETIMEDOUT',
			'ECONNABORTED',
			'EPIPE',
			'ERR_BAD_RESPONSE',
			'EAI_AGAIN',
		)
		.map((code) => network(code, code !== 'EAI_AGAIN')),
	fc.constant<Failure>({ kind: 'answer', message: '' }),
	fc.constant<Failure>({ kind: 'input', message: '' }),
);
const headers = fc.record({ 'retry-after': fc.constantFrom(undefined, '0', '2', '31', 'soon') });

test('a write is repeated only where Appspace cannot have acted', () => {
	fc.assert(
		fc.property(
			failure,
			headers,
			fc.constantFrom<Effect>('write', 'delete'),
			(given, sent, effect) => {
				if (wait(given, effect, sent) === undefined) return;
				const turnedAway =
					given.kind === 'status' &&
					(given.status === 429 || (given.status === 503 && retryAfter(sent) !== undefined));
				expect({ given, turnedAway }).toEqual({ given, turnedAway: true });
			},
		),
		{ numRuns: 2_000 },
	);
});

test('no request is repeated for ever, nor kept waiting for much more than half a minute', () => {
	fc.assert(
		fc.property(
			failure,
			headers,
			fc.double({ min: 0, max: 1, noNaN: true }),
			(given, sent, random) => {
				expect(waitBeforeRetry(told(given, sent), 'read', 4, random)).toBeUndefined();
				for (const attempt of [1, 2, 3]) {
					const delay = waitBeforeRetry(told(given, sent), 'read', attempt, random) ?? 0;
					expect(delay).toBeGreaterThanOrEqual(0);
					expect(delay).toBeLessThanOrEqual(34_000);
				}
			},
		),
	);
});

test.each([408, 425, 429, 502, 503, 504])('a read is repeated on %p', (code) => {
	expect(wait(status(code), 'read')).toBeGreaterThan(0);
});
test.each([301, 400, 401, 403, 404, 409, 422, 500, 501])('a read is not repeated on %p', (code) => {
	expect(wait(status(code), 'read')).toBeUndefined();
});
test('waits grow from attempt to attempt', () => {
	const waits = [1, 2, 3].map((attempt) => wait(status(503), 'read', {}, attempt)!);
	expect(waits).toEqual([...waits].sort((left, right) => left - right));
	expect(new Set(waits).size).toBe(3);
});

test('a write goes out again when no connection came about', () => {
	expect(wait(network('ECONNREFUSED', false), 'write')).toBeGreaterThan(0);
	expect(wait(network('ECONNRESET', true), 'write')).toBeUndefined();
});
test.each<Effect>(['read', 'write', 'delete'])(
	'%s: a failure to get an access token is final, as the credential has retried it',
	(effect) => {
		expect(wait(access(true), effect)).toBeUndefined();
		expect(wait(access(false), effect)).toBeUndefined();
	},
);
test.each<Effect>(['read', 'write'])(
	'%s: a cancelled request and a bad certificate are final',
	(effect) => {
		for (const code of ['ERR_CANCELED', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT']) {
			expect(wait(network(code, true), effect)).toBeUndefined();
		}
	},
);

describe('Retry-After', () => {
	const now = Date.UTC(2026, 0, 1);

	test.each([
		['5', 5_000],
		['0', 0],
		['0.5', 500],
		[' 2 ', 2_000],
		['Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
		['Wed, 31 Dec 2025 00:00:00 GMT', 0],
		['-3', 0],
		['', undefined],
		['  ', undefined],
		['soon', undefined],
		[undefined, undefined],
		[5, undefined],
	])('%j is %p ms', (header, milliseconds) => {
		expect(retryAfter({ 'retry-after': header }, now)).toBe(milliseconds);
	});

	test.each([
		['a minute ahead', 'Thu, 01 Jan 2026 00:01:00 GMT', 'Thu, 01 Jan 2026 00:01:09 GMT', 9_000],
		['a minute behind', 'Wed, 31 Dec 2025 23:59:00 GMT', 'Wed, 31 Dec 2025 23:59:09 GMT', 9_000],
		['unreadable', 'now', 'Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
	])('a date is measured by the clock of the answer, %s', (_, date, header, milliseconds) => {
		expect(retryAfter({ date, 'retry-after': header }, now)).toBe(milliseconds);
	});

	test('is taken at its word, and a server that asks for too much is not waited for', () => {
		const asked = wait(status(429), 'read', { 'retry-after': '7' });
		expect(asked).toBeGreaterThanOrEqual(7_000);
		expect(asked).toBeLessThan(8_000);
		expect(wait(status(429), 'read', { 'retry-after': '31' })).toBeUndefined();
	});

	test('whatever it says, the wait is a number of milliseconds or unknown', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.anything()), (header) => {
				const milliseconds = retryAfter({ 'retry-after': header as string }, now);
				if (milliseconds !== undefined) expect(milliseconds).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});

test.each([
	'CERT_HAS_EXPIRED',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'EPROTO',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])('%s is a matter of security', (code) => expect(isSecurity(code)).toBe(true));
test.each(['ECONNRESET', 'ETIMEDOUT', ''])('%j is not', (code) =>
	expect(isSecurity(code)).toBe(false),
);

describe('a delete that is sent again', () => {
	const answers = async (...failures: Failure[]) => {
		const left = [...failures];
		const refusals = new Refusals(() => false);
		const step = withRetries({
			cancel: undefined,
			refusals,
			secrets: () => [],
		});
		return await step({ method: 'DELETE', path: 'visitors/1' }, async () => {
			throw new RequestFailed(left.shift() as Failure);
		});
	};
	const gone = status(404);
	const turnedAway = told(status(503), { 'retry-after': '0' });

	test('is done when the record is gone', async () => {
		expect((await answers(turnedAway, gone)).body).toBeUndefined();
	});
	test('is not done when the record was never there', async () => {
		await expect(answers(gone)).rejects.toThrow(RequestFailed);
		await expect(answers(network('ECONNREFUSED', false), gone)).rejects.toThrow(RequestFailed);
	});
});

describe('a request that is turned away while others of the run are answered', () => {
	const refused = (headers = {}) => ({ ...told(status(429), headers), isPaced: true });
	/** Sends until it ends. */
	const send = async (answer: (attempt: number) => Failure | undefined) => {
		const refusals = new Refusals(() => false);
		const step = withRetries({ cancel: undefined, refusals, secrets: () => [] });
		const retries: unknown[] = [];
		const result = step({ path: '' }, async ({ firstAttemptAt }) => {
			retries.push(firstAttemptAt);
			const failure = answer(retries.length);
			if (failure) throw new RequestFailed(failure);
			return { statusCode: 200, headers: {}, body: 'here' };
		});
		return { retries, outcome: await result.catch((error: unknown) => error) };
	};

	test('has as many attempts as it takes, each of them before new requests', async () => {
		const { outcome, retries } = await send((nth) =>
			nth <= 50 ? refused(nth % 2 ? {} : { 'retry-after': '1' }) : undefined,
		);
		expect(outcome).toMatchObject({ body: 'here' });
		const [first, since, ...others] = retries;
		expect([first, since]).toEqual([undefined, expect.any(Number)]);
		expect(others).toEqual(Array.from({ length: 49 }, () => since));
	});

	test('is given up after five minutes', async () => {
		let now = 0;
		const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
		try {
			const { outcome, retries } = await send(() => ((now += 10_000), refused()));
			expect(outcome).toMatchObject({ failure: { status: 429 } });
			expect(retries).toHaveLength(32);
		} finally {
			clock.mockRestore();
		}
	});
});

test.each([-3_600, 3_600])(
	'a refused credential is not tried for five seconds, though somebody sets the clock by %d s',
	async (seconds) => {
		const refusals = new Refusals(({ kind }) => kind === 'access');
		const send = async () =>
			await refusals.check({ path: '' }, async () => ({ statusCode: 200, headers: {}, body: '' }));
		const clock = movableClock();
		try {
			refusals.remember(access(false));
			clock.set(seconds);
			await expect(send()).rejects.toThrow(RequestFailed);
			clock.advance(5.001);
			expect(await send()).toMatchObject({ statusCode: 200 });
		} finally {
			clock.restore();
		}
	},
);
