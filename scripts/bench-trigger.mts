/**
 * `npm run bench:trigger`: measures what triggers cost that watch 1,000, 10,000, and 100,000 users, in n8n's
 * engine, and, in the real n8n, next to what people build without a trigger. `-- --quick` leaves out the
 * largest tenant.
 */
import { parseArgs } from 'node:util';
import { load } from '../bench/report.mts';
import { startTenant } from '../bench/tenant.mts';
import { costOf, type TriggerCost } from '../bench/trigger.mts';
import { missedGoals, save, tables } from '../bench/triggerReport.mts';
import { costOfTrigger, costOfWorkflow, type CostInN8n } from '../bench/triggerToday.mts';
import { openInstance } from '../test/n8n/instance.mts';

const EVENTS = ['userCreated', 'userUpdated', 'userDeleted'];
/** A typical latency to the cloud, in milliseconds. */
const LATENCY = 50;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
	const sizes = values.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000];
	const before = { load: load(), at: Date.now() };
	const costs: TriggerCost[] = [];
	const inN8n: CostInN8n[] = [];
	for (const users of sizes) {
		const tenant = await startTenant(users);
		await tenant.setLatency(LATENCY);
		for (const event of EVENTS) {
			console.error(`${event}, ${users} users ...`);
			costs.push(await costOf(event, users, tenant));
		}
		const { requests = 0 } = costs.at(-1) ?? {};
		console.error(`In the real n8n, ${users} users ...`);
		const instance = await openInstance({}, () => undefined);
		const { url: baseUrl, subjectId, refreshToken } = tenant;
		const data = { baseUrl, authentication: 'applicationToken', subjectId, refreshToken };
		const name = 'Bench';
		const id = await instance.rest.createCredential({ name, type: 'appspaceApi', data });
		try {
			inN8n.push(await costOfWorkflow(instance, { id, name }, users));
			await instance.crash();
			inN8n.push(await costOfTrigger(instance, { id, name }, tenant, { users, requests }));
		} finally {
			await instance.close();
			await tenant.close();
		}
	}
	const results = { latency: LATENCY, costs, inN8n, loadBefore: before.load };
	const file = await save(results, values.quick);
	console.log(tables(results));
	console.log(`\n${file}, took ${Math.round((Date.now() - before.at) / 1_000)} s`);
	const missed = missedGoals(results);
	for (const goal of missed) console.log(`missed: ${goal}`);
	if (missed.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
