import { compare, type Scenario } from './compare.mts';
import { bareItems, barePages } from './bare.mts';
import type { InN8n } from './inN8n.mts';
import { APPSPACE } from './names.mts';
import { patientShare, type Extent } from './options.mts';
import type { BenchTenant } from './tenant.mts';

type Say = (line: string) => void;

/** One record for each item, in the real n8n. */
export async function itemScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	{ items, latencies, rounds }: Extent,
	say: Say,
): Promise<Scenario[]> {
	const ids = await tenant.userIds(items);
	const nodes = [await n8n.items(ids), await n8n.httpItems(ids), await n8n.staticItems(ids)];
	const scenarios: Scenario[] = [];
	for (const latency of latencies) {
		const title = `One record for each of ${items} items`;
		say(`${title}, ${latency} ms ...`);
		const bare = await bareItems(tenant, ids, latency);
		await tenant.setLatency(latency);
		const results = await compare([...nodes, ...bare.contenders], rounds);
		scenarios.push({ name: 'items', title, latency, results });
		await tenant.setLatency(0);
		await bare.close();
	}
	return scenarios;
}

/** All users, page by page, in the real n8n. */
export async function pageScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	{ users, pageLatencies, pageSizes, rounds }: Extent,
	say: Say,
): Promise<Scenario[]> {
	const scenarios: Scenario[] = [];
	for (const pageSize of pageSizes) {
		const nodes = [await n8n.list(users, pageSize), await n8n.httpList(users, pageSize)];
		for (const latency of pageLatencies) {
			const title = `${users} users in pages of ${pageSize}`;
			say(`${title}, ${latency} ms ...`);
			const bare = await barePages(tenant, users, pageSize);
			await tenant.setLatency(latency);
			const results = await compare([...nodes, ...bare.contenders], rounds);
			scenarios.push({ name: `pages of ${pageSize}`, title, latency, results });
			await tenant.setLatency(0);
			await bare.close();
		}
	}
	return scenarios;
}

/** What the number of items at once does: the curve that the default comes from. */
export async function windowScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	{ items, latencies, rounds, windows }: Extent,
	say: Say,
): Promise<Scenario[]> {
	const ids = await tenant.userIds(items);
	const scenarios: Scenario[] = [];
	for (const latency of latencies.slice(0, 3)) {
		say(`Windows of ${windows.join(', ')}, ${latency} ms ...`);
		const contenders = await Promise.all(
			windows.map(async (itemsAtOnce) => {
				const share = ids.slice(0, itemsAtOnce * patientShare(items, latency));
				const contender = await n8n.items(share, { itemsAtOnce });
				return { ...contender, name: `${APPSPACE}, ${itemsAtOnce} at once` };
			}),
		);
		await tenant.setLatency(latency);
		const results = await compare(contenders, rounds);
		const name = 'window of items';
		scenarios.push({ name, title: `Choosing the ${name}`, latency, results });
		await tenant.setLatency(0);
	}
	return scenarios;
}
