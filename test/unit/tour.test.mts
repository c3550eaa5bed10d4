import { tableLines } from '../../scripts/tour/table.mts';
import { credentialIn } from '../../scripts/tour/tenant.mts';

describe('a table', () => {
	it('is aligned, numbers to the right', () => {
		expect(
			tableLines({
				columns: ['Name', 'Items'],
				rows: [
					['Lobby', 4],
					['Reception desk', 230],
				],
			}),
		).toEqual(['Name             Items', 'Lobby                4', 'Reception desk     230']);
	});

	it('gives wide characters two places and combining marks none', () => {
		const rows = [
			['受付', 1],
			['Ångström'.normalize('NFD'), 1],
		];
		const [, first = '', second = ''] = tableLines({ columns: ['Name', 'x'], rows });
		expect(first.indexOf('1') + 2).toBe(second.normalize('NFC').indexOf('1'));
	});

	it('stays on one line and holds nothing that a terminal obeys', () => {
		const [, line] = tableLines({ columns: ['Name'], rows: [['a\n\u001b[2Jb\u009bc']] });
		expect(line).toBe('a [2Jb c');
	});

	it('cuts long cells and says how many rows it leaves out', () => {
		const rows = Array.from({ length: 20 }, () => ['x'.repeat(100)]);
		const lines = tableLines({ columns: ['Name'], rows }, 3);
		expect(lines).toHaveLength(5);
		expect(lines[1]).toMatch(/^x{43}…$/);
		expect(lines[4]).toBe('… and 17 more');
	});
});

describe('the tenant that the environment names', () => {
	const base = { APPSPACE_BASE_URL: ' https://api.example.com ' };
	const pair = { APPSPACE_SUBJECT_ID: 's', APPSPACE_REFRESH_TOKEN: 'r' };

	it('is none when nothing is set', () => {
		expect(credentialIn({ APPSPACE_BASE_URL: ' ', HOME: '/' })).toBeUndefined();
	});

	it('is told by a SubjectId and a RefreshToken, or by an API key', () => {
		expect(credentialIn({ ...base, ...pair })).toEqual({
			baseUrl: 'https://api.example.com',
			authentication: 'applicationToken',
			subjectId: 's',
			refreshToken: 'r',
		});
		expect(credentialIn({ ...base, APPSPACE_API_KEY: 'k' })).toEqual({
			baseUrl: 'https://api.example.com',
			authentication: 'apiKey',
			apiKey: 'k',
		});
	});

	it.each([
		[base, /set APPSPACE_SUBJECT_ID and APPSPACE_REFRESH_TOKEN too/],
		[pair, /set APPSPACE_BASE_URL too/],
		[{ APPSPACE_API_KEY: 'k' }, /set APPSPACE_BASE_URL too/],
		[{ ...base, ...pair, APPSPACE_API_KEY: 'k' }, /Set the key or the other two/],
	])('is refused when it is named by halves: %j', (environment, sentence) => {
		expect(() => credentialIn(environment)).toThrow(sentence);
	});
});
