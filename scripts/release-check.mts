/**
 * `npm run release:check`: everything that a reviewer would run, as one table. It publishes nothing.
 * `-- --quick` leaves out what takes minutes: lint, scan, and the real n8n.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { markdownTable } from 'markdown-table';
import {
	bundledPackages,
	changelog,
	englishTexts,
	readmeSections,
	unpinnedActions,
	workflowFindings,
	type Finding,
} from './releaseChecks.mts';

const { quick } = parseArgs({ options: { quick: { type: 'boolean', default: false } } }).values;

/** Runs a command; its last lines are the finding if it fails. */
function command(...words: string[]): Finding {
	const started = Date.now();
	const { status, stdout, stderr } = spawnSync(words.join(' '), {
		encoding: 'utf8',
		shell: true,
		maxBuffer: 100_000_000,
	});
	const seconds = `${Math.round((Date.now() - started) / 1000)} s`;
	if (status === 0) return { findings: [], note: seconds };
	return { findings: `${stdout}\n${stderr}`.trim().split('\n').slice(-20), note: seconds };
}

const checks: Array<[string, () => Finding | Promise<Finding>]> = [
	...(quick
		? []
		: ([
				['Lint, with n8n’s own configuration', () => command('npm run lint')],
				['Scan of source and tarball, and its contents', () => command('npm run scan')],
				['Tarball installed and used in the real n8n', () => command('npm run test:n8n')],
			] as Array<[string, () => Finding]>)),
	['README has the sections that n8n asks for', readmeSections],
	['Texts are in English', englishTexts],
	['Version, lock file, and changelog are in step', changelog],
	['Bundled packages and their licenses', bundledPackages],
	['Workflows (actionlint)', workflowFindings],
	['npm publish --dry-run', () => command('npm publish --dry-run --ignore-scripts')],
];

const rows: string[][] = [];
let failed = 0;
for (const [name, check] of checks) {
	const { findings, note = '' } = await check();
	if (findings.length > 0) failed += 1;
	rows.push([findings.length === 0 ? 'ok' : 'FAIL', name, note]);
	for (const finding of findings) console.error(`${name}: ${finding}`);
}
console.log(markdownTable([['', 'Check', ''], ...rows]));
for (const action of await unpinnedActions()) {
	console.log(
		`To do by hand: pin ${action} to a commit hash, which has to be looked up on GitHub.`,
	);
}
console.log(`\n${checks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
