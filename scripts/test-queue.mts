/**
 * `npm run test:queue`: runs many executions at once in the real n8n, first in queue mode (Redis,
 * PostgreSQL, one main, two workers), then in one process with SQLite. Installs what is missing.
 * `-- --long`: 200 executions at once and more rounds. `-- --only=text`: only cases whose name contains
 * the text. `-- --mode=queue` or `single`: only one of the two. `--executions` and `--rounds` set the
 * numbers.
 */
import { parseArgs } from 'node:util';
import { CASES, type Case } from '../test/queue/cases.mts';
import { openQueueMode, openSingleProcess, type Cluster } from '../test/queue/cluster.mts';
import { heading, judge, line, totals, type Verdict } from '../test/queue/report.mts';
import { playRound, type Outcome } from '../test/queue/round.mts';
import { findServicePrograms } from '../test/queue/servicePrograms.mts';
import { startServices } from '../test/queue/services.mts';
import { playTriggers } from '../test/queue/triggers.mts';
import { installN8n } from '../test/n8n/install.mts';
import { Report } from '../test/n8n/report.mts';

const { values: options } = parseArgs({
	options: {
		long: { type: 'boolean', default: false },
		only: { type: 'string', default: '' },
		mode: { type: 'string', default: 'both' },
		rounds: { type: 'string' },
		executions: { type: 'string' },
	},
});
const executions = Number(options.executions ?? (options.long ? 200 : 20));
const rounds = Number(options.rounds ?? (options.long ? 5 : 1));

/** Each has a separate tenant; most of the time is spent waiting for tokens to expire. */
const CASES_AT_ONCE = 3;

const verdicts: Verdict[] = [];
const triggers = new Report();
const began = Date.now();

async function playAll(cluster: Cluster): Promise<void> {
	console.log(`\n${cluster.name}: ${executions} executions at once\n\n${heading()}`);
	const cases = CASES.filter(({ name }) => name.includes(options.only));
	const others = cases.filter(({ event }) => !event?.does.endsWith('a worker'));
	for (let first = 0; first < others.length; first += CASES_AT_ONCE) {
		const some = others.slice(first, first + CASES_AT_ONCE);
		(await Promise.all(some.map((subject) => playCase(cluster, subject)))).forEach(tell);
	}
	if (!cluster.endWorker) return;
	for (const subject of cases.filter((one) => !others.includes(one))) {
		tell(await playCase(cluster, subject));
	}
}

async function playCase(cluster: Cluster, subject: Case): Promise<Verdict> {
	const outcomes: Outcome[] = [];
	try {
		for (let round = 0; round < rounds; round++) {
			outcomes.push(await playRound(cluster, subject, executions));
		}
	} catch (error) {
		return { subject, rounds: outcomes, complaints: [(error as Error).message] };
	}
	return judge(subject, outcomes);
}

function tell(verdict: Verdict): void {
	console.log(line(verdict));
	for (const complaint of verdict.complaints) console.log(`    not ok: ${complaint}`);
	verdicts.push(verdict);
}

async function playQueueMode(): Promise<void> {
	const programs = await findServicePrograms();
	const services = await startServices(programs);
	try {
		const cluster = await openQueueMode(await installN8n(), services.env);
		await playAll(cluster)
			.then(async () => {
				if ('triggers'.includes(options.only)) await playTriggers(cluster, triggers);
			})
			.finally(() => cluster.close());
	} finally {
		await services.stop();
	}
}

async function playSingleProcess(): Promise<void> {
	const cluster = await openSingleProcess();
	await playAll(cluster).finally(() => cluster.close());
}

async function main(): Promise<void> {
	if (options.mode !== 'single') await playQueueMode();
	if (options.mode !== 'queue') await playSingleProcess();
	const areTriggersFine = triggers.finish();
	const failed = verdicts.filter(({ complaints }) => complaints.length > 0).length;
	const counts = [
		...totals(verdicts),
		['cases that broke a promise', failed],
		['took', `${Math.round((Date.now() - began) / 1_000)} s`],
	];
	console.log();
	for (const [what, number] of counts) console.log(`${String(what).padEnd(24)}${number}`);
	console.log(`\n${verdicts.length - failed} passed, ${failed} failed`);
	const hasRun = verdicts.length > 0 || options.only !== '';
	if (failed > 0 || !areTriggersFine || !hasRun) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
