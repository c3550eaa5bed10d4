import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packInto, tarballChecks, type Check } from './packedTarball.mts';
import { cliRules, scannerRules } from './scanRules.mts';

const root = resolve('.');
const workFolder = await mkdtemp(join(tmpdir(), 'appspace-scan-'));
try {
	const unpacked = await packInto(workFolder, root);
	const [official, newest] = [await scannerRules(), await cliRules()];
	const legs = [
		{ leg: 'source', folder: root, files: official.sourceFiles },
		{ leg: 'tarball', folder: unpacked, files: ['**/*.js', 'package.json'] },
	];
	const checks: Check[] = [];
	for (const { leg, folder, files } of legs) {
		for (const rules of [official, newest]) {
			checks.push({
				name: `${leg}, ${rules.name}`,
				findings: await rules.findings(folder, files),
			});
		}
	}
	checks.push(...(await tarballChecks(unpacked, root)));
	for (const check of checks) print(check);

	const failed = checks.filter(({ findings }) => findings.length > 0).length;
	console.log(`\n${checks.length - failed} checks passed, ${failed} failed`);
	process.exitCode = failed === 0 ? 0 : 1;
} finally {
	await rm(workFolder, { recursive: true, force: true });
}

function print({ name, findings, note }: Check): void {
	console.log(`${findings.length === 0 ? 'ok  ' : 'FAIL'}  ${name}${note ? `: ${note}` : ''}`);
	for (const finding of findings) console.log(finding.trim().replace(/^/gm, '        '));
}
