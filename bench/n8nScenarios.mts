import { compare, type Scenario } from './compare.mts';
import { bareItems, barePages } from './bare.mts';
import type { InN8n } from './inN8n.mts';
import { APPSPACE, APPSPACE_24 } from './names.mts';
import { pagings, patientShare, type Extent } from './options.mts';
import type { BenchTenant } from './tenant.mts';

type Say = (line: string) => void;

/** One record for each item, in the real n8n. */
export async function itemScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	extent: Extent,
	say: Say,
): Promise<Scenario[]> {
	const { latencies, rounds } = extent;
	const scenarios: Scenario[] = [];
	for (const latency of latencies) {
		const ids = await tenant.userIds(extent.items);
		const nodes = [await n8n.items(ids), await n8n.httpItems(ids), await n8n.staticItems(ids)];
		const title = `One record for each of ${ids.length} items`;
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
	extent: Extent,
	say: Say,
): Promise<Scenario[]> {
	const { users, rounds } = extent;
	const scenarios: Scenario[] = [];
	for (const { pageSize, latencies } of pagings(extent)) {
		const nodes = [await n8n.list(users, pageSize), await n8n.httpList(users, pageSize)];
		for (const latency of latencies) {
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

/** Runs of few items, and a loop that makes many of them, beside a fixed number of items at once. */
export async function shortScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	{ shortRuns, latencies, rounds }: Extent,
	say: Say,
): Promise<Scenario[]> {
	const fixed = { itemsAtOnce: 24 };
	const scenarios: Scenario[] = [];
	for (const latency of latencies) {
		for (const count of shortRuns) {
			say(`${count} items, ${latency} ms ...`);
			const ids = await tenant.userIds(count);
			const before = { ...(await n8n.items(ids, fixed)), name: APPSPACE_24 };
			const contenders = [await n8n.items(ids), before];
			await tenant.setLatency(latency);
			const results = await compare(contenders, rounds);
			const title = `One record for each of ${count} items`;
			scenarios.push({ name: `${count} items`, title, latency, results });
			await tenant.setLatency(0);
		}
		for (const batch of [10, 50]) {
			say(`A loop in batches of ${batch}, ${latency} ms ...`);
			const ids = await tenant.userIds(200);
			const before = { ...(await n8n.loop(ids, batch, fixed)), name: APPSPACE_24 };
			const contenders = [await n8n.loop(ids, batch), before];
			await tenant.setLatency(latency);
			const results = await compare(contenders, rounds);
			const title = `${ids.length} items in a loop, ${batch} at a time`;
			scenarios.push({ name: `loop of ${batch}`, title, latency, results });
			await tenant.setLatency(0);
		}
	}
	return scenarios;
}

/** What the number of items at once does: the curve that the default comes from. */
export async function windowScenarios(
	tenant: BenchTenant,
	n8n: InN8n,
	{ windowItems, latencies, rounds, windows }: Extent,
	say: Say,
): Promise<Scenario[]> {
	const ids = await tenant.userIds(windowItems);
	const scenarios: Scenario[] = [];
	for (const latency of latencies.slice(0, 3)) {
		say(`Windows of ${windows.join(', ')}, ${latency} ms ...`);
		const contenders = await Promise.all(
			windows.map(async (itemsAtOnce) => {
				const share = ids.slice(0, itemsAtOnce * patientShare(windowItems, latency));
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
