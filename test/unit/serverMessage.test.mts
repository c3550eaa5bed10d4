import fc from 'fast-check';
import { messageIn } from '../../nodes/Appspace/transport/serverMessage.ts';
import { REFUSED } from '../support/refusals.mts';

describe('the reason in a refusal', () => {
	it.each(REFUSED)('%s', (_, body, message) => {
		expect(messageIn(body)).toBe(message);
	});

	it('is found whatever the case of the names', () => {
		const upper = (value: unknown): unknown =>
			typeof value !== 'object' || value === null || Array.isArray(value)
				? Array.isArray(value)
					? value.map(upper)
					: value
				: Object.fromEntries(
						Object.entries(value).map(([name, member]) => [name.toUpperCase(), upper(member)]),
					);
		for (const [, body, message] of REFUSED) {
			expect(messageIn(upper(body)).toLowerCase()).toBe(message.toLowerCase());
		}
	});

	it('is one line without control characters, whatever comes', () => {
		fc.assert(
			fc.property(fc.anything(), fc.string({ unit: 'binary' }), (body, text) => {
				for (const value of [body, text, { message: text }, { errors: body }, [text]]) {
					expect(messageIn(value)).not.toMatch(/[\p{Cc}\u202e]/u);
				}
			}),
		);
	});

	it('is cut between words, so that half a secret is never shown', () => {
		const secret = 'x'.repeat(2_000);
		const message = messageIn({ message: `${'word '.repeat(700)}${secret} end` });
		expect(message).not.toContain('x');
		expect(message.length).toBeGreaterThan(3_000);
	});
});
