import { ITEMS_AT_ONCE } from '../nodes/Appspace/fields/listing.ts';
import { PAGES_AHEAD } from '../nodes/Appspace/runtime/itemCall.ts';
import { fetchLoop, KeepAlive } from './clients.mts';
import { timed, type Contender } from './compare.mts';
import { FETCH, UNDICI } from './names.mts';
import { patientShare } from './options.mts';
import type { BenchTenant } from './tenant.mts';

/** Whoever needs no n8n: the same for the engine and for the real n8n. */
export async function bareItems(
	tenant: BenchTenant,
	ids: string[],
	latency: number,
): Promise<{ contenders: Contender[]; close: () => Promise<void> }> {
	const token = await tenant.accessToken();
	const paths = ids.map((id) => `/api/v3/users/${id}`);
	const some = paths.slice(0, patientShare(paths.length, latency)).map((path) => tenant.url + path);
	const undici = new KeepAlive(tenant.url, token, ITEMS_AT_ONCE.read);
	const contenders = [
		{
			name: UNDICI,
			records: paths.length,
			run: async () => await timed(async () => await undici.records(paths)),
		},
		{
			name: FETCH,
			records: some.length,
			run: async () => await timed(async () => await fetchLoop(some, token)),
		},
	];
	return { contenders, close: async () => await undici.close() };
}

/** The listing by undici, as many pages ahead as the node reads. */
export async function barePages(tenant: BenchTenant, users: number, pageSize: number) {
	const undici = new KeepAlive(tenant.url, await tenant.accessToken(), PAGES_AHEAD);
	const contender: Contender = {
		name: UNDICI,
		records: users,
		run: async () =>
			await timed(async () => {
				const { length } = await undici.list('/api/v3/users', pageSize);
				if (length !== users) throw new Error(`undici brought ${length} records.`);
			}),
	};
	return { contenders: [contender], close: async () => await undici.close() };
}
