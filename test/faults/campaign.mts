import { Random } from '../../sandbox/data/random.mts';
import { startSandbox, type Sandbox, type Tenant } from '../../sandbox/server.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { run } from '../support/engine.mts';
import type { RunResult } from '../support/runResult.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { exampleFor, expressionsFor, prepare, SUBJECTS, type Subject } from './examples.mts';
import { arrivalsIn, complaints, judgeRead, judgeWrite, outcomeOf } from './judge.mts';
import type { Arrival, Expectation, Verdict } from './judge.mts';
import { Plan } from './plan.mts';
import type { ShownError } from './unclear.mts';

export interface CampaignOptions {
	/** The same seed draws the same faults in the same places. */
	seed: number;
	calls: number;
	/** The share of requests that meet a fault. */
	share: number;
	/** How many tenants are in use at the same time. */
	lanes: number;
}

export interface Tally extends Record<Verdict, number> {
	calls: number;
	requests: number;
	faults: number;
	unclear: number;
	/** Requests that arrived after their execution had ended. */
	late: number;
	/** The longest execution, in milliseconds. */
	longest: number;
	/** Calls per operation. */
	operations: Record<string, number>;
	/** The first few violations of a promise. */
	findings: string[];
}

const TOKEN_PATH = '/api/v3/authorization/token';
/** Examples of an operation: records of the tenant. */
const EXAMPLES = 16;
/** Items per execution, if their requests can be told apart. */
const ITEMS = 8;
const MOST_FINDINGS = 40;

/** Runs every operation in turn against tenants whose requests fail, and counts the outcomes. */
export async function runCampaign(options: CampaignOptions): Promise<Tally> {
	const tally: Tally = {
		...{ calls: 0, requests: 0, faults: 0, unclear: 0, late: 0, longest: 0 },
		...{ fine: 0, reported: 0, lost: 0, doubled: 0, unreported: 0 },
		...{ operations: {}, findings: [] },
	};
	// All tenants have the same records, so the expected results are the same.
	const expectations = new Map<string, Expectation>();
	const lanes = Array.from({ length: options.lanes }, async (_, index) => {
		const lane = await Lane.open(index, options, tally, expectations);
		const calls = Math.ceil(options.calls / options.lanes);
		try {
			// Lanes begin at different operations, so that even a short campaign covers all of them.
			const first = Math.floor((index * SUBJECTS.length) / options.lanes);
			for (let turn = first; lane.calls < calls; turn++) {
				await lane.takeTurn(SUBJECTS[turn % SUBJECTS.length] as Subject);
			}
		} finally {
			await lane.close();
		}
	});
	await Promise.all(lanes);
	return tally;
}

class Lane {
	calls = 0;
	private readonly pristine: Tenant;
	private seen = 0;

	private constructor(
		private readonly sandbox: Sandbox,
		private readonly store: CredentialStore,
		private readonly random: Random,
		private readonly share: number,
		private readonly tally: Tally,
		private readonly expectations: Map<string, Expectation>,
	) {
		this.pristine = structuredClone(sandbox.tenant);
	}

