import fc from 'fast-check';
import {
	fingerprint,
	isBound,
	isFresh,
	readInputs,
	readRecord,
} from '../../credentials/auth/accessToken.ts';
import { readExchange } from '../../credentials/auth/tokenExchange.ts';

const inputs = {
	baseUrl: 'api.cloud.appspace.com/',
	subjectId: ' subject ',
	refreshToken: 'refresh',
};

describe('readInputs', () => {
	test('trims and normalizes, so that the same inputs have the same fingerprint however typed', () => {
		const typed = readInputs(inputs);
		const tidy = readInputs({
			baseUrl: 'https://api.cloud.appspace.com',
			authentication: 'applicationToken',
			subjectId: 'subject',
			refreshToken: 'refresh',
		});
		expect(fingerprint(typed)).toBe(fingerprint(tidy));
	});

	test.each([
		[{ ...inputs, subjectId: ' ' }, 'The SubjectId is empty. Copy it from the Appspace console'],
		[{ ...inputs, refreshToken: '' }, 'The RefreshToken is empty'],
		[{ ...inputs, authentication: 'apiKey', apiKey: '' }, 'The API Key is empty'],
		[{ ...inputs, baseUrl: '' }, 'The Base URL is empty'],
	])('names the field that is missing', (data, sentence) => {
		expect(() => readInputs(data)).toThrow(sentence);
	});

	test('every input changes the fingerprint', () => {
		const changed = [
			inputs,
			{ ...inputs, baseUrl: 'https://app1.cloud.appspace.com' },
			{ ...inputs, subjectId: 'other' },
			{ ...inputs, refreshToken: 'other' },
			{ ...inputs, authentication: 'apiKey', apiKey: 'refresh' },
			{ ...inputs, authentication: 'apiKey', apiKey: 'refresh', apiKeyPlacement: 'query' },
		].map((data) => fingerprint(readInputs(data)));
		expect(new Set(changed).size).toBe(changed.length);
	});
});

describe('the record beside a token', () => {
	test('binds the token to its inputs, and is nothing when it cannot be read', () => {
		const mine = readInputs(inputs);
		const stored = JSON.stringify({ issuedAt: 1, inputs: [fingerprint(mine)] });
		expect(isBound(readRecord({ accessTokenRecord: stored }), mine)).toBe(true);
		expect(isBound(readRecord({ accessTokenRecord: stored }), { ...mine, baseUrl: 'x' })).toBe(
			false,
		);
		for (const broken of [
			'',
			'{',
			'null',
			'[]',
			'{"issuedAt":"x","inputs":[]}',
			'{"issuedAt":1}',
			7,
		]) {
			expect(readRecord({ accessTokenRecord: broken })).toBeUndefined();
		}
	});
});

describe('isFresh', () => {
	const hour = 3_600_000;
	const token = (lifetime?: number) => ({ issuedAt: 1_000_000, lifetime, inputs: [] });

	test.each([
		['just issued', hour, 0, true],
		['61 s before its end', hour, hour - 61_000, true],
		['59 s before its end', hour, hour - 59_000, false],
		['a short one, before a tenth of its end', 10_000, 8_900, true],
		['a short one, within a tenth of its end', 10_000, 9_100, false],
		['of unknown lifetime, a year old', undefined, 365 * 24 * hour, true],
		['stored by a clock that was an hour ahead', hour, -hour, false],
		['stored by a clock that was a second ahead', hour, -1_000, true],
	])('a token %s', (_name, lifetime, age, expected) => {
		expect(isFresh(token(lifetime), 1_000_000 + age)).toBe(expected);
	});

	test('right after an exchange it holds whatever lifetime was announced: no loop', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: false }), (lifetime) => {
				expect(isFresh(token(lifetime), 1_000_000)).toBe(true);
			}),
		);
	});
});

