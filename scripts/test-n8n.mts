/**
 * `npm run test:n8n`: checks the package in the real n8n from the outside. Installs n8n on first use (see
 * test/n8n/install.mts); needs no browser and no Appspace account. `-- --only <text>` runs the checks whose
 * name contains that text, such as `examples`.
 */

import { checkApprovedExample } from '../test/n8n/checks/approvedExample.mts';
import { Context } from '../test/n8n/checks/context.mts';
import { checkConcurrency } from '../test/n8n/checks/concurrency.mts';
import { checkExamples } from '../test/n8n/checks/examples.mts';
import { checkExpiry } from '../test/n8n/checks/expiry.mts';
import { checkExpressions } from '../test/n8n/checks/expressions.mts';
import { checkHttpRequestNode } from '../test/n8n/checks/httpRequestNode.mts';
import { checkInstallation } from '../test/n8n/checks/installation.mts';
import { checkLeaks } from '../test/n8n/checks/leaks.mts';
import { checkOutsideExamples } from '../test/n8n/checks/outsideExamples.mts';
import { checkPickers } from '../test/n8n/checks/pickers.mts';
import { checkScim } from '../test/n8n/checks/scim.mts';
import { checkStoredCredential } from '../test/n8n/checks/storedCredential.mts';
import { checkSynchronize } from '../test/n8n/checks/synchronize.mts';
import { checkTestButton } from '../test/n8n/checks/testButton.mts';
import { checkTestButtonApiKey } from '../test/n8n/checks/testButtonApiKey.mts';
import { checkTrigger } from '../test/n8n/checks/trigger.mts';
import { checkWorkflows } from '../test/n8n/checks/workflows.mts';
import { chosenChecks } from '../test/n8n/chosenChecks.mts';
import { openInstance } from '../test/n8n/instance.mts';
import { Report } from '../test/n8n/report.mts';

const checks = [
	checkInstallation,
	checkWorkflows,
	checkExamples,
	checkPickers,
	checkStoredCredential,
	checkExpiry,
	checkConcurrency,
	checkHttpRequestNode,
	checkExpressions,
	checkScim,
	checkSynchronize,
	checkTestButtonApiKey,
	checkTestButton,
	checkOutsideExamples,
	checkApprovedExample,
	checkTrigger,
	// Last, because it searches everything that the others left behind.
	checkLeaks,
];

async function main(): Promise<void> {
	const chosen = chosenChecks(checks);
	const report = new Report();
	const instance = await openInstance({ logLevel: 'debug' });
	const context = await Context.create(report, instance);
	try {
		for (const check of chosen) {
			// A check that cannot even start counts as failed; the others still run.
			try {
				await check(context);
			} catch (error) {
				await report.check(`${check.name} ran to the end`, () => {
					throw error;
				});
			}
		}
	} finally {
		await context.close();
		await instance.close();
	}
	if (!report.finish()) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
