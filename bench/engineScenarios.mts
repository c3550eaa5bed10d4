import { bareItems, barePages, bareScim } from './bare.mts';
import { changedPackage } from '../test/support/changedPackage.mts';
import { compare, type Scenario } from './compare.mts';
import type { InEngine } from './inEngine.mts';
import { APPSPACE } from './names.mts';
import { pagings, patientShare, type Extent } from './options.mts';
import type { BenchTenant } from './tenant.mts';

type Say = (line: string) => void;

/** One record per item, in n8n's engine. */
export async function itemScenarios(
	tenant: BenchTenant,
	engine: InEngine,
	extent: Extent,
	say: Say,
): Promise<Scenario[]> {
	const { latencies, rounds } = extent;
	const scenarios: Scenario[] = [];
	for (const latency of latencies) {
		const ids = await tenant.userIds(extent.items);
		const title = `One record for each of ${ids.length} items`;
		say(`${title}, ${latency} ms ...`);
		const bare = await bareItems(tenant, ids, latency);
		await tenant.setLatency(latency);
		const contenders = [engine.items(ids), engine.httpItems(ids), ...bare.contenders];
		scenarios.push({ name: 'items', title, latency, results: await compare(contenders, rounds) });
		await tenant.setLatency(0);
		await bare.close();
	}
	return scenarios;
}

/** All users, page by page, in n8n's engine. */
export async function pageScenarios(
	tenant: BenchTenant,
	engine: InEngine,
	users: number,
	extent: Extent,
	say: Say,
): Promise<Scenario[]> {
	const scenarios: Scenario[] = [];
	for (const { pageSize, latencies } of pagings(extent)) {
		for (const latency of latencies) {
			const title = `${users} users in pages of ${pageSize}`;
			say(`${title}, ${latency} ms ...`);
			const bare = await barePages(tenant, users, pageSize);
			await tenant.setLatency(latency);
			const contenders = [engine.list(users, pageSize), ...bare.contenders];
			const results = await compare(contenders, extent.rounds);
			scenarios.push({ name: `pages of ${pageSize}`, title, latency, results });
			await tenant.setLatency(0);
			await bare.close();
		}
	}
	return scenarios;
}

/** Users over SCIM, at a typical latency. The service behind it is slow, so a thousand are enough. */
export async function scimScenarios(
	tenant: BenchTenant,
	engine: InEngine,
	latency: number,
	{ rounds }: Extent,
	say: Say,
): Promise<Scenario[]> {
	const users = 1_000;
	const title = `${users} users over SCIM`;
	say(`${title}, ${latency} ms ...`);
	await tenant.setLatency(latency);
	const contenders = [engine.scimList(users), bareScim(tenant, users)];
	const results = await compare(contenders, rounds);
	await tenant.setLatency(0);
	return [{ name: 'SCIM', title, latency, results }];
}

/** The effect of the number of items at once, and of pages ahead: the curve behind the defaults. */
export async function windowScenarios(
	tenant: BenchTenant,
	engine: InEngine,
	users: number,
	{ windowItems, latencies, rounds, windows }: Extent,
	say: Say,
): Promise<Scenario[]> {
	const ids = await tenant.userIds(windowItems);
	const builds = await Promise.all(
		windows.map(async (width) => {
			const changes = { FIRST_WIDTH: width, MAX_WIDTH: width };
			return { width, package: await changedPackage(changes) };
		}),
	);
	const scenarios: Scenario[] = [];
	for (const latency of latencies.slice(0, 3)) {
		say(`Windows of ${windows.join(', ')}, ${latency} ms ...`);
		await tenant.setLatency(latency);
		const byItems = windows.map((itemsAtOnce) => ({
			...engine.items(ids.slice(0, itemsAtOnce * patientShare(windowItems, latency)), {
				itemsAtOnce,
			}),
			name: `${APPSPACE}, ${itemsAtOnce} at once`,
		}));
		const byPages = builds.map(({ width, package: build }) => ({
			name: `${APPSPACE}, ${width} pages ahead`,
			records: users,
			run: async () => await engine.timeList(build, 100),
		}));
		for (const [name, contenders] of [
			['window of items', byItems],
			['window of pages', byPages],
		] as const) {
			scenarios.push({
				name,
				title: `Choosing the ${name}`,
				latency,
				results: await compare(contenders, rounds),
			});
		}
		await tenant.setLatency(0);
	}
	return scenarios;
}