	static async open(
		index: number,
		{ seed, share }: CampaignOptions,
		tally: Tally,
		expectations: Map<string, Expectation>,
	): Promise<Lane> {
		const random = new Random(seed).fork(`lane ${index}`);
		const sandbox = await startSandbox({
			users: 24,
			channels: 20,
			devices: 20,
			seed,
		});
		prepare(sandbox.tenant);
		const store = sandboxCredential(sandbox);
		return new Lane(sandbox, store, random, share, tally, expectations);
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	/** The same number of calls for a write as for a read, although each is a separate execution. */
	async takeTurn(subject: Subject): Promise<void> {
		const executions = subject.operation.effect === 'read' ? 1 : ITEMS;
		for (let nth = 0; nth < executions; nth++) await this.play(subject);
	}

	/** One execution of an operation, with several items if each has separate requests. */
	private async play(subject: Subject): Promise<void> {
		const isRead = subject.operation.effect === 'read';
		const first = this.random.int(0, EXAMPLES - 1);
		const chosen = Array.from(
			{ length: isRead ? ITEMS : 1 },
			(_, item) => (first + item) % EXAMPLES,
		);
		const expected: Expectation[] = [];
		for (const index of chosen) {
			const next = await this.expectation(subject, index);
			const taken = new Set(expected.flatMap(({ arrivals }) => arrivals.map(({ path }) => path)));
			if (next.arrivals.some(({ path }) => taken.has(path))) break;
			expected.push(next);
		}

		const plan = this.plan(expected);
		const began = Date.now();
		const continues = expected.length > 1 || this.random.chance(0.5);
		const result = await this.execute(subject, chosen.slice(0, expected.length), continues);
		this.tally.longest = Math.max(this.tally.longest, Date.now() - began);
		const arrivals = arrivalsIn(this.sandbox.requests, plan);
		this.count(subject, expected.length, arrivals);

		for (const [item, expectation] of expected.entries()) {
			const { output, error } = outcomeOf(result, item, this.sandbox.url);
			const verdict = isRead
				? judgeRead(expectation, output, error, arrivals)
				: judgeWrite(expectation, error, arrivals, takesAnyReply(subject));
			this.tally[verdict]++;
			const secrets = this.secrets();
			const faulty = error
				? complaints(error, secrets, arrivals, expected.length > 1 ? item : undefined)
				: [];
			if (faulty.length > 0) this.tally.unclear++;
			if (faulty.length === 0 && ['fine', 'reported'].includes(verdict)) continue;
			const paths = expectation.arrivals.map(({ path }) => path);
			const own = arrivals.filter(({ path }) => paths.includes(path));
			this.find(subject, [verdict, ...faulty], error, own);
		}
		if (!isRead) Object.assign(this.sandbox.tenant, structuredClone(this.pristine));
	}

	/** The result without faults, determined once for all tenants. */
	private async expectation(subject: Subject, index: number): Promise<Expectation> {
		const key = `${subject.name} ${index}`;
		const known = this.expectations.get(key);
		if (known) return known;
		this.begin();
		const result = await this.execute(subject, [index], false);
		if (result.error) throw new Error(`${key} fails without faults: ${result.error.message}`);
		const expectation = {
			output: outcomeOf(result, 0, this.sandbox.url).output,
			arrivals: arrivalsIn(this.sandbox.requests),
		};
		Object.assign(this.sandbox.tenant, structuredClone(this.pristine));
		this.expectations.set(key, expectation);
		return expectation;
	}

	private plan(expected: Expectation[]): Plan {
		this.begin();
		const plan = new Plan(this.random, this.share);
		const arrivals = expected.flatMap((expectation) => expectation.arrivals);
		for (const { method, path } of [...arrivals, { method: 'POST', path: TOKEN_PATH }]) {
			const alike = arrivals.filter((arrival) => arrival.path === path).length;
			for (const rule of plan.draw(method, path, 8 * alike + 16)) this.sandbox.fault(rule);
		}
		return plan;
	}

	/** Clears what the last execution left, and counts requests that arrived after its end. */
	private begin(): void {
		this.tally.late += this.sandbox.requests.length - this.seen;
		this.sandbox.clearRequests();
		this.sandbox.clearFaults();
		this.seen = 0;
	}

	private async execute(
		subject: Subject,
		chosen: number[],
		continues: boolean,
	): Promise<RunResult> {
		const examples = chosen.map((index) => exampleFor(subject, this.pristine, index));
		const result = await run({
			credentials: this.store,
			input: examples as never,
			nodes: [
				appspaceNode(
					subject.name as `${string}.${string}`,
					expressionsFor(examples[0] ?? {}),
					continues ? { onError: 'continueRegularOutput' } : {},
				),
			],
		});
		this.seen = this.sandbox.requests.length;
		return result;
	}

	private count({ name }: Subject, items: number, arrivals: Arrival[]): void {
		this.calls += items;
		this.tally.calls += items;
		this.tally.requests += this.sandbox.requests.length;
		this.tally.faults += arrivals.filter(({ fault }) => fault).length;
		this.tally.operations[name] = (this.tally.operations[name] ?? 0) + items;
	}

	private find(
		{ name }: Subject,
		what: string[],
		error: ShownError | undefined,
		arrivals: Arrival[],
	) {
		if (this.tally.findings.length >= MOST_FINDINGS) return;
		const steps = arrivals.map(({ method, path, query, fault }) =>
			[method, path.replace('/api/v3/', ''), query, fault?.name].filter(Boolean).join(' '),
		);
		const told = error ? `${error.message} | ${error.description ?? ''}` : 'no error';
		this.tally.findings.push([`${name}: ${what.join(', ')}`, told, ...steps].join('\n      '));
	}

	private secrets(): string[] {
		const { subjectId, refreshToken, accessToken } = this.store.read('main');
		const { scimToken } = this.sandbox;
		return [subjectId, refreshToken, accessToken, scimToken]
			.map(String)
			.filter((secret) => secret !== '');
	}
}

const takesAnyReply = ({ operation }: Subject): boolean =>
	operation.effect === 'delete' || operation.evidence.reply === 'unknown';
