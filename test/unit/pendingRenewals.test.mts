import { LastingFailure, renewOnce, type Renewal } from '../../credentials/auth/pendingRenewals.ts';
import { movableClock } from '../support/movableClock.mts';

/** What a caller came with, received long ago unless told. */
const came = (accessToken: string, issuedAt = 0) => ({ accessToken, issuedAt });

let serial = 0;
const freshKey = () => `key ${++serial}`;

function tokens(
	options: { issuedAt?: () => number; nextKey?: string; refreshToken?: string } = {},
) {
	let exchanges = 0;
	const renew = async (): Promise<Renewal> => {
		await new Promise((resolve) => setImmediate(resolve));
		exchanges++;
		return {
			accessToken: `token ${exchanges}`,
			record: { issuedAt: (options.issuedAt ?? Date.now)(), lifetime: 3_600_000, inputs: [] },
			nextKey: options.nextKey,
			refreshToken: options.refreshToken,
		};
	};
	return { renew, count: () => exchanges };
}

test('twenty who ask at once make one exchange', async () => {
	const { renew, count } = tokens();
	const key = freshKey();
	const got = await Promise.all(Array.from({ length: 20 }, () => renewOnce(key, came(''), renew)));
	expect(count()).toBe(1);
	expect(new Set(got.map(({ accessToken }) => accessToken))).toEqual(new Set(['token 1']));
});

test('two credentials never share a flight', async () => {
	const one = tokens();
	const other = tokens();
	await Promise.all([
		renewOnce(freshKey(), came(''), one.renew),
		renewOnce(freshKey(), came(''), other.renew),
	]);
	expect([one.count(), other.count()]).toEqual([1, 1]);
});

test('who comes late with the old token gets the new one without another exchange', async () => {
	const { renew, count } = tokens();
	const key = freshKey();
	await renewOnce(key, came('old'), renew);
	expect((await renewOnce(key, came('old'), renew)).accessToken).toBe('token 1');
	expect(count()).toBe(1);
});

test('who comes with the new token, revoked meanwhile, gets another', async () => {
	const { renew, count } = tokens();
	const key = freshKey();
	await renewOnce(key, came('old'), renew);
	expect((await renewOnce(key, came('token 1'), renew)).accessToken).toBe('token 2');
	expect(count()).toBe(2);
});

test('a server that refuses every token is asked for a new one four times at most', async () => {
	const { renew, count } = tokens();
	const key = freshKey();
	let token = '';
	for (let item = 0; item < 1_000; item++)
		({ accessToken: token } = await renewOnce(key, came(token), renew));
	expect(count()).toBe(4);
});

test('the same holds when each exchange rotates the refresh token', async () => {
	const key = freshKey();
	const nextKey = freshKey();
	const { renew, count } = tokens({ nextKey });
	let token = '';
	for (let item = 0; item < 50; item++) {
		({ accessToken: token } = await renewOnce(item === 0 ? key : nextKey, came(token), renew));
	}
	expect(count()).toBe(4);
});

test('who comes with an even older token gets the new one, who comes with a newer one another', async () => {
	const { renew, count } = tokens();
	const key = freshKey();
	await renewOnce(key, came('old'), renew);
	await renewOnce(key, came('older'), renew);
	expect(count()).toBe(1);
	await renewOnce(key, came('of another process', Date.now() + 1_000), renew);
	expect(count()).toBe(2);
});

describe('who comes with nothing', () => {
	afterEach(() => jest.useRealTimers());

	test.each([
		['a moment after the landing gets its outcome', 1_000, undefined, 1],
		['later exchanges', 3_000, undefined, 2],
		['later gets the outcome where the refresh token is spent', 3_000, 'next', 1],
	])('%s', async (_name, after, refreshToken, exchanges) => {
		const { renew, count } = tokens({ refreshToken });
		const key = freshKey();
		await renewOnce(key, came(''), renew);
		jest.useFakeTimers({ now: Date.now() + after, doNotFake: ['setImmediate'] });
		await renewOnce(key, came(''), renew);
		expect(count()).toBe(exchanges);
	});
});

test('an outcome is not kept for long', async () => {
	const { renew, count } = tokens({ issuedAt: () => Date.now() - 11_000 });
	const key = freshKey();
	await renewOnce(key, came('old'), renew);
	await renewOnce(key, came('old'), renew);
	expect(count()).toBe(2);
});

test('a failure answers for a second, to callers with the same inputs alone', async () => {
	const key = freshKey();
	let attempts = 0;
	const failing = async () => {
		attempts++;
		return await Promise.reject<Renewal>(new Error('down'));
	};
	for (let caller = 0; caller < 50; caller++) {
		await expect(renewOnce(key, came(''), failing)).rejects.toThrow('down');
	}
	expect(attempts).toBe(1);
	const { renew, count } = tokens();
	await renewOnce(freshKey(), came(''), renew);
	expect(count()).toBe(1);
	const clock = movableClock();
	try {
		clock.advance(1.001);
		expect((await renewOnce(key, came(''), renew)).accessToken).toBe('token 2');
	} finally {
		clock.restore();
	}
});

test('a renewal that never ends is waited for by nobody who comes after its limit', async () => {
	const key = freshKey();
	let settle = (_: Renewal): void => undefined;
	const hanging = renewOnce(
		key,
		came(''),
		async () => await new Promise<Renewal>((resolve) => (settle = resolve)),
	);
	const { renew, count } = tokens();
	const clock = movableClock();
	try {
		clock.advance(60.001);
		expect((await renewOnce(key, came(''), renew)).accessToken).toBe('token 1');
		// What comes of the first in the end replaces nothing.
		settle({
			accessToken: 'late',
			record: { issuedAt: Date.now(), lifetime: 3_600_000, inputs: [] },
		});
		expect((await hanging).accessToken).toBe('late');
		expect((await renewOnce(key, came(''), renew)).accessToken).toBe('token 1');
	} finally {
		clock.restore();
	}
	expect(count()).toBe(1);
});

test('a lasting failure is remembered for as long as it says', async () => {
	const key = freshKey();
	let searches = 0;
	const failing = async (): Promise<Renewal> => {
		searches++;
		return await Promise.reject(new LastingFailure('none of the ways', 60_000));
	};
	await expect(renewOnce(key, came(''), failing)).rejects.toThrow('none of the ways');
	await expect(renewOnce(key, came(''), failing)).rejects.toThrow('none of the ways');
	expect(searches).toBe(1);
	const clock = movableClock();
	clock.advance(61);
	await expect(renewOnce(key, came(''), failing)).rejects.toThrow('none of the ways');
	clock.restore();
	expect(searches).toBe(2);
});

test.each([-3_600, 3_600])(
	'a clock that somebody sets by %d s neither keeps a failure nor doubles an exchange',
	async (seconds) => {
		const [key, other] = [freshKey(), freshKey()];
		const down = async () => await Promise.reject<Renewal>(new Error('down'));
		await expect(renewOnce(key, came(''), down)).rejects.toThrow('down');
		const [next, shared] = [tokens(), tokens()];
		const clock = movableClock();
		try {
			const first = renewOnce(other, came(''), shared.renew);
			clock.set(seconds);
			await Promise.all([first, renewOnce(other, came(''), shared.renew)]);
			expect(shared.count()).toBe(1);
			clock.advance(1.001);
			expect((await renewOnce(key, came(''), next.renew)).accessToken).toBe('token 1');
		} finally {
			clock.restore();
		}
	},
);
