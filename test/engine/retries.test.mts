import { startSandbox, type FaultRule, type Sandbox } from '../../sandbox/server.mts';
import { resources } from '../../nodes/Appspace/resources/resources.ts';
import { exampleFor, SUBJECTS, type Subject } from '../faults/examples.mts';
import { unclear } from '../faults/unclear.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { appspaceNode, locators } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { reply, startRawServer } from '../support/rawServer.mts';
import type { RunError } from '../support/runResult.mts';

const ATTEMPTS = 4;

interface Case {
	name: string;
	/** What befalls the request, once unless it says otherwise. */
	fault: FaultRule;
	/** How often the request arrives. */
	sent: number;
	/** What the error says; without it the item succeeds. */
	says?: RegExp;
	/** Milliseconds between the first and the second attempt. */
	gap?: [least: number, most: number];
}

const retryAfter = (value: string) => ({ 'Retry-After': value });
const soon = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();
const DROPS = ['beforeHeaders', 'afterHeaders', 'afterHandling'] as const;
/** The first wait of our own, with its jitter and some time for a busy machine. */
const OWN_WAIT: [number, number] = [190, 15_000];

const READS: Case[] = [
	...[408, 425, 429, 502, 503, 504].map((status) => ({
		...{ name: `${status} once`, fault: { status }, sent: 2, gap: OWN_WAIT },
	})),
	...DROPS.map((reset) => ({ name: `dropped ${reset}`, fault: { reset }, sent: 2, gap: OWN_WAIT })),
	{ name: 'half an answer', fault: { truncate: true }, sent: 2, gap: OWN_WAIT },
	{
		...{ name: 'Retry-After in seconds', sent: 2, gap: [990, 15_000] },
		fault: { status: 429, headers: retryAfter('1') },
	},
	{
		...{ name: 'Retry-After 503 in seconds', sent: 2, gap: [990, 15_000] },
		fault: { status: 503, headers: retryAfter('1') },
	},
	...['soon', '', '-5', '0', 'in 5 minutes', soon(-60)].map((value) => ({
		name: `Retry-After "${value.includes(':') ? 'a date that has passed' : value}"`,
		fault: { status: 429, headers: retryAfter(value) },
		...{ sent: 2, gap: OWN_WAIT },
	})),
	{
		...{ name: 'Retry-After of a day', sent: 1, says: /asks for fewer requests/ },
		fault: { status: 429, headers: retryAfter('86400'), times: 9 },
	},
	{
		...{ name: 'Retry-After of 10^400', sent: 2, gap: OWN_WAIT },
		fault: { status: 429, headers: retryAfter(`1${'0'.repeat(400)}`) },
	},
	...[429, 503].map((status) => ({
		name: `${status} for ever`,
		fault: { status, times: 99 },
		...{ sent: ATTEMPTS, says: status === 429 ? /asks for fewer/ : /status 503/, gap: OWN_WAIT },
	})),
	{
		...{ name: 'dropped for ever', sent: ATTEMPTS, says: /no complete response/, gap: OWN_WAIT },
		fault: { reset: 'beforeHeaders', times: 99 },
	},
	...[400, 403, 404, 409, 418, 422, 500, 501].map((status) => ({
		...{ name: `${status}`, fault: { status, times: 99 }, sent: 1, says: /./ },
	})),
];

const WRITES: Case[] = [
	{ name: '429', fault: { status: 429 }, sent: 2, gap: OWN_WAIT },
	{
		...{ name: '429 with Retry-After', sent: 2, gap: [990, 15_000] },
		fault: { status: 429, headers: retryAfter('1') },
	},
	{
		...{ name: '503 with Retry-After', sent: 2, gap: [990, 15_000] },
		fault: { status: 503, headers: retryAfter('1') },
	},
	{
		...{ name: 'turned away for ever', sent: ATTEMPTS, says: /answered with status 503/ },
		fault: { status: 503, headers: retryAfter('0'), times: 99 },
	},
	{
		name: '429 for ever',
		fault: { status: 429, times: 99 },
		sent: ATTEMPTS,
		says: /fewer requests/,
	},
	...[408, 425, 500, 501, 502, 503, 504].map((status) => ({
		...{ name: `${status}`, fault: { status, times: 99 }, sent: 1, says: /./ },
	})),
	...DROPS.map((reset) => ({
		...{ name: `dropped ${reset}`, fault: { reset }, sent: 1, says: /no complete response/ },
	})),
	{ name: 'half an answer', fault: { truncate: true }, sent: 1, says: /no complete response/ },
];

/** After these nobody knows whether Appspace acted, and the user must be told. */
const AMBIGUOUS = /^(408|500|501|502|503|504|dropped .*|half an answer)$/;

interface Outcome {
	error: RunError | undefined;
	arrivals: number[];
}

let sandbox: Sandbox;
const secretsOf = (store: CredentialStore): string[] => {
	const { subjectId, refreshToken, accessToken = '' } = store.read('main');
	return [subjectId, refreshToken, accessToken].map(String);
};

