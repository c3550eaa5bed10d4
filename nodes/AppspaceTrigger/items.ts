import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fingerprintOf } from './digest';
import { keyOf, type AnyRecord } from '../Appspace/transport/page';
import type { Detection } from './detections';
import type { SeenRecord } from './sweep';
import type { List, TriggerEvent } from './triggerEvent';

/** Makes the items of an event. */
export class Items {
	constructor(
		private readonly event: TriggerEvent,
		private readonly detection: Detection,
		private readonly isSimple: boolean,
	) {}

	/**
	 * The item for an event.
	 *
	 * @param before the values that were last remembered of the record
	 * @param now the time of the server, in milliseconds
	 */
	of(
		{ record, key, list }: SeenRecord,
		before: IDataObject | undefined,
		now: number,
	): INodeExecutionData {
		const values = this.detection.watched(record);
		const shown = this.isSimple ? this.event.simplify(record) : record;
		return this.item(shown, list, {
			eventId: this.eventId(key, values),
			detectedAt: new Date(now).toISOString(),
			previous: changed(before, this.remembered(record)),
		});
	}

	/** The item that this record would make, for a test in the editor. */
	sample(record: AnyRecord, list: List, now: number): INodeExecutionData {
		const id = String(keyOf(record) ?? '').toLowerCase();
		const key = keyIn(list, id);
		if (this.detection.whenGone !== 'isEvent')
			return this.of({ record, key, list }, undefined, now);
		return this.ofGone(key, [list], this.remembered(record), now);
	}

	/** The item for a record that is gone: its ID, and what is remembered of it. */
	ofGone(key: string, lists: List[], before: unknown, now: number): INodeExecutionData {
		const [list = { path: '' }] = lists.filter(({ owner }) => {
			return owner === undefined || key.startsWith(`${String(owner.id)} `);
		});
		const id = key.split(' ').at(-1) ?? key;
		const known = (before ?? {}) as IDataObject;
		const empty = Object.keys(this.event.simplify({})).map((name) => [name, null]);
		return this.item({ ...Object.fromEntries(empty), ...known, id }, list, {
			eventId: this.eventId(key, {}),
			detectedAt: new Date(now).toISOString(),
			previous: {},
		});
	}

	/** What to remember of a record, for `previous` and for the time when it is gone. */
	remembered(record: AnyRecord): IDataObject {
		if (this.detection.whenGone === 'isEvent') return this.event.simplify(record);
		return (this.detection.remembers ?? this.detection.watched)(record);
	}

	/** The same event of the same record with the same values always has the same ID. */
	private eventId(key: string, values: IDataObject): string {
		return fingerprintOf([this.event.value, key, values]);
	}

	private item(record: AnyRecord, { owner }: List, trigger: IDataObject): INodeExecutionData {
		const { value } = this.event;
		return {
			json: {
				...record,
				...(owner && { group: owner }),
				trigger: { event: value, ...trigger },
			},
		};
	}
}

/** The key of a record. One that can be in several lists has one in each. */
export function keyIn({ owner }: List, id: string): string {
	return owner === undefined ? id : `${String(owner.id)} ${id}`;
}

/** The old values that differ from the new ones, null for none; empty if they are unknown. */
function changed(before: IDataObject | undefined, after: IDataObject): IDataObject {
	if (before === undefined) return {};
	const names = Object.keys({ ...before, ...after });
	const differing = names.filter(
		(name) => fingerprintOf(before[name]) !== fingerprintOf(after[name]),
	);
	return Object.fromEntries(differing.map((name) => [name, before[name] ?? null]));
}
