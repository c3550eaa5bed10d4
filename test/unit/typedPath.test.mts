import fc from 'fast-check';
import { RequestFailed } from '../../nodes/Appspace/transport/failure.ts';
import { sentPath, typedPath } from '../../nodes/Appspace/transport/typedPath.ts';

const sent = (text: string) => {
	const { segments, query } = typedPath(text);
	return sentPath(segments, query);
};

it.each([
	['devices', 'devices'],
	['/devices', 'devices'],
	['/api/v3/devices', 'devices'],
	['api/v3/devices/', 'devices/'],
	['/API/V3/Devices', 'Devices'],
	[' users/me ', 'users/me'],
	['devices?status=Online&limit=5', 'devices?status=Online&limit=5'],
	['devices?a=b?c', 'devices?a=b%3Fc'],
	['users/with space', 'users/with%20space'],
	['users/with%20space', 'users/with%20space'],
	['items(1);v=2/a:b@c', 'items(1)%3Bv%3D2/a%3Ab%40c'],
	['files/a..b/...', 'files/a..b/...'],
	['grüße', 'gr%C3%BC%C3%9Fe'],
	['api/v3/api/v3/x', 'api/v3/x'],
])('%j is sent as %j', (text, path) => expect(sent(text)).toBe(path));

it.each([
	...['', '/', '/api/v3/', 'api/v3', '..', '.', 'devices/..', '../v2/devices', 'a/./b', 'a//b'],
	...['/api/v3/../../admin', '%2e%2e/x', '%2E%2e%2fx', 'a/%252e%252e/b', '%25252e%25252e', '.%2e'],
	...['a%2fb', 'a%5cb', 'a\\b', '\\\\evil.example', '//evil.example/x', 'https://evil.example/x'],
	...['HTTP://evil.example', 'javascript:alert(1)', 'a\r\nHost: evil', 'a\0', 'a%0d%0ab', 'a%00'],
	...['a#b', 'a%', '%zz', '\ud800', ' .. /x', 'a/ . /b', '..;/x#'],
])('%j is refused', (text) => {
	expect(() => sent(text)).toThrow(RequestFailed);
});

/** What servers and proxies were seen to take a path for. */
const readings = (path: string): string[] => {
	const all = [path];
	for (let times = 0; times < 4; times++) {
		try {
			all.push(decodeURIComponent(all.at(-1)!));
		} catch {
			break;
		}
	}
	return all;
};

it('whatever is typed stays below /api/v3/, however often it is decoded', () => {
	const parts = fc.constantFrom(
		...['..', '.', '/', '\\', '%2e', '%252e', '%2f', '%5C', '%252f', '?', '#', '@', ':', ';', '%'],
		...[
			'a',
			'api',
			'v3',
			'http:',
			'//host',
			'\r\n',
			'\0',
			'\t',
			' ',
			'\ud83d',
			'．',
			'\u2025',
			'{id}',
		],
	);
	const text = fc.oneof(
		fc.array(parts, { maxLength: 12 }).map((chosen) => chosen.join('')),
		fc.string({ unit: 'binary', maxLength: 40 }),
		fc.webUrl({ withQueryParameters: true, withFragments: true }),
	);
	let accepted = 0;
	fc.assert(
		fc.property(text, (typed) => {
			let path: string;
			try {
				path = sent(typed);
			} catch (error) {
				if (error instanceof RequestFailed) return;
				throw error;
			}
			accepted++;
			for (const reading of readings(path.split('?')[0]!)) {
				const url = new URL(`http://tenant.example/api/v3/${reading}`);
				expect(url.host).toBe('tenant.example');
				expect(url.pathname).toMatch(/^\/api\/v3\/./);
				expect(reading.split(/[\\/]/).some((part) => /^\s*\.\.?\s*$/.test(part))).toBe(false);
			}
			expect(new URL(`http://t/api/v3/${path}`).pathname).toBe(`/api/v3/${path.split('?')[0]}`);
		}),
		{ numRuns: 5_000 },
	);
	expect(accepted).toBeGreaterThan(100);
});

it('a value that a placeholder is filled with is one part of the path', () => {
	for (const value of [
		'..',
		'.',
		' .. ',
		'a/b',
		'a\\b',
		'%2e%2e',
		'%252e%252e',
		'a\nb',
		' ',
		'%20',
		'\udc00',
	]) {
		expect(() => sentPath(['devices', value])).toThrow(RequestFailed);
	}
	expect(sentPath(['devices', 'a?b#c d'])).toBe('devices/a%3Fb%23c%20d');
});
