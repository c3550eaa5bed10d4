/**
 * `npm run fuzz`: runs every operation and every event of the trigger with arbitrary parameters against arbitrary responses, drawn from
 * a seed. Most cases run in the kernel that all operations share, one in a hundred also in n8n's own
 * engine. `-- --cases 2000 --seed 1 --only channel.get` narrows it down.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SUBJECTS } from '../test/faults/examples.mts';
import { tryCases, withoutWaits } from '../test/fuzz/campaign.mts';
import { FuzzedEngine } from '../test/fuzz/engineCase.mts';
import { anyCase, complaintsAbout } from '../test/fuzz/operationCase.mts';
import { anyTriggerCase, complaintsAboutPolls, EVENTS } from '../test/fuzz/triggerCase.mts';
import { wordsOfATenant } from '../test/fuzz/words.mts';

/** One in this many cases also runs in n8n's engine. */
const ENGINE_SHARE = 100;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			cases: { type: 'string', default: '100000' },
			seed: { type: 'string', default: String(randomInt(2 ** 31)) },
			only: { type: 'string', default: '' },
		},
	});
	const seed = Number(values.seed);
	const subjects = SUBJECTS.filter(({ name }) => name.startsWith(values.only));
	const triggers = EVENTS.filter(({ name }) => name.startsWith(values.only));
	const each = Math.ceil(Number(values.cases) / (subjects.length + triggers.length));
	const eachInEngine = Math.ceil(each / ENGINE_SHARE);
	const words = wordsOfATenant();
	const began = Date.now();
	let escaped = 0;
	for (const event of ['unhandledRejection', 'uncaughtException']) {
		process.on(event, (error) => {
			escaped++;
			console.error(`  ${event}:`, error);
		});
	}

	const found: string[] = [];
	const engine = await FuzzedEngine.start();
	try {
		for (const subject of subjects) {
			const restore = withoutWaits();
			const inKernel = await tryCases(
				subject,
				anyCase(subject, words),
				async (fuzz) => await complaintsAbout(subject, fuzz),
				{ cases: each, seed },
			);
			restore();
			const inEngine = await tryCases(
				subject,
				anyCase(subject, words, false),
				async (fuzz) => await engine.complaintsAbout(subject, fuzz),
				{ cases: eachInEngine, seed },
			);
			for (const finding of [inKernel, inEngine]) if (finding) found.push(finding);
			console.log(`${inKernel || inEngine ? 'fails ' : 'ok    '} ${subject.name}`);
		}
		for (const trigger of triggers) {
			const restore = withoutWaits();
			const finding = await tryCases(
				trigger,
				anyTriggerCase(trigger.event, words),
				async (fuzz) => await complaintsAboutPolls(trigger.event, fuzz),
				{ cases: each, seed },
			);
			restore();
			if (finding) found.push(finding);
			console.log(`${finding ? 'fails ' : 'ok    '} ${trigger.name}`);
		}
	} finally {
		await engine.close();
	}

	for (const finding of found) console.log(`\n${finding}`);
	const counts = [
		['operations', subjects.length],
		['events of the trigger', triggers.length],
		['cases in the kernel', each * (subjects.length + triggers.length)],
		['cases in the engine', eachInEngine * subjects.length],
		['subjects that fail', found.length],
		['uncaught errors', escaped],
		['took', `${Math.round((Date.now() - began) / 1_000)} s`],
		['seed', seed],
	];
	console.log();
	for (const [what, number] of counts) console.log(`${String(what).padEnd(24)}${number}`);
	if (found.length + escaped > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
