import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../sandbox/data/random.mts';
import type { Endless } from '../../sandbox/endless.mts';
import { startSandbox, type FaultRule, type Sandbox, type Tenant } from '../../sandbox/server.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import { run, type Engine } from '../support/engine.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import type { RunResult } from '../support/runResult.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { exampleFor, prepare, SUBJECTS, type Subject } from './examples.mts';

export interface EndingsOptions {
	/** The package with time limits of this many milliseconds instead of a minute. */
	impatient: Pick<Engine, 'run'>;
	timeout: number;
	seed: number;
	/** How many times the suite presses Stop in each operation. */
	stops: number;
	/** How many tenants are in use at the same time. */
	lanes: number;
}

export interface Endings {
	/** Requests whose response never ended. */
	endless: number;
	/** Executions that were stopped while running. */
	stopped: number;
	/** The longest time from Stop to the end, in milliseconds. */
	slowestStop: number;
	/** What did not end in time, by operation. */
	hung: string[];
}

/** For endless responses of the token endpoint, see endlessTokenAnswers.mts. */
const NOT_FOR_TOKEN = /^(?!.*authorization\/token)/;
const ENDLESS: Endless[] = ['silence', 'head', 'body', 'interim', 'upgrade'];
/** Faults that make a request wait. */
const SLOW: FaultRule[] = [
	...ENDLESS.map((endless) => ({ endless })),
	{ status: 429, headers: { 'Retry-After': '20' } },
	{ status: 503, headers: { 'Retry-After': '20' } },
	{ reset: 'beforeHeaders' },
	{ status: 401 },
];
/** Whatever ends later than its limit plus this, in milliseconds, hangs. */
const GRACE = 1_000;
/** An execution ends within this time after Stop, in milliseconds. */
const SOON = 500;
const ATTEMPTS = 4;
/** The longest waits between four attempts, in milliseconds: docs/reliability.md. */
const WAITS = 7_000;
/** The size limit of files in megabytes: larger files may take longer. */
const LARGEST_FILE = 1;
/** How many limits the largest response may take, a description of 16 MB: one per 3 MB. */
const LONGEST_READING = 16 / 3;

/** Runs every operation with endless responses, and with Stop. */
export async function playEndings(options: EndingsOptions): Promise<Endings> {
	const endings: Endings = { endless: 0, stopped: 0, slowestStop: 0, hung: [] };
	const left = [...SUBJECTS];
	const lanes = Array.from({ length: options.lanes }, async () => {
		for (let subject = left.shift(); subject; subject = left.shift()) {
			await Ending.play(subject, options, endings);
		}
	});
	await Promise.all(lanes);
	return endings;
}

class Ending {
	private readonly pristine: Tenant;
	private readonly store: CredentialStore;

	private constructor(
		private readonly subject: Subject,
		private readonly sandbox: Sandbox,
		private readonly random: Random,
		private readonly impatient: Pick<Engine, 'run'>,
		private readonly timeout: number,
		private readonly endings: Endings,
	) {
		this.pristine = structuredClone(sandbox.tenant);
		this.store = sandboxCredential(sandbox);
	}

	static async play(subject: Subject, options: EndingsOptions, endings: Endings): Promise<void> {
		const { seed, stops, impatient, timeout } = options;
		const sandbox = await startSandbox({ seed });
		prepare(sandbox.tenant);
		const random = new Random(seed).fork(subject.name);
		const ending = new Ending(subject, sandbox, random, impatient, timeout, endings);
		try {
			const requests = await ending.count();
			await ending.withoutEnd(random.int(0, requests - 1));
			for (let stop = 0; stop < stops; stop++) await ending.withStop(requests);
		} finally {
			await sandbox.close();
		}
	}

	/** How many requests the operation sends without faults; also fetches a token. */
	private async count(): Promise<number> {
		const { error } = await this.run({ run });
		if (error) throw new Error(`${this.subject.name} fails without faults: ${error.message}`);
		return this.requests().length;
	}

	/** From one request on, no response ends. */
	private async withoutEnd(after: number): Promise<void> {
		const endless = this.random.pick(ENDLESS);
		this.begin({ path: NOT_FOR_TOKEN, endless, after, times: Infinity });
		const began = performance.now();
		const file = LONGEST_READING * this.timeout;
		const most = 3 * (ATTEMPTS * (2 * this.timeout + file) + WAITS) + GRACE;
		const running = this.run(this.impatient);
		const ended = await Promise.race([running, sleep(most, undefined, { ref: false })]);
		const took = performance.now() - began;
		const faulty = this.requests().slice(after);
		this.endings.endless += faulty.length;
		// Each request has a separate limit; a write may be followed by a read that checks it.
		// Pages that are read ahead differ in their query alone.
		const lines = new Set(
			faulty.map((one) => `${one.method} ${one.path} ${JSON.stringify(one.query)}`),
		).size;
		// On a busy machine, the limit may pass before the sandbox has recorded the request.
		const limit = Math.max(1, lines) * (ATTEMPTS * (2 * this.timeout + file) + WAITS);
		if (ended && took <= limit + GRACE) return;
		this.hung(`${endless} after ${after} requests, ${Math.round(took)} ms of ${limit} ms`);
	}

	/** Presses Stop at any moment, while faults make requests wait. */
	private async withStop(requests: number): Promise<void> {
		const rule = { ...this.random.pick(SLOW), after: this.random.int(0, requests - 1), times: 99 };
		this.begin(rule);
		if (this.random.chance(0.5)) this.store.write('main', { accessToken: '' });
		const moment = this.random.int(0, 250);
		const stop = new AbortController();
		let stoppedAt = Infinity;
		const pressed = setTimeout(() => {
			stoppedAt = performance.now();
			stop.abort();
		}, moment);
		const running = this.run({ run }, stop.signal);
		const ended = await Promise.race([running, sleep(10_000, undefined, { ref: false })]);
		clearTimeout(pressed);
		if (ended && ended.status !== 'canceled') return;
		const took = performance.now() - stoppedAt;
		this.endings.stopped++;
		this.endings.slowestStop = Math.max(this.endings.slowestStop, took);
		if (ended && took <= SOON) return;
		this.hung(`Stop after ${moment} ms, ${JSON.stringify(rule)}, ${Math.round(took)} ms`);
	}

	private begin(fault: FaultRule): void {
		Object.assign(this.sandbox.tenant, structuredClone(this.pristine));
		this.sandbox.clearRequests();
		this.sandbox.clearFaults();
		this.sandbox.fault(fault);
	}

	private async run(engine: Pick<Engine, 'run'>, cancelAfter?: AbortSignal): Promise<RunResult> {
		const example = exampleFor(this.subject, this.pristine, 0);
		const options = { ...(example.options as object), largestFile: LARGEST_FILE };
		const name = this.subject.name as `${string}.${string}`;
		const nodes = [appspaceNode(name, { ...example, options })];
		return await engine.run({
			...{ credentials: this.store, nodes, cancelAfter },
			input: [example] as never,
		});
	}

	/** Without those for a token. */
	private requests() {
		return this.sandbox.requests.filter(({ path }) => NOT_FOR_TOKEN.test(path));
	}

	private hung(what: string): void {
		this.endings.hung.push(`${this.subject.name}: ${what}`);
	}
}
