import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { hideSecrets, quotable, redactJson } from '../../nodes/Appspace/transport/redaction.ts';
import { LONGEST_BLOCK, longestBlock } from '../support/longestBlock.mts';

const jwt = (subject: string): string =>
	[
		{ alg: 'RS256', typ: 'JWT', kid: 'a-key-that-signs-every-token' },
		{ sub: subject, exp: 9 },
	]
		.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.concat(randomBytes(32).toString('base64url'))
		.join('.');

/** How servers, proxies and logs spell what they got. */
const SPELLINGS: Record<string, (secret: string) => string> = {
	'as it is': (secret) => secret,
	'in upper case': (secret) => secret.toUpperCase(),
	'in lower case': (secret) => secret.toLowerCase(),
	'URL-encoded': encodeURIComponent,
	'URL-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
	'percent-encoded throughout': (secret) =>
		[...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
	'as JSON with \\/': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
	'as JSON in JSON': (secret) =>
		JSON.stringify(JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')).slice(1, -1),
	'as JSON with \\u': (secret) =>
		secret.replace(/\W/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
	'as HTML': (secret) =>
		secret.replace(/[/+=&<>]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`),
	'as HTML in decimals': (secret) => secret.replace(/\W/g, (sign) => `&#${sign.charCodeAt(0)};`),
	'in Base64': (secret) => Buffer.from(secret).toString('base64'),
	'in Base64 for addresses': (secret) => Buffer.from(secret).toString('base64url'),
};

const SECRETS: Record<string, string> = {
	'a GUID': randomUUID(),
	'a JWT': jwt('me'),
	'random bytes': `${randomBytes(30).toString('base64')}/+a/b=&c`,
	'a short key': 'k3y/w+th',
	'a key that is not ASCII': 'schlüssel-für-appspace',
};

describe.each(Object.entries(SECRETS))('%s', (_, secret) => {
	test.each(Object.entries(SPELLINGS))('%s is hidden, and nothing around it', (_name, spell) => {
		const hide = hideSecrets([secret]);
		expect(hide(`before ${spell(secret)} after`)).toBe('before *** after');
		expect(hide(spell(secret))).toBe('***');
		expect(hide(`"${spell(secret)}"`)).toBe('"***"');
	});

	test('is hidden each time, also where it follows itself', () => {
		expect(hideSecrets([secret])(`${secret} and ${secret}${secret}`)).toBe('*** and ***');
	});
});

describe('a secret that is cut short', () => {
	const secret = randomUUID();

	test('is hidden from 16 characters on', () => {
		const hide = hideSecrets([secret]);
		for (let length = 16; length < secret.length; length++) {
			expect(hide(`ends with ${secret.slice(0, length)}...`)).toBe('ends with ***...');
			const upper = secret.slice(0, length).toUpperCase();
			expect(hide(upper)).toBe('***');
		}
		expect(hide(secret.slice(0, 15))).toBe(secret.slice(0, 15));
	});

	test('is hidden where the part of it is URL-encoded', () => {
		const key = 'abc/def+ghi/jkl+mno/pqr+stu';
		const encoded = encodeURIComponent(key).slice(0, 30);
		expect(hideSecrets([key])(`${encoded}…`)).toBe('***…');
	});

	test('is hidden without its hyphens', () => {
		expect(hideSecrets([secret])(secret.replaceAll('-', ''))).toBe('***');
	});
});

describe('a JWT', () => {
	const [mine, other] = [jwt('me'), jwt('somebody else')];
	const hide = hideSecrets([mine]);
	const header = mine.slice(0, mine.indexOf('.') + 1);

	test('does not hide the header that other tokens have as well', () => {
		expect(hide(other)).toBe(other);
		expect(hide(header)).toBe(header);
	});

	test('is hidden from 16 characters after its header on', () => {
		expect(hide(mine.slice(0, header.length + 16))).toBe('***');
		expect(hide(mine.slice(0, header.length + 15))).toBe(mine.slice(0, header.length + 15));
	});

	test('is hidden without its header, and its signature alone', () => {
		expect(hide(mine.slice(header.length))).toBe('***');
		expect(hide(String(mine.split('.')[2]))).toBe('***');
	});
});

test('a key that was typed with a prefix is hidden without it', () => {
	expect(hideSecrets(['ApiKey 0123456789abcdef'])('0123456789abcdef?')).toBe('***?');
});

test('what is typed with blanks around it is hidden without them', () => {
	expect(hideSecrets([' 0123456789abcdef\n'])('0123456789abcdef')).toBe('***');
});

test('a key with dots in it is no JWT', () => {
	expect(hideSecrets(['abc.def.ghi'])('abc.def.ghi')).toBe('***');
});

test('empty and short values hide nothing', () => {
	expect(hideSecrets(['', ' ', 'a', 'short'])('a short text')).toBe('a short text');
	expect(hideSecrets([])('text')).toBe('text');
});

test('a prefix of two secrets is hidden as long as it fits either', () => {
	const [one, two] = ['0123456789abcdef-one', '0123456789abcdef-second'];
	const hide = hideSecrets([one, two]);
	expect(hide(two)).toBe('***');
	expect(hide(`${one}!`)).toBe('***!');
});

/** Nothing that a server does to a secret in one text makes 16 characters of it appear. */
test('property: no spelling in any surroundings shows a secret', () => {
	const secret = fc.string({
		minLength: 20,
		maxLength: 80,
		unit: fc.constantFrom(...'abcXYZ0189-_./+=~'),
	});
	const spelling = fc.constantFrom(...Object.keys(SPELLINGS));
	const noise = fc.string({ unit: 'binary', maxLength: 30 });
	fc.assert(
		fc.property(secret, spelling, noise, noise, fc.nat(), (text, name, before, after, cut) => {
			const spelled = SPELLINGS[name]?.(text) ?? '';
			const part = spelled.slice(0, spelled.length - (cut % 5));
			const shown = hideSecrets([text])(`${before} ${part} ${after}`);
			expect(shown).not.toContain(part);
			if (!/[%\\&]/.test(before)) expect(shown.startsWith(before)).toBe(true);
			expect(shown.endsWith(` ${after}`)).toBe(true);
		}),
		{ numRuns: 2_000 },
	);
});

test('property: a text without a secret stays as it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
			expect(hideSecrets([randomUUID(), jwt('me')])(text)).toBe(text);
		}),
	);
});

