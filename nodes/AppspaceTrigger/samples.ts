import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { readBatches } from '../Appspace/transport/pages';
import type { AnyRecord } from '../Appspace/transport/page';
import { Tenant } from '../Appspace/transport/tenant';
import { millisOf } from './detections';
import { Items } from './items';
import type { PollCall } from './pollCall';
import { ServerClock } from './serverClock';
import type { List, TriggerEvent } from './triggerEvent';

const MOST = 3;
const PAGE_SIZE = 100;

/** The latest records that could have this event, for a test in the editor; null if there are none. */
export async function samples(
	context: IPollFunctions,
	event: TriggerEvent,
	call: PollCall,
): Promise<INodeExecutionData[][] | null> {
	const tenant = new Tenant(context);
	const clock = new ServerClock();
	clock.set((await tenant.reply({ path: 'users/me' })).headers);
	const detection = event.detection(call);
	const items = new Items(event, detection, call.isOn('simplify'));
	const found: Array<{ record: AnyRecord; list: List }> = [];
	for (const list of event.lists(call, clock.now())) {
		const isWanted = detection.isSample ?? (() => true);
		const batches = readBatches(
			async (start, limit) =>
				await tenant.request({ path: list.path, query: { ...list.query, start, limit } }),
			{
				pageSize: PAGE_SIZE,
				limit: Infinity,
				readAhead: () => 0,
				matches: (record) => list.matches?.(record) !== false && isWanted(record),
				onShortfall: () => undefined,
			},
		);
		// The first page with such records is enough; a long list would keep the user waiting.
		for await (const { records } of batches) {
			for (const record of records) found.push({ record, list });
			break;
		}
	}
	const at = ({ record }: { record: AnyRecord }) => millisOf(event.happenedAt?.(record)) ?? 0;
	const latest = found.sort((left, right) => at(right) - at(left)).slice(0, MOST);
	if (latest.length === 0) return null;
	return [latest.map(({ record, list }) => items.sample(record, list, clock.now()))];
}
