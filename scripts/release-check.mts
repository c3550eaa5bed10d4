/**
 * `npm run release:check`: everything that a reviewer of the package would run, with a table at the end.
 * `-- --quick` leaves out the commands that take minutes. Writes the bill of materials to `.build/`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { markdownTable } from 'markdown-table';
import type { Check } from './packedTarball.mts';
import {
	billOfMaterials,
	bundleCheck,
	bundledPackages,
	englishCheck,
	pinningCheck,
	projectFilesCheck,
	readmeCheck,
	systemsCheck,
	textsIn,
	versionCheck,
	workflowCheck,
} from './releaseChecks.mts';

const QUICK: Array<[name: string, command: string]> = [
	['n8n scan of source and tarball, contents of the tarball', 'npm run --silent scan'],
	['npm publish', 'npm publish --dry-run --ignore-scripts'],
];
const SLOW: typeof QUICK = [
	['lint', 'npm run --silent lint'],
	['tests', 'npm run --silent test'],
	['the tarball in a clean n8n', 'npm run --silent test:matrix -- --only pinned'],
];

async function documentChecks(): Promise<Check[]> {
	const read = (path: string) => readFile(path, 'utf8');
	const manifest = JSON.parse(await read('package.json')) as { name: string; version: string };
	const lock = JSON.parse(await read('package-lock.json')) as { version: string };
	const workflows = await textsIn('.github/workflows', /\.yml$/);
	const packages = await bundledPackages();
	await mkdir('.build', { recursive: true });
	await writeFile(
		'.build/sbom.cdx.json',
		JSON.stringify(billOfMaterials(manifest.name, manifest.version, packages.bundled), null, '\t'),
	);
	return [
		readmeCheck(await read('README.md')),
		englishCheck({
			'README.md': await read('README.md'),
			...(await textsIn('nodes', /\.(ts|json)$/)),
			...(await textsIn('credentials', /\.ts$/)),
			...(await textsIn('docs', /\.md$/)),
		}),
		versionCheck(manifest.version, lock.version, await read('CHANGELOG.md')),
		bundleCheck(packages),
		projectFilesCheck(),
		systemsCheck(workflows),
		pinningCheck(workflows),
		await workflowCheck(workflows),
	];
}

/** Runs a command with its output on the screen; its last line of text says what went wrong. */
async function commandCheck([name, command]: [string, string]): Promise<Check> {
	console.log(`\n=== ${name}: ${command}`);
	const start = Date.now();
	// A shell, because npm is a script on Windows.
	const child = spawn(command, { stdio: 'inherit', shell: true });
	const [code] = (await once(child, 'close')) as [number | null];
	return {
		name,
		findings: code === 0 ? [] : [`"${command}" ended with exit code ${code}; see above`],
		note: `${Math.round((Date.now() - start) / 1000)} s`,
	};
}

async function main(): Promise<void> {
	const checks = await documentChecks();
	const commands = process.argv.includes('--quick') ? QUICK : [...QUICK, ...SLOW];
	for (const command of commands) checks.push(await commandCheck(command));
	const rows = checks.map(({ name, findings, note = '' }) => [
		findings.length === 0 ? 'ok' : 'FAIL',
		name,
		findings.length === 0 ? note : findings.join('; '),
	]);
	console.log(`\n${markdownTable([['', 'Check', 'Result'], ...rows])}`);
	process.exitCode = checks.every(({ findings }) => findings.length === 0) ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
