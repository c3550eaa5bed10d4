/**
 * `npm run conformance`: reads from the tenant that the environment variables name, or from a sandbox,
 * compares the result with the API notes, and writes a report that contains nothing of the tenant.
 */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkConformance } from '../conformance/conformance.mts';
import { consoleText } from '../conformance/console.mts';
import { reportText } from '../conformance/report.mts';
import { openTenant } from './tour/tenant.mts';

const FILE = 'conformance-report.md';
const USUAL_RATE = '3';

async function main(): Promise<void> {
	const tenant = await openTenant(process.env);
	try {
		const perSecond = rateFrom(process.argv.slice(2), tenant.isSandbox);
		console.log(`Reading from ${tenant.description}, ${rateText(perSecond)}.`);
		const credential = tenant.credentials.read('main') as Record<string, string>;
		const found = await checkConformance(credential, { perSecond, tell });
		const path = resolve(FILE);
		await writeFile(path, reportText(found, tenant.isSandbox));
		console.log(consoleText(found, path, tenant.isSandbox));
	} finally {
		await tenant.close();
	}
}

/** Requests per second, from `--rate`; no limit for the sandbox. */
function rateFrom(args: string[], isSandbox: boolean): number {
	const { rate } = parseArgs({ args, options: { rate: { type: 'string' } } }).values;
	if (rate === undefined && isSandbox) return Infinity;
	const perSecond = Number(rate ?? USUAL_RATE);
	if (perSecond > 0) return perSecond;
	throw new Error('--rate takes a number of requests per second, such as 3 or 0.5.');
}

const rateText = (perSecond: number) =>
	perSecond === Infinity ? 'at full speed' : `at most ${perSecond} requests per second`;

function tell(text: string): void {
	if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${text}`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
