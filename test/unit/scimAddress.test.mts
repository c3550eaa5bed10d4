import { isBelow } from '../../credentials/auth/baseUrl.ts';
import { authorizeScim, normalizeScimUrl, readScimInputs } from '../../credentials/auth/scim.ts';

describe('the address of SCIM', () => {
	it.each([
		['cloud.appspace.com', 'https://cloud.appspace.com/identity/scim'],
		['https://cloud.appspace.com/', 'https://cloud.appspace.com/identity/scim'],
		[' https://cloud.appspace.com/identity/scim// ', 'https://cloud.appspace.com/identity/scim'],
		['https://x.appspace.com/own/path?q#h', 'https://x.appspace.com/own/path'],
		['127.0.0.1:4010', 'https://127.0.0.1:4010/identity/scim'],
	])('%s', (typed, address) => {
		expect(normalizeScimUrl(typed)).toBe(address);
		expect(normalizeScimUrl(address)).toBe(address);
	});

	it.each([
		['https://h/identity/scim/Users', true],
		['https://h/identity/scim', true],
		['https://h/identity/scimitar', false],
		['https://h/identity/scim/../../api/v3', false],
		['https://h/identity/scim/%2e%2e/%2E%2E/api/v3', false],
		['https://h/identity/scim\\..\\..\\api', false],
		['https://h:444/identity/scim/Users', false],
		['http://h/identity/scim/Users', false],
		['https://h@elsewhere/identity/scim/Users', false],
		['//elsewhere/identity/scim/Users', false],
	])('%s is below it: %s', (address, is) => {
		expect(isBelow('https://h/identity/scim', address)).toBe(is);
	});

	it('the token is added for addresses below it and for no other, however they are put together', () => {
		const data = { baseUrl: 'h', scimToken: 'secret-token' };
		const add = (request: object) => authorizeScim(data, request as never);
		expect(add({ baseURL: 'h', url: '/Users' })).toMatchObject({
			url: 'https://h/identity/scim/Users',
			headers: { Authorization: 'Bearer secret-token' },
			maxRedirects: 0,
		});
		for (const request of [
			{ baseURL: 'h', url: '../../api' },
			{ baseURL: 'h', url: '//elsewhere/identity/scim' },
			{ baseURL: 'elsewhere', url: 'Users' },
			{ baseURL: 'h', url: 'https://elsewhere/identity/scim' },
			{ uri: 'https://h/api/v3/users' },
			{ url: '' },
		]) {
			expect(() => add(request)).toThrow('only for addresses below its Base URL');
		}
		expect(() => readScimInputs({ baseUrl: 'h', scimToken: 'a b' })).toThrow(/invalid characters/);
	});
});
