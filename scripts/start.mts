/**
 * `npm start`: runs the example workflow on n8n's own execution engine, in this process, with the built
 * package. It uses a sandbox tenant, or reads from the tenant that the environment variables name.
 */
import { readFile } from 'node:fs/promises';
import { runWorkflow } from '../test/support/engine.mts';
import type { WorkflowJson } from '../test/support/workflow.mts';
import { countRequests } from './tour/outgoing.mts';
import { failureText, headText, nextStepsText, resultText, summaryText } from './tour/report.mts';
import { openTenant } from './tour/tenant.mts';

const file = 'examples/channels-groups-and-people.json';

async function main(): Promise<void> {
	const workflow = JSON.parse(await readFile(file, 'utf8')) as WorkflowJson;
	const engine = JSON.parse(await readFile('node_modules/n8n-core/package.json', 'utf8')) as {
		version: string;
	};
	const tenant = await openTenant(process.env);
	try {
		console.log(headText(tenant.description, file, engine.version));
		const requests = countRequests();
		const began = performance.now();
		const result = await runWorkflow({ workflow, credentials: tenant.credentials });
		const seconds = (performance.now() - began) / 1000;
		const records = resultText(result);
		if (records) console.log(records);
		if (result.error) throw new Error(failureText(result.error, tenant.isSandbox));
		console.log(summaryText(requests.stop(), seconds));
		console.log(nextStepsText(tenant.isSandbox));
	} finally {
		for (const notice of await tenant.close()) console.log(`${notice}\n`);
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
