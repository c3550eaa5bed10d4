import fc from 'fast-check';
import { path } from '../../nodes/Appspace/transport/path.ts';
import { RequestFailed } from '../../nodes/Appspace/transport/failure.ts';

const origin = 'https://tenant.example.com';
const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({
		unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'E', '?', '#', ' ', '\t', '@', ':'),
	}),
);

test('a value never leaves its segment: it is refused or comes back as it was', () => {
	fc.assert(
		fc.property(text, text, (first, second) => {
			let built: string;
			try {
				built = path`users/usergroups/${first}/members/${second}/x`;
			} catch (error) {
				expect(error).toBeInstanceOf(RequestFailed);
				return;
			}
			const url = new URL(`${origin}/api/v3/${built}`);
			expect(url.origin).toBe(origin);
			expect([url.search, url.hash]).toEqual(['', '']);
			expect(url.pathname.split('/').map(decodeURIComponent)).toEqual([
				'',
				'api',
				'v3',
				'users',
				'usergroups',
				first.trim(),
				'members',
				second.trim(),
				'x',
			]);
		}),
		{ numRuns: 1_000 },
	);
});

test.each(['', ' ', '.', '..', ' .. ', '\ud800', '\udc00x'])('%j is no segment', (value) => {
	expect(() => path`users/${value}`).toThrow(
		expect.objectContaining({ failure: expect.objectContaining({ kind: 'input' }) }),
	);
});

test.each([
	['..%2f..', '..%252f..'],
	['...', '...'],
	['a b', 'a%20b'],
	['受付', '%E5%8F%97%E4%BB%98'],
	['😀', '%F0%9F%98%80'],
])('%j becomes %s', (value, encoded) => {
	expect(path`users/${value}`).toBe(`users/${encoded}`);
});

test('an ordinary ID stays as it is', () => {
	fc.assert(fc.property(fc.uuid(), (id) => expect(path`a/${id}/b`).toBe(`a/${id}/b`)));
});
