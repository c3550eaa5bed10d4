import { randomBytes, randomUUID } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { exampleFor, SUBJECTS } from '../faults/examples.mts';
import { formsOf, hitsIn, type Needle } from '../leaks/needles.mts';
import { everySpelling, SPELLINGS } from '../leaks/spellings.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import { CredentialStore } from '../support/credentialStore.mts';
import { run } from '../support/engine.mts';
import { reply, startRawServer } from '../support/rawServer.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

const needlesFor = (secrets: string[]): Needle[] =>
	secrets.flatMap((text) => formsOf({ kind: text, text }));

const jwt = (): string =>
	`eyJhbGciOiJFUzI1NiJ9.${randomBytes(60).toString('base64url')}.${randomBytes(32).toString('base64url')}`;

describe('a refusal that repeats every secret in every spelling', () => {
	let sandbox: Sandbox;
	let credentials: CredentialStore;
	beforeAll(async () => {
		sandbox = await startSandbox();
		credentials = sandboxCredential(sandbox);
		await run({ credentials, nodes: [appspaceNode('user.getCurrent')] });
	});
	afterAll(async () => await sandbox.close());

	it.each(SUBJECTS)('$name shows none of them', async (subject) => {
		const { subjectId, refreshToken, scimToken } = sandbox;
		const { accessToken } = credentials.read('main');
		const isScim = subject.resource.credential === 'appspaceScimApi';
		const secrets = isScim ? [scimToken] : [subjectId, refreshToken, String(accessToken)];
		const message = `Denied: ${everySpelling(secrets)}`;
		const body = isScim
			? { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail: message }
			: { message };
		sandbox.fault({ path: /^(?!\/api\/v3\/authorization)/, status: 400, body, times: 999 });
		const parameters = exampleFor(subject, sandbox.tenant, 0);
		const result = await run({
			credentials,
			nodes: [appspaceNode(subject.name as `${string}.${string}`, parameters)],
		});
		sandbox.clearFaults();
		expect(result.error).toBeDefined();
		const shown = JSON.stringify([
			result.error?.message,
			result.error?.description,
			result.data.data.resultData,
		]);
		expect(hitsIn(shown, needlesFor(secrets))).toEqual([]);
	});
});

describe('secrets that are not those of the present token', () => {
	it('the token and the refresh token from before a renewal are hidden', async () => {
		const [old, next] = [jwt(), jwt()];
		const [oldRefresh, nextRefresh] = [randomUUID(), randomUUID()];
		const server = await startRawServer(
			({ headers }) => {
				const isOld = headers.authorization === `Bearer ${old}`;
				const message = everySpelling([old, next, oldRefresh, nextRefresh]);
				return reply.json({ message: `Denied: ${message}` }, { status: isOld ? 401 : 400 });
			},
			{
				token: (_, nth) =>
					reply.json(
						nth === 1
							? { accessToken: old, refreshToken: oldRefresh }
							: { accessToken: next, refreshToken: nextRefresh },
					),
			},
		);
		const { error, data } = await run({
			credentials: server.store,
			nodes: [appspaceNode('user.getCurrent')],
		});
		await server.close();
		expect(server.requests).toHaveLength(2);
		expect(error?.httpCode).toBe('400');
		expect(error?.description).toContain('Denied: ***');
		const secrets = [old, next, oldRefresh, nextRefresh];
		expect(hitsIn(JSON.stringify([error, data.data.resultData]), needlesFor(secrets))).toEqual([]);
	});

	it.each([
		['typed with blanks around it', (secret: string) => ` ${secret}\n`],
		['typed with a prefix', (secret: string) => `Bearer ${secret}`],
	])('a SCIM token %s is hidden as it was sent', async (_, typed) => {
		const scimToken = randomBytes(24).toString('base64url');
		const server = await startRawServer(() =>
			reply.json({ detail: `Denied: ${everySpelling([scimToken])}` }, { status: 400 }),
		);
		const data = { baseUrl: server.url, scimToken: typed(scimToken) };
		const { error } = await run({
			credentials: new CredentialStore({ scim: { type: 'appspaceScimApi', data } }),
			nodes: [appspaceNode('scimUser.getAll', { returnAll: true })],
		});
		await server.close();
		expect(error?.description).toContain('***');
		expect(hitsIn(JSON.stringify(error), needlesFor([scimToken]))).toEqual([]);
	});

	it('a RefreshToken that was typed with blanks around it', async () => {
		const refreshToken = randomUUID();
		const server = await startRawServer(() =>
			reply.json({ message: `Denied: ${everySpelling([refreshToken])}` }, { status: 400 }),
		);
		server.store.write('main', { refreshToken: `\t${refreshToken} ` });
		const { error } = await run({
			credentials: server.store,
			nodes: [appspaceNode('user.getCurrent')],
		});
		await server.close();
		expect(hitsIn(JSON.stringify(error), needlesFor([refreshToken]))).toEqual([]);
	});
});

it('the search finds each spelling of a secret', () => {
	for (const secret of [randomUUID(), jwt()]) {
		const part = secret.split('.')[1] ?? secret;
		for (const spell of Object.values(SPELLINGS)) {
			expect(hitsIn(`x${spell(part)}y`, needlesFor([secret])).length).toBeGreaterThan(0);
		}
	}
});
