import { array, assert as check, asyncProperty, constantFrom, dictionary } from 'fast-check';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { SUBJECTS, type Subject } from '../faults/examples.mts';
import { exampleOf, filledIn, harmless, leavesOf } from '../leaks/parameters.mts';
import { openTap, type Sent, type Tap } from '../leaks/tap.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { run } from '../support/engine.mts';
import { reply, startRawServer, type RawServer } from '../support/rawServer.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

const TOKEN_LINE = 'POST /api/v3/authorization/token ';
const RUNS = 6;
const MARK = 'x-injected';
const HEADERS = [
	...['accept', 'accept-encoding', 'authorization', 'connection', 'content-length'],
	...['content-type', 'host', 'if-match', 'user-agent'],
];

let sandbox: Sandbox;
let tap: Tap;
let elsewhere: RawServer;
let credentials: CredentialStore;
const counts = { cases: 0, requests: 0 };
/** Operations that sent nothing even with parameters in order. */
const silent: string[] = [];

beforeAll(async () => {
	sandbox = await startSandbox({ users: 12, channels: 6, devices: 6 });
	tap = await openTap(sandbox.url);
	elsewhere = await startRawServer(() => reply.json({ id: 'stolen' }));
	const { subjectId, refreshToken, scimToken } = sandbox;
	credentials = sandboxCredential({ subjectId, refreshToken, scimToken, url: tap.url });
});
afterAll(async () => {
	await Promise.all([tap.close(), elsewhere.close()]);
	await sandbox.close();
	const { cases, requests } = counts;
	const said = silent.length > 0 ? `; nothing sent by ${silent.join(', ')}` : '';
	process.stdout.write(
		`\nInjection: ${cases} cases, ${requests} requests read byte by byte${said}\n\n`,
	);
});

/** Texts put together from what has a special meaning in a path, a query, a header or an address. */
function harmful() {
	const host = elsewhere.url.replace('http:', '');
	const parts = constantFrom(
		...['..', '.', '/', '\\', '%2e', '%2E%2e', '%2f', '%5c', '?', '#', '&', '=', ';', ':', '@'],
		...['\r\n', '\n', '\r', '\0', '\t', ' ', '%0d%0a', '%00', '\u2028', '\ud800', '\u202e'],
		...['\uff0e\uff0e', '\u2024\u2024', '\u2025', '\uff0f', '\u2215', '*', '%', '+', ',', 'id'],
		...[`\r\n${MARK}: yes`, `&${MARK}=yes`, `?${MARK}=yes`, '../../../', '__proto__', 'null'],
		...[host, `http:${host}`, `@${host.slice(2)}`, '{{', '}}', '$', "'", '"', '<', '[]', '{}'],
	);
	return array(parts, { minLength: 1, maxLength: 8 }).map((chosen) => chosen.join(''));
}

/** Runs an operation with these texts in place of what works; returns what was sent beside tokens. */
async function sentBy(subject: Subject, evil: Record<string, string> = {}): Promise<Sent[]> {
	const all = filledIn(subject.operation, (leaf) => evil[leaf.path] ?? harmless(leaf));
	const evilNames = Object.keys(evil).map((path) => path.split('.')[0]);
	const example = exampleOf(subject, sandbox.tenant) ?? {};
	const working = Object.entries(example).filter(([name]) => !evilNames.includes(name));
	const parameters = { ...all, ...Object.fromEntries(working) };
	const [resource, operation] = [subject.resource.value, subject.operation.value];
	tap.clear();
	await run({
		credentials,
		nodes: [
			appspaceNode(`${resource}.${operation}`, parameters, { onError: 'continueRegularOutput' }),
		],
	});
	return tap.sent.filter(({ line }) => !line.startsWith(TOKEN_LINE));
}

/** What a request holds that its operation is not declared to send; undefined when all is well. */
function complaintAbout({ line, headerNames, raw }: Sent, { operation }: Subject) {
	const [, method = '', target = ''] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(line) ?? [];
	if (method === '') return `${JSON.stringify(line)} is no request line`;
	const path = target.split('?')[0] ?? '';
	const { pathname, searchParams } = new URL(target, tap.url);
	if (pathname !== path) return `${target} is another path to a server`;
	if (operation.namesRequest) return complaintAboutOwn(path, headerNames, line, raw);
	const isDeclared = operation.endpoints.some((endpoint) => {
		const [verb, template = ''] = endpoint.split(' ');
		const pattern = template.split('?')[0]?.replace(/\{\w+\}/g, '[^/]+');
		const base = template.startsWith('/') ? '' : '/api/v3/';
		return verb === method && new RegExp(`^${base}${pattern}/?$`, 'i').test(path);
	});
	if (!isDeclared) return `${method} ${path} is no endpoint of the operation`;
	const names = [...searchParams.keys()];
	if (names.includes(MARK)) return `${target} has a parameter that was injected`;
	if (new Set(names).size < names.length) return `${target} has a parameter twice`;
	const strange = headerNames.filter((name) => !HEADERS.includes(name));
	if (strange.length > 0) return `${line} has the headers ${strange.join(', ')}`;
	if (new Set(headerNames).size < headerNames.length) return `${line} has a header twice`;
	return raw.split(' HTTP/1.1\r\n').length > 2 ? `${line} hides a second request` : undefined;
}

/** The same where users say themselves what is sent: anything, but below `/api/v3/` and as one request. */
function complaintAboutOwn(path: string, headerNames: string[], line: string, raw: string) {
	if (!/^\/api\/v3\/[^/]/.test(path)) return `${line} is not below /api/v3/`;
	if (/%2f|%5c|%2e|%00|%0d|%0a|%25/i.test(path)) return `${line} may mean another path to a server`;
	if (headerNames.includes(MARK)) return `${line} has a header that was injected`;
	if (new Set(headerNames).size < headerNames.length) return `${line} has a header twice`;
	return raw.split(' HTTP/1.1\r\n').length > 2 ? `${line} hides a second request` : undefined;
}

describe.each(SUBJECTS)('$name', (subject) => {
	const paths = leavesOf(subject.operation).map(({ path }) => path);

	it('sends what it is declared to send when its parameters are in order', async () => {
		const sent = await sentBy(subject);
		if (sent.length === 0) silent.push(subject.name);
		expect(sent.map((one) => complaintAbout(one, subject)).filter(Boolean)).toEqual([]);
	});

	if (paths.length === 0) return;
	it('sends nothing else, whatever its parameters hold', async () => {
		const property = asyncProperty(
			dictionary(constantFrom(...paths), harmful(), { minKeys: 1 }),
			async (evil) => {
				const sent = await sentBy(subject, evil);
				counts.cases++;
				counts.requests += sent.length;
				expect(sent.map((one) => complaintAbout(one, subject)).filter(Boolean)).toEqual([]);
			},
		);
		await check(property, { numRuns: RUNS, seed: 20_250_301 });
	}, 60_000);
});

it('hardly an operation refuses the parameters that are in order', () => {
	expect(silent.length).toBeLessThan(SUBJECTS.length / 20);
});

it('nothing went to another host', () => expect(elsewhere.connections).toBe(0));
