import { randomInt } from 'node:crypto';
import { consoleText } from '../../../conformance/console.mts';
import { checkConformance, type Findings } from '../../../conformance/conformance.mts';
import { EXPECTATIONS } from '../../../conformance/expectations/all.mts';
import { isRead, searchesOf } from '../../../conformance/guard.mts';
import { openGateway } from '../../../conformance/gateway.mts';
import { Pace } from '../../../conformance/pace.mts';
import { reportText } from '../../../conformance/report.mts';
import { Sender } from '../../../conformance/sender.mts';
import { resources } from '../../../nodes/Appspace/resources/resources.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { exampleFor, SUBJECTS } from '../../faults/examples.mts';
import { appspaceNode } from '../../support/appspaceNode.mts';
import { isKnownEndpoint } from '../../support/dossier.mts';
import { run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { credentialFor } from './underTest.mts';

const seed = randomInt(2 ** 31);
const searches = searchesOf(resources);

describe(`the check of a sandbox with its quirks off (seed ${seed})`, () => {
	let sandbox: Sandbox;
	let found: Findings;

	beforeAll(async () => {
		sandbox = await startSandbox({ seed });
		// Half-way the token is revoked, as when it runs out: that must not show in the report.
		const tell = (text: string) => {
			if (text.startsWith('Endpoints: 10 of')) sandbox.revokeAccessTokens();
		};
		found = await checkConformance(credentialFor(sandbox), { perSecond: Infinity, tell });
	}, 240_000);
	afterAll(async () => await sandbox.close());

	it('comes out clean: nothing differs from the API notes', () => {
		const different = found.findings.filter(({ standing }) => standing === 'differs');
		expect(different.map(({ topic, endpoint, text }) => [topic, endpoint, text.text])).toEqual([]);
	});

	it('renews a token that is refused, and goes on', () => {
		const exchanges = sandbox.requests.filter(({ path, status }) => {
			return path === '/api/v3/authorization/token' && status === 200;
		});
		expect(exchanges).toHaveLength(2);
		const refused = sandbox.requests.filter(({ status }) => status === 401);
		// Those of the check's own, with secrets that nobody has, are meant to be refused.
		expect(refused.length).toBeGreaterThan(2);
	});

	it('says of every operation that it works, or why it was not tried (otherwise: add it to conformance/plan.mts)', () => {
		const results = found.verdicts.map(({ outcome, result }) => {
			const { operation, name } = outcome.subject;
			return [name, operation.effect === 'read' ? 'works' : 'not tried', result];
		});
		expect(results).toHaveLength(SUBJECTS.length);
		// Those with a separate endpoint are listed with their reason.
		const odd = results.filter(([, wanted, result]) => wanted !== result);
		const unreasoned = odd.filter(([name]) => {
			const verdict = found.verdicts.find(({ outcome }) => outcome.subject.name === name);
			const { endpoints } = verdict?.outcome.subject.operation ?? {};
			const isOfApi = endpoints?.some(
				(endpoint) => isKnownEndpoint(endpoint) && !endpoint.includes('{service}'),
			);
			return verdict?.result !== 'not tried' || verdict.because.length === 0 || isOfApi;
		});
		expect(unreasoned).toEqual([]);
		expect(results.filter(([, , result]) => result === 'works').length).toBeGreaterThan(40);
	});

	it('compares every endpoint that it has expectations of', () => {
		const seen = new Set(found.findings.map(({ endpoint }) => endpoint));
		const { reservable } = sandbox.settings;
		const missing = EXPECTATIONS.map(({ endpoint }) => endpoint).filter((one) => !seen.has(one));
		// Only POST answers there: nothing came back by GET that could be compared.
		const excused = reservable === 'POST' ? ['GET reservation/resources/reservable'] : [];
		expect(missing).toEqual(excused);
	});

	it('knows every endpoint of an operation that reads (otherwise: add it to conformance/expectations)', () => {
		const expected = EXPECTATIONS.map(({ endpoint }) => endpoint);
		const read = found.verdicts.filter(({ result }) => result === 'works');
		const unknown = read.flatMap(({ outcome }) =>
			outcome.subject.operation.endpoints.filter((endpoint) => !expected.includes(endpoint)),
		);
		expect(unknown).toEqual([]);
	});

	it('sends nothing but reads and changes nothing', () => {
		const writes = sandbox.requests.filter(({ method, path }) => !isRead(method, path, searches));
		expect(writes).toEqual([]);
		expect(found.requests).toBe(sandbox.requests.length);
		expect(found.refused).toBe(0);
	});

	it('gives a report with every operation in it, and a short result for the console', () => {
		const report = reportText(found, false);
		for (const { resource, operation } of SUBJECTS) {
			expect(report).toContain(`| ${resource.name}: ${operation.name} |`);
		}
		expect(report).toContain('None: everything matches the API notes.');
		// What is open about floors, kinds of spaces, times, slashes and publishing is asked or named.
		for (const named of [
			'the IDs of floors differ from the networkId of their spaces',
			'records of spaces do not show their floor',
			'known words of subType: VideoConferenceRoom, HuddleSpace, Desk',
			'some dates and times are without a fraction of a second',
			'repeated slashes after the host and /api/v3/ are accepted',
			'which publishing rule a tenant wants, Append or Overwrite',
		]) {
			expect(report).toContain(named);
		}
		expect(report).toMatch(/open an issue at https:\/\/\S+\/issues\/new/);
		const text = consoleText(found, '/some/where.md', false, false);
		expect(text).toContain('Report: /some/where.md');
		expect(text.split('\n').length).toBeLessThan(15);
	});
});

it('every operation that writes is turned away before it reaches the tenant', async () => {
	const sandbox = await startSandbox({ users: 12, channels: 6, devices: 8 });
	const sender = new Sender(sandbox.url, new Pace(Infinity), searches, []);
	const gateway = await openGateway(sender);
	try {
		const credentials = sandboxCredential(sandbox, { baseUrl: gateway.url });
		const before = JSON.stringify(sandbox.tenant);
		const writing = SUBJECTS.filter(({ operation: { effect, endpoints } }) => {
			const isOfApi = endpoints.some((one) =>
				/^(POST|PUT|PATCH|DELETE) (?!identity)[a-z]/.test(one),
			);
			return effect !== 'read' && isOfApi;
		});
		const unrefused: string[] = [];
		for (const subject of writing) {
			const { refused } = sender;
			const parameters = exampleFor(subject, sandbox.tenant, 0);
			const node = appspaceNode(subject.name as `${string}.${string}`, parameters);
			const { error } = await run({ credentials, nodes: [node] });
			if (sender.refused === refused || !error) unrefused.push(subject.name);
		}
		expect(writing.length).toBeGreaterThan(20);
		expect(unrefused).toEqual([]);
		const writes = sandbox.requests.filter(({ method, path }) => !isRead(method, path, searches));
		expect(writes).toEqual([]);
		expect(JSON.stringify(sandbox.tenant)).toBe(before);
	} finally {
		await gateway.close();
		await sender.close();
		await sandbox.close();
	}
});

it('a tenant that gives no access gets a report that says so', async () => {
	const sandbox = await startSandbox({ users: 5, channels: 2, devices: 2 });
	const credential = { ...credentialFor(sandbox), refreshToken: crypto.randomUUID() };
	const found = await checkConformance(credential, { perSecond: Infinity });
	await sandbox.close();
	expect(found.hasAccess).toBe(false);
	expect(new Set(found.verdicts.map(({ result }) => result))).toEqual(new Set(['not tried']));
	expect(reportText(found, false)).toContain('The tenant gave no access');
	expect(reportText(found, false)).toContain('the token exchange got status 401');
	expect(consoleText(found, 'x', false, false)).toContain('Check the APPSPACE_ variables');
});

it('waits where the tenant asks for fewer requests, whoever asked', async () => {
	const sandbox = await startSandbox({ users: 2, channels: 2, devices: 2 });
	const sender = new Sender(sandbox.url, new Pace(Infinity), searches, []);
	sandbox.fault({ path: 'users', status: 429, headers: { 'retry-after': '1' } });
	const send = async (path: string) => {
		const target = `/api/v3/${path}`;
		return await sender.send({ by: 'node', method: 'GET', target, headers: {} });
	};
	await Promise.all([send('users'), send('devices')]);
	await sender.close();
	const [first, second] = sandbox.requests;
	await sandbox.close();
	expect(first).toMatchObject({ path: '/api/v3/users', status: 429 });
	expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
});
