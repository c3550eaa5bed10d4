/**
 * `npm run test:faults`: runs every operation and event many times against tenants whose requests fail, drawn from
 * a seed. `-- --calls 2000 --share 0.3 --seed 1` changes the numbers.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCampaign } from '../test/faults/campaign.mts';
import { ENDLESS, hungAtTokenEndpoint } from '../test/faults/endlessTokenAnswers.mts';
import { playEndings } from '../test/faults/endings.mts';
import { run, testCredential } from '../test/support/engine.mts';
import { runTriggerCampaign } from '../test/faults/triggerCampaign.mts';
import { impatientEngine } from '../test/support/changedPackage.mts';

/** The time limit for an execution of up to eight items, in milliseconds. */
const DEADLINE = 60_000;
/** The time limit of a request with an endless response, in milliseconds; a minute would take hours. */
const TIMEOUT = 500;
/** How many times the suite presses Stop in each operation. */
const STOPS = 5;
/** Each event happens once for so many calls of operations. */
const CALLS_A_LIFE = 2_000;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			calls: { type: 'string', default: '10000' },
			share: { type: 'string', default: '0.2' },
			lanes: { type: 'string', default: '24' },
			seed: { type: 'string', default: String(randomInt(2 ** 31)) },
		},
	});
	const [calls, share, lanes, seed] = [values.calls, values.share, values.lanes, values.seed].map(
		Number,
	) as [number, number, number, number];
	const began = Date.now();
	const tally = await runCampaign({ seed, calls, share, lanes });
	const triggers = await runTriggerCampaign({
		...{ seed, lanes },
		lives: Math.ceil(calls / CALLS_A_LIFE),
	});
	const atTokenEndpoint = await hungAtTokenEndpoint({ run, testCredential });
	const impatient = await impatientEngine(TIMEOUT);
	const endings = await playEndings({ impatient, timeout: TIMEOUT, seed, stops: STOPS, lanes });
	const hung = [...atTokenEndpoint, ...endings.hung];

	for (const finding of [...tally.findings, ...triggers.findings]) console.log(`  ${finding}\n`);
	for (const endless of hung) console.log(`  hung: ${endless}\n`);
	const counts = [
		['calls', tally.calls],
		['operations', Object.keys(tally.operations).length],
		['requests', tally.requests],
		['faults', tally.faults],
		['succeeded', tally.fine],
		['failed and reported', tally.reported],
		['reads lost', tally.lost],
		['writes doubled', tally.doubled],
		['writes unreported', tally.unreported],
		['errors unclear', tally.unclear],
		['requests after the end', tally.late],
		['longest execution', `${(tally.longest / 1_000).toFixed(1)} s of ${DEADLINE / 1_000} s`],
		['took', `${Math.round((Date.now() - began) / 1_000)} s`],
		['seed', seed],
		['endless token answers', ENDLESS.length],
		['endless answers', endings.endless],
		['stopped', endings.stopped],
		['slowest stop', `${Math.round(endings.slowestStop)} ms`],
		['hung', hung.length],
		['events of the trigger', Object.keys(triggers.events).length],
		['events that happened', triggers.lives],
		['polls', triggers.polls],
		['polls that failed', triggers.reported],
		['events lost', triggers.lost],
		['events invented', triggers.invented],
		['events doubled', triggers.doubled],
		['poll errors unclear', triggers.unclear],
		['requests after a poll', triggers.late],
	];
	for (const [what, number] of counts) console.log(`${String(what).padEnd(24)}${number}`);

	const { lost, doubled, unreported, unclear, late, longest } = tally;
	const broken = lost + doubled + unreported + unclear + late + hung.length;
	const brokenTriggers =
		triggers.lost + triggers.invented + triggers.doubled + triggers.unclear + triggers.late;
	if (broken + brokenTriggers > 0 || longest > DEADLINE) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
