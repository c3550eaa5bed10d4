import fc from 'fast-check';
import { isWithin, normalizeBaseUrl } from '../../credentials/auth/baseUrl.ts';

describe('normalizeBaseUrl', () => {
	test.each([
		['https://api.cloud.appspace.com', 'https://api.cloud.appspace.com'],
		['api.cloud.appspace.com', 'https://api.cloud.appspace.com'],
		['  https://app1.cloud.appspace.com///  ', 'https://app1.cloud.appspace.com'],
		[
			'https://acme.cloud.appspace.com/api/v3/channelDirectory?limit=1',
			'https://acme.cloud.appspace.com',
		],
		['acme.cloud.appspace.com/console/#/home', 'https://acme.cloud.appspace.com'],
		['HTTPS://ACME.Cloud.Appspace.com:443/', 'https://acme.cloud.appspace.com'],
		['signage.example.com:8443', 'https://signage.example.com:8443'],
		['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
		['http://localhost:4010/api/v3', 'http://localhost:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
	])('takes %s as %s', (typed, origin) => {
		expect(normalizeBaseUrl(typed)).toBe(origin);
	});

	test.each([
		['', 'The Base URL is empty'],
		['   ', 'The Base URL is empty'],
		[undefined, 'The Base URL is empty'],
		['http://api.cloud.appspace.com', 'must start with https://'],
		['http://127.0.0.1.example.com', 'must start with https://'],
		['http://localhost.example.com', 'must start with https://'],
		['ftp://api.cloud.appspace.com', 'must start with https://'],
		['javascript:alert(1)', 'not a web address'],
		['https://', 'not a web address'],
		['https://exa mple.com', 'not a web address'],
		['https://user:pass@api.cloud.appspace.com', 'contains a user name or password'],
	])('refuses %p: %s', (typed, sentence) => {
		expect(() => normalizeBaseUrl(typed)).toThrow(sentence);
	});

	test('whatever is typed gives an origin that stays as it is, or a sentence without what was typed', () => {
		const typed = fc.oneof(
			fc.string(),
			fc.webUrl(),
			fc
				.tuple(fc.constantFrom('https://', 'http://', '', '//'), fc.domain(), fc.webPath())
				.map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(typed, (text) => {
				const origin = outcome(text);
				if (origin instanceof Error) {
					if (text.trim().length > 12) expect(origin.message).not.toContain(text.trim());
					return;
				}
				expect(new URL(origin).origin).toBe(origin);
				expect(normalizeBaseUrl(origin)).toBe(origin);
				expect(origin).toMatch(/^https:\/\/|^http:\/\/(localhost|127\.|\[::1\])/);
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('isWithin', () => {
	const origin = 'https://api.cloud.appspace.com';

	test.each([
		['https://api.cloud.appspace.com/api/v3/users', undefined, true],
		['/api/v3/users', origin, true],
		['https://API.cloud.appspace.com:443/x', undefined, true],
		['https://api.cloud.appspace.com.example.com/', undefined, false],
		['https://api.cloud.appspace.com@example.com/', undefined, false],
		['http://api.cloud.appspace.com/', undefined, false],
		['//example.com/x', origin, false],
		['https:/example.com/x', origin, false],
		['https:example.com/x', origin, false],
		['HTTPS:\\\\example.com/x', origin, false],
		[' https:/example.com/x', origin, false],
		['ht\ntps:/example.com/x', origin, false],
		['http:/api.cloud.appspace.com/x', origin, false],
		['https:/api.cloud.appspace.com/x', origin, true],
		['javascript:alert(1)', origin, false],
		['x', origin, true],
		['https://example.com\\@api.cloud.appspace.com', undefined, false],
	])('%s relative to %s: %s', (url, base, expected) => {
		expect(isWithin(origin, url, base)).toBe(expected);
	});
});

function outcome(text: string): string | Error {
	try {
		return normalizeBaseUrl(text);
	} catch (error) {
		return error as Error;
	}
}