describe('quotable', () => {
	test('hides any bearer token, cuts to 300 characters, and hides before it cuts', () => {
		expect(quotable('Bad: Bearer abc.def, again', [])).toBe('Bad: Bearer ***, again');
		const secret = randomUUID();
		const text = quotable('x'.repeat(290) + secret + 'y'.repeat(1_000_000), [secret]);
		expect(text).toBe(`${'x'.repeat(290)}***yyyyyyy`);
	});
});

describe('redactJson', () => {
	const secret = randomUUID();

	test('replaces texts and names at any depth, and says so', async () => {
		const json = { a: [`Bearer ${secret}`, 7, null], [secret]: { b: secret.toUpperCase() } };
		expect(await redactJson(json, [secret])).toEqual({
			json: { a: ['Bearer ***', 7, null], '***': { b: '***' } },
			isRedacted: true,
		});
		expect(await redactJson(secret, [secret])).toEqual({ json: '***', isRedacted: true });
	});

	test('leaves everything else as it is', async () => {
		const json = { a: ['x', true, null, 1.5], b: { c: {} } };
		expect(await redactJson(json, [secret])).toEqual({ json, isRedacted: false });
		for (const value of [undefined, null, 7, 'text']) {
			expect(await redactJson(value, [secret])).toEqual({ json: value, isRedacted: false });
		}
	});

	test('goes deeper than the call stack, and pollutes nothing', async () => {
		const deep = JSON.parse(`${'['.repeat(100_000)}"${secret}"${']'.repeat(100_000)}`) as unknown;
		expect((await redactJson(deep, [secret])).isRedacted).toBe(true);
		const odd = JSON.parse(`{"__proto__":"${secret}","constructor":{"x":"${secret}"}}`) as object;
		const { json } = await redactJson(odd, [secret]);
		expect(Object.entries(json as object)).toEqual([
			['__proto__', '***'],
			['constructor', { x: '***' }],
		]);
		expect(({} as { x?: unknown }).x).toBeUndefined();
	});

	test('lets n8n have a turn while it goes through a large answer', async () => {
		const json = Array.from({ length: 200_000 }, () => ({
			id: randomUUID(),
			address: 'https://example.com/path%20x?y=1&z=2',
			text: 'a longer text that says nothing of note, again and again',
		}));
		const secrets = [secret, jwt('me'), jwt('you')];
		expect(await longestBlock(() => redactJson(json, secrets))).toBeLessThan(LONGEST_BLOCK);
	});
});

test('a long text is searched in no time', () => {
	const secrets = Array.from({ length: 20 }, () => jwt(randomUUID()));
	const hostile = ['aaaaaaaaaaaaaaaaaaaa'.repeat(100), ...secrets];
	// Processor time, because other tests run at the same time.
	const began = process.cpuUsage();
	for (const piece of ['%25', '\\', 'a', '&#', '&#x41;', 'eyJ', '%61', `${randomUUID()} `]) {
		const text = piece.repeat(1_000_000 / piece.length);
		expect(hideSecrets(hostile)(text).length).toBeGreaterThan(0);
	}
	expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
});
