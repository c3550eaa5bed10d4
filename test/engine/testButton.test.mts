import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { testCredential } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ users: 3 });
});
afterEach(async () => await sandbox.close());

const OK = { status: 'OK', message: 'Connection successful!' };
const says = (message: string) => ({ status: 'Error', message: expect.stringContaining(message) });

test('right secrets', async () => {
	expect(await testCredential(sandboxCredential(sandbox))).toEqual(OK);
});

test.each(['/  ', '/api/v3/users/me?x=1', '///', '/console/#/home'])(
	'right secrets, with the Base URL followed by "%s"',
	async (suffix) => {
		const credentials = sandboxCredential(sandbox, { baseUrl: `  ${sandbox.url}${suffix}` });
		expect(await testCredential(credentials)).toEqual(OK);
		expect(await testCredential(credentials)).toEqual(OK);
	},
);

test.each([
	['wrong SubjectId', { subjectId: crypto.randomUUID() }],
	['wrong refresh token', { refreshToken: crypto.randomUUID() }],
])('%s', async (_name, wrong) => {
	const refuses = says('Appspace refuses the SubjectId and RefreshToken');
	expect(await testCredential(sandboxCredential(sandbox, wrong))).toEqual(refuses);
});

test.each(['subjectId', 'refreshToken'])(
	'a wrong %s over a still valid token never says success',
	async (field) => {
		const credentials = sandboxCredential(sandbox);
		expect(await testCredential(credentials)).toEqual(OK);
		credentials.write('main', { [field]: crypto.randomUUID() });
		const refuses = says('Appspace refuses the SubjectId and RefreshToken');
		expect(await testCredential(credentials)).toEqual(refuses);
		expect(await testCredential(credentials)).toEqual(refuses);
	},
);

test('revoked refresh token, when the access token has to be renewed', async () => {
	const credentials = sandboxCredential(sandbox);
	expect(await testCredential(credentials)).toEqual(OK);
	sandbox.revokeRefreshToken();
	sandbox.revokeAccessTokens();
	expect(await testCredential(credentials)).toEqual(
		says('wrong, revoked, used up, or from another'),
	);
});

test('empty and unusable fields', async () => {
	const filled = (data: Record<string, string>) => testCredential(sandboxCredential(sandbox, data));
	expect(await filled({ subjectId: ' ' })).toEqual(says('The SubjectId is empty'));
	expect(await filled({ refreshToken: '' })).toEqual(says('The RefreshToken is empty'));
	expect(await filled({ baseUrl: 'http://api.cloud.appspace.com' })).toEqual(
		says('start with https://'),
	);
	expect(await filled({ baseUrl: 'not an address' })).toEqual(says('not a web address'));
});

test('unknown host', async () => {
	const credentials = sandboxCredential(sandbox, { baseUrl: 'https://tenant.invalid' });
	expect(await testCredential(credentials)).toEqual(says('cannot be found'));
});

test('no connection', async () => {
	const { url } = sandbox;
	const credentials = sandboxCredential(sandbox);
	await sandbox.close();
	expect(await testCredential(credentials)).toEqual(
		says('No connection to the host of the Base URL'),
	);
	expect(url).toContain('127.0.0.1');
});

test.each([
	['a web page with 200', 200, {}, '<html>Welcome</html>', 'not as an Appspace API does'],
	['nothing with 200', 200, {}, '', 'not as an Appspace API does'],
	['another JSON with 200', 200, {}, '{"ok":true}', 'not as an Appspace API does'],
	['a web page with 404', 404, {}, '<html>Not here</html>', 'not as an Appspace API does'],
	[
		'a redirect',
		302,
		{ location: 'https://login.example.com/' },
		'',
		'redirects to another address',
	],
	['a lasting 503', 503, {}, '', 'Appspace answered with status 503'],
	['a lasting 429', 429, {}, '', 'asks for fewer requests'],
] as const)(
	'a server that answers the exchange with %s',
	async (_name, status, headers, body, message) => {
		const asked: string[] = [];
		const server = createServer((request, response) => {
			asked.push(`${request.method} ${request.url}`);
			response.writeHead(status, headers).end(body);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		try {
			expect(await testCredential(sandboxCredential(sandbox, { baseUrl }))).toEqual(says(message));
			expect(new Set(asked)).toEqual(new Set(['POST /api/v3/authorization/token']));
			expect(asked.length).toBeLessThanOrEqual(4);
		} finally {
			server.close();
			server.closeAllConnections();
		}
	},
);

test('TLS: the address does not speak it', async () => {
	const credentials = sandboxCredential(sandbox, {
		baseUrl: sandbox.url.replace('http:', 'https:'),
	});
	expect(await testCredential(credentials)).toEqual(says('No secure connection'));
});

test.each([
	['a clock a year ahead', { clockOffset: 31_536_000, expiresIn: 'missing' as const }],
	['a clock a year behind', { clockOffset: -31_536_000, expiresIn: 'missing' as const }],
	['a nonsensical lifetime', { expiresIn: 'nonsense' as const, jwtExpiry: false }],
	['a lifetime of half a second', { tokenLifetime: 0.5 }],
])('clock nonsense: %s', async (_name, settings) => {
	sandbox.set(settings);
	const credentials = sandboxCredential(sandbox);
	expect(await testCredential(credentials)).toEqual(OK);
	expect(await testCredential(credentials)).toEqual(OK);
});

test('the service user may not read its own profile', async () => {
	sandbox.set({ forbiddenPaths: ['users/me'] });
	expect(await testCredential(sandboxCredential(sandbox))).toEqual(
		says('it was revoked, or the user that it acts as may not read its own profile'),
	);
});

test('a web page over a still valid token never says success', async () => {
	const credentials = sandboxCredential(sandbox);
	expect(await testCredential(credentials)).toEqual(OK);
	sandbox.fault({ path: '/api/v3/users/me', status: 200, body: '<html>Sign in</html>' });
	expect(await testCredential(credentials)).toEqual(says('not as an Appspace API does'));
});

test('a valid token and no connection: the text is n8n’s own, as the hook does not run', async () => {
	const credentials = sandboxCredential(sandbox);
	expect(await testCredential(credentials)).toEqual(OK);
	await sandbox.close();
	expect(await testCredential(credentials)).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
});