describe('readExchange', () => {
	const jwt = (payload: object) =>
		`e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;

	test.each([
		['a number', 3600, 3_600_000],
		['numeric text', '3600', 3_600_000],
		['a fraction', 0.5, 500],
	])('takes expiresIn as %s', (_name, expiresIn, lifetime) => {
		expect(readExchange({ accessToken: 'a', expiresIn }).lifetime).toBe(lifetime);
	});

	test.each([undefined, null, '', 'soon', -1, 0, NaN, {}, '1 hour', Infinity])(
		'falls back to exp - iat of the token when expiresIn is %p',
		(expiresIn) => {
			const accessToken = jwt({ iat: 5_000, exp: 5_900 });
			expect(readExchange({ accessToken, expiresIn }).lifetime).toBe(900_000);
		},
	);

	test('does not know the lifetime when nothing tells it', () => {
		for (const accessToken of ['opaque', jwt({}), jwt({ exp: 9 }), jwt({ iat: 9, exp: 3 })]) {
			expect(readExchange({ accessToken }).lifetime).toBeUndefined();
		}
	});

	test.each([undefined, null, 'html', [], {}, { accessToken: '' }, { accessToken: 7 }])(
		'takes %p for no Appspace',
		(body) => {
			expect(() => readExchange(body)).toThrow('not as an Appspace API does');
		},
	);
});

describe('the inputs of an API key', () => {
	const key = { baseUrl: 'api.cloud.appspace.com', authentication: 'apiKey', apiKey: 'Key abc' };
	const inHeader = (apiKeyName: string) =>
		readInputs({ ...key, apiKeyPlacement: 'header', apiKeyName });

	test.each(['X-Api-Key', 'Authorization', ' X-Tenant.Key_1\n', ''])('takes %j', (name) => {
		expect(inHeader(name)).toMatchObject({ name: name.trim(), placement: 'header' });
	});

	test.each(['X Api Key', 'X-Api-Key:', 'X-Api\nKey', 'X-Api\r\nEvil: 1', 'Schlüssel', 'a\u0000b'])(
		'refuses the header name %j and says so',
		(name) => {
			expect(() => inHeader(name)).toThrow(/"Header or Parameter Name" contains a character/);
		},
	);

	test.each(['Host', 'content-length', 'Transfer-Encoding', 'Connection', 'Proxy-Authorization'])(
		'refuses the header %s, which n8n sets itself',
		(name) => {
			expect(() => inHeader(name)).toThrow(`"Header or Parameter Name" is ${name}`);
		},
	);

	test('takes any name for a query parameter', () => {
		const query = { ...key, apiKeyPlacement: 'query', apiKeyName: 'api key' };
		expect(readInputs(query)).toMatchObject({ name: 'api key' });
	});

	test.each(['abc\ndef', 'abc\u0000', 'schlüssel', '“abc”'])('refuses the key %j', (apiKey) => {
		expect(() => readInputs({ ...key, apiKey })).toThrow('The API Key contains invalid characters');
	});

	test('refuses a way of sending that does not exist', () => {
		expect(() => readInputs({ ...key, apiKeyPlacement: 'cookie' })).toThrow(
			'"Send API Key As" is not one of its options',
		);
	});
});

describe('lifetimes that no clock reaches', () => {
	const year = 365 * 24 * 3_600_000;

	test.each([1e306, '1e306', 1e9, Number.MAX_VALUE])('%p s is cut to a year', (expiresIn) => {
		expect(readExchange({ accessToken: 'a', expiresIn }).lifetime).toBe(year);
	});

	test('so is that of a token, and what is stored', () => {
		const payload = Buffer.from('{"iat":1,"exp":1e300}').toString('base64url');
		expect(readExchange({ accessToken: `e30.${payload}.x` }).lifetime).toBe(year);
		const stored = (lifetime: string) =>
			readRecord({ accessTokenRecord: `{"issuedAt":1,"inputs":[],"lifetime":${lifetime}}` })
				?.lifetime;
		expect(['1e306', 'null', '-5', '"x"', '7'].map(stored)).toEqual([
			year,
			undefined,
			undefined,
			undefined,
			7,
		]);
	});

	test('every lifetime survives being stored', () => {
		fc.assert(
			fc.property(fc.double(), (expiresIn) => {
				const { lifetime } = readExchange({ accessToken: 'a', expiresIn });
				const stored = JSON.stringify({ issuedAt: 1, inputs: [], lifetime });
				expect(readRecord({ accessTokenRecord: stored })?.lifetime).toBe(lifetime);
			}),
		);
	});
});
