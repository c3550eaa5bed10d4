import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { RequestFailed, sortError } from '../../nodes/Appspace/transport/failure.ts';
import {
	HeldCredential,
	withHeldCredential,
} from '../../nodes/Appspace/transport/heldCredential.ts';
import { movableClock } from '../support/movableClock.mts';

const record = (issuedAt: number) => JSON.stringify({ issuedAt, inputs: [] });

/** A credential whose hook has put in tokens 1 to `last`. */
async function renewed(last: number, fields: Record<string, string>): Promise<HeldCredential> {
	const held = new HeldCredential(async () => ({ ...fields, accessToken: 'token 0' }));
	for (let nth = 1; nth <= last; nth++) {
		const copy = await held.copy();
		Object.assign(copy, { accessToken: `token ${nth}`, accessTokenRecord: record(nth) });
		held.adopt(copy);
	}
	return held;
}

const fields = { subjectId: 'subject', refreshToken: 'refresh', apiKey: 'key' };

test('every secret that a run has seen is known, the SubjectId apart', async () => {
	const held = await renewed(3, fields);
	const tokens = ['token 0', 'token 1', 'token 2', 'token 3', 'refresh', 'key'];
	expect(held.tokens().sort()).toEqual(tokens.sort());
	expect(held.secrets().sort()).toEqual([...tokens, 'subject'].sort());
});

test('a token that the hook replaced before anything was adopted is known as well', async () => {
	const held = new HeldCredential(async () => ({ ...fields, accessToken: '' }));
	const copy = await held.copy();
	Object.assign(copy, {
		accessToken: 'first',
		refreshToken: 'rotated',
		accessTokenRecord: record(1),
	});
	Object.assign(copy, { accessToken: 'second', accessTokenRecord: record(2) });
	held.adopt(copy);
	expect(held.tokens()).toEqual(expect.arrayContaining(['first', 'second', 'refresh', 'rotated']));
	expect({ ...copy }).toMatchObject({ accessToken: 'second', refreshToken: 'rotated' });
});

test('a run without end remembers the newest, and what is still in use', async () => {
	const held = await renewed(1_000, fields);
	expect(held.tokens().length).toBeLessThanOrEqual(100);
	expect(held.tokens()).toEqual(
		expect.arrayContaining(['token 1000', 'token 999', 'token 950', 'refresh', 'key']),
	);
	expect(held.tokens()).not.toContain('token 1');
});

test('a credential that n8n cannot decrypt is not taken for a bad certificate', async () => {
	const [key, other] = [randomBytes(32), randomBytes(32)];
	const held = new HeldCredential(async () => {
		const cause = decryptionError(key, other);
		throw Object.assign(new Error('Credentials could not be decrypted.'), { cause });
	});
	const failure = await held.copy().catch(sortError);
	expect(failure).toMatchObject({ kind: 'access', message: 'Credentials could not be decrypted.' });
});

/** What OpenSSL throws after the key has changed, as n8n gets it: one try in 256 throws nothing. */
function decryptionError(key: Buffer, other: Buffer): unknown {
	for (;;) {
		const iv = randomBytes(16);
		const cipher = createCipheriv('aes-256-cbc', key, iv);
		const encrypted = Buffer.concat([cipher.update('{}'), cipher.final()]);
		const decipher = createDecipheriv('aes-256-cbc', other, iv);
		decipher.update(encrypted);
		try {
			decipher.final();
		} catch (error) {
			return error;
		}
	}
}

test.each([-3_600, 3_600])(
	'a 401 on a fresh token stops renewals for five seconds, though somebody sets the clock by %d s',
	async (seconds) => {
		const held = new HeldCredential(async () => ({ ...fields, baseUrl: 'https://a.example' }));
		const renews: unknown[] = [];
		const send = async () =>
			await withHeldCredential(held)({ path: '' }, async ({ renewsOn401 }) => {
				renews.push(renewsOn401);
				throw new RequestFailed({ kind: 'status', status: 401, serverMessage: '' });
			}).catch(() => undefined);
		const clock = movableClock();
		try {
			await send();
			clock.set(seconds);
			await send();
			clock.advance(5.001);
			await send();
			expect(renews).toEqual([true, false, true]);
		} finally {
			clock.restore();
		}
	},
);
