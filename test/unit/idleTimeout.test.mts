import { DeadlinePassed, withIdleTimeout } from '../../credentials/auth/deadline.ts';
import { movableClock } from '../support/movableClock.mts';

test('a silent stream ends after its limit, though somebody sets the clock back meanwhile', async () => {
	const clock = movableClock();
	const silent = async function* () {
		yield 'piece';
		await new Promise(setImmediate);
		clock.set(-3_600);
		await new Promise(() => undefined);
	};
	const pieces: string[] = [];
	const read = async () => {
		for await (const piece of withIdleTimeout(silent(), { idle: 300, whole: 60_000 })) {
			pieces.push(piece);
		}
	};
	try {
		await expect(read()).rejects.toThrow(DeadlinePassed);
		expect(pieces).toEqual(['piece']);
	} finally {
		clock.restore();
	}
});
