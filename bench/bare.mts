import { request } from 'undici';
import { fetchLoop, KeepAlive } from './clients.mts';
import { timed, type Contender } from './compare.mts';
import { FETCH, UNDICI, UNDICI_AHEAD, UNDICI_PAGES } from './names.mts';
import { patientShare } from './options.mts';
import type { BenchTenant } from './tenant.mts';

/** What a client may have in flight that was written for speed. */
const RECORDS_IN_FLIGHT = 128;
const PAGES_IN_FLIGHT = 16;

/** Clients that need no n8n, the same for the engine and for the real n8n. */
export async function bareItems(
	tenant: BenchTenant,
	ids: string[],
	latency: number,
): Promise<{ contenders: Contender[]; close: () => Promise<void> }> {
	const token = await tenant.accessToken();
	const paths = ids.map((id) => `/api/v3/users/${id}`);
	const some = paths.slice(0, patientShare(paths.length, latency)).map((path) => tenant.url + path);
	const undici = new KeepAlive(tenant.url, token, RECORDS_IN_FLIGHT);
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

/** Lists the users over SCIM with undici, one page after another, as RFC 7644 3.4.2.4 defines it. */
export function bareScim({ url, scimToken }: BenchTenant, users: number): Contender {
	const headers = { authorization: `Bearer ${scimToken}` };
	const read = async () => {
		let count = 0;
		while (count < users) {
			const page = `startIndex=${count + 1}&count=100`;
			const { body } = await request(`${url}/identity/scim/Users?${page}`, { headers });
			const { Resources = [] } = (await body.json()) as { Resources?: unknown[] };
			if (Resources.length === 0) throw new Error(`undici got ${count} users over SCIM.`);
			count += Resources.length;
		}
	};
	return { name: UNDICI_PAGES, records: users, run: async () => await timed(read) };
}

/** Lists the users with undici, as many pages ahead as the node reads. */
export async function barePages(tenant: BenchTenant, users: number, pageSize: number) {
	const undici = new KeepAlive(tenant.url, await tenant.accessToken(), PAGES_IN_FLIGHT);
	const contender: Contender = {
		name: UNDICI_AHEAD,
		records: users,
		run: async () =>
			await timed(async () => {
				const { length } = await undici.list('/api/v3/users', pageSize);
				if (length !== users) throw new Error(`undici got ${length} records.`);
			}),
	};
	return { contenders: [contender], close: async () => await undici.close() };
}