/** Runs each case on a separate channel, all at the same time: most of it is waiting. */
async function playAll(cases: Case[], kind: 'read' | 'write'): Promise<Map<string, Outcome>> {
	sandbox = await startSandbox({
		channels: cases.length + 1,
		settings: { undocumentedReply: 'object' },
	});
	const store = sandboxCredential(sandbox);
	const method = kind === 'read' ? 'GET' : 'PUT';
	const device = sandbox.tenant.devices[0]!.id;
	const parameters =
		kind === 'read'
			? { operation: 'get' }
			: { operation: 'replacePublishTargets', deviceIds: locators(device) };
	const played = cases.map(async ({ name, fault }, index): Promise<[string, Outcome]> => {
		const channelId = sandbox.tenant.channels[index]!.id;
		const path = `/api/v3/channeldirectory/${channelId}${kind === 'write' ? '/publishto' : ''}`;
		sandbox.fault({ ...fault, method, path });
		const { error } = await run({
			credentials: store,
			nodes: [
				{
					name: 'Appspace',
					type: 'appspace',
					parameters: { resource: 'channel', channelId, ...parameters },
				},
			],
		});
		const own = sandbox.requests.filter((each) => each.path === path && each.method === method);
		return [name, { error, arrivals: own.map(({ at }) => at) }];
	});
	const outcomes = new Map(await Promise.all(played));
	const secrets = secretsOf(store);
	for (const { error } of outcomes.values()) if (error) expect(unclear(error, secrets)).toEqual([]);
	await sandbox.close();
	return outcomes;
}

function check({ sent, says, gap }: Case, { error, arrivals }: Outcome): void {
	if (says) expect(error?.message).toMatch(says);
	else expect(error).toBeUndefined();
	expect(arrivals).toHaveLength(sent);
	const [first = 0, second = 0] = arrivals;
	if (gap) expect(second - first).toBeGreaterThanOrEqual(gap[0]);
	if (gap) expect(second - first).toBeLessThanOrEqual(gap[1]);
}

describe('a read', () => {
	let outcomes: Map<string, Outcome>;
	beforeAll(async () => {
		outcomes = await playAll(READS, 'read');
	}, 30_000);
	it.each(READS)('$name', (each) => check(each, outcomes.get(each.name) as Outcome));
});

describe('a write', () => {
	let outcomes: Map<string, Outcome>;
	beforeAll(async () => {
		outcomes = await playAll(WRITES, 'write');
	}, 30_000);
	it.each(WRITES)('$name', (each) => {
		const outcome = outcomes.get(each.name) as Outcome;
		check(each, outcome);
		if (AMBIGUOUS.test(each.name))
			expect(outcome.error?.description).toMatch(/may have carried out/);
		else expect(outcome.error?.description ?? '').not.toMatch(/carried out the request/);
	});
});

it.each([
	['right', 0],
	['a minute ahead', 60_000],
	['a minute behind', -60_000],
])(
	'Retry-After as a date is kept, by a server whose clock is %s',
	async (_, ahead) => {
		const arrivals: number[] = [];
		const at = (milliseconds: number) => new Date(milliseconds + ahead).toUTCString();
		const server = await startRawServer(() => {
			const now = Date.now();
			if (arrivals.push(now) > 1) return reply.json({ id: 'u1' });
			const headers = { date: at(now), 'retry-after': at(now + 2_000) };
			return reply.json({}, { status: 429, headers });
		});
		const { error } = await run({
			credentials: server.store,
			nodes: [appspaceNode('user.getCurrent')],
		});
		await server.close();
		expect(error).toBeUndefined();
		expect(arrivals).toHaveLength(2);
		const [first = 0, second = 0] = arrivals;
		expect(second - first).toBeGreaterThanOrEqual(1_990);
	},
	20_000,
);

const DELETES = resources.flatMap(({ value, operations }) =>
	operations
		.filter(({ effect }) => effect === 'delete')
		.map((operation) => `${value}.${operation.value}` as const),
);

describe('a delete that was turned away, yet carried out', () => {
	const withoutRecord = { status: 404, method: 'DELETE' };

	it.each(DELETES)('%s is done when the record is gone at the second attempt', async (name) => {
		const sandbox = await startSandbox({ seed: 3 });
		const subject = SUBJECTS.find((each) => each.name === name) as Subject;
		const turnedAway = { status: 503, method: 'DELETE', headers: retryAfter('0') };
		sandbox.fault(turnedAway);
		sandbox.fault(withoutRecord);
		const parameters = exampleFor(subject, sandbox.tenant, 0);
		const credentials = sandboxCredential(sandbox);
		const { error } = await run({ credentials, nodes: [appspaceNode(name, parameters)] });
		const sent = sandbox.requests.filter(({ method }) => method === 'DELETE');
		await sandbox.close();
		expect(error).toBeUndefined();
		expect(sent).toHaveLength(2);
	});

	it.each(DELETES)('%s fails when the record was never there', async (name) => {
		const sandbox = await startSandbox({ seed: 3 });
		const subject = SUBJECTS.find((each) => each.name === name) as Subject;
		sandbox.fault(withoutRecord);
		const parameters = exampleFor(subject, sandbox.tenant, 0);
		const credentials = sandboxCredential(sandbox);
		const { error } = await run({ credentials, nodes: [appspaceNode(name, parameters)] });
		await sandbox.close();
		expect(error?.message).toMatch(/not found/);
	});
});
