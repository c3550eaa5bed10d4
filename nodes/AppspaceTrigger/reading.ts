import type { INodeExecutionData } from 'n8n-workflow';
import {
	badInput,
	catchStatus,
	isRefusal,
	type RequestFailed,
} from '../Appspace/transport/failure';
import type { FetchPage } from '../Appspace/transport/pages';
import type { Tenant } from '../Appspace/transport/tenant';
import { millisOf, type Detection } from './detections';
import type { Items } from './items';
import { hashedKey, type State } from './state';
import { Sweep, type SeenRecord } from './sweep';
import type { List, TriggerEvent } from './triggerEvent';
import type { Watch } from './watch';

/** The most items that start one execution. What is left stays out of the state and comes next. */
export const MAX_ITEMS = 500;
/** So few records may always be gone at once. */
const FEW = 10;
/** So many records that are gone may stay in the state of an event that keeps them. */
const MANY = 1_000;

interface Plan {
	event: TriggerEvent;
	detection: Detection;
	items: Items;
	lists: List[];
	/** How many records may be gone at once, in percent. */
	mostGone: number;
	isTimeUp: () => boolean;
}

/** Reads the lists of an event once, and collects what happened since the state was saved. */
export class Reading {
	readonly found: INodeExecutionData[] = [];
	/** Events that are too old to tell. */
	late = 0;
	/** The new marks, kept apart until `commit`: an error must not change the state. */
	private readonly marks = new Map<string, number | undefined>();
	private missing: Set<string> | undefined;
	private isComplete = false;
	private isClosed = false;

	private readonly state: State;

	constructor(
		private readonly plan: Plan,
		private readonly watch: Watch,
		private readonly tenant: Tenant,
	) {
		this.state = watch.state;
	}

	/** Reads until everything is read, the time is up, or there are enough items. */
	async read(): Promise<void> {
		const isStable = await this.sweep();
		if (isStable === undefined) return;
		this.isComplete = true;
		await this.tellGone(isStable);
	}

	/** Ends the reading: answers that come later change nothing. */
	close(): void {
		this.isClosed = true;
	}

	/** Takes over what was found. */
	commit(): void {
		const { table } = this.state;
		for (const [key, mark] of this.marks) {
			if (mark === undefined) table.delete(key);
			else table.set(key, mark);
		}
		if (this.missing) this.watch.missing = this.missing;
		if (!this.isComplete) return;
		this.state.at = this.watch.clock.now();
		this.watch.isStocked = true;
		this.watch.isResumed = false;
	}

	/** @returns whether the list stayed the same while it was read; undefined if it was not read to the end */
	private async sweep(): Promise<boolean | undefined> {
		for (let isSecond = false; ; isSecond = true) {
			const { event, lists } = this.plan;
			const sweep =
				this.watch.sweep ?? new Sweep(lists, this.keyFor, event.recordPath !== undefined);
			this.watch.sweep = undefined;
			const isComplete = await sweep.read({
				fetch: (list) => this.fetch(list),
				readAhead: () => this.tenant.width,
				isTimeUp: this.plan.isTimeUp,
				take: (seen) => this.take(seen),
			});
			if (!isComplete) {
				const canGoOn = this.found.length < MAX_ITEMS && !this.isClosed;
				if (canGoOn) this.watch.sweep = sweep;
				return undefined;
			}
			this.seen = sweep.seen;
			if (sweep.isStable || isSecond || this.plan.isTimeUp()) return sweep.isStable;
		}
	}

	private seen = new Set<string>();

	private readonly keyFor = ({ owner }: List, id: string): string => {
		const key = owner === undefined ? id : `${String(owner.id)} ${id}`;
		return this.hasHashedKeys ? hashedKey(key) : key;
	};

	/** An event about missing records needs their IDs; for all others, hashes do. */
	get hasHashedKeys(): boolean {
		return this.plan.detection.whenGone !== 'isEvent';
	}

	private fetch({ path, query }: List): FetchPage {
		return async (start, limit, isOver) => {
			const reply = await this.tenant.reply({
				path,
				query: { ...query, start, limit },
				isOver: () => this.isClosed || isOver(),
			});
			this.watch.clock.set(reply.headers);
			return reply.body;
		};
	}

	private take(seen: SeenRecord): boolean {
		if (this.isClosed) return false;
		const { record, key } = seen;
		const { detection, items } = this.plan;
		const { clock, values, isStocked } = this.watch;
		const known = this.markOf(key);
		const now = clock.now();
		const { mark, isEvent, isLate } = detection.find(record, known, now);
		const isNews = isStocked && (isEvent || this.happenedMeanwhile(seen, known));
		if (isNews && this.found.length === MAX_ITEMS) return false;
		if (isNews) this.found.push(items.of(seen, values.get(key), now));
		if (isLate && isStocked) this.late += 1;
		if (mark !== known) this.marks.set(key, mark);
		values.set(key, items.remembered(record));
		return true;
	}

	/**
	 * Whether an unknown record was created after the state was saved, and changed since. The state of a
	 * process that ended may lack records that it had seen without telling anything.
	 */
	private happenedMeanwhile({ record }: SeenRecord, known: number | undefined): boolean {
		const { createdAt, updatedAt } = this.plan.detection.times?.(record) ?? {};
		if (!this.watch.isResumed || known !== undefined) return false;
		const [from, to] = [millisOf(createdAt), millisOf(updatedAt)];
		return from !== undefined && to !== undefined && from > this.state.at && to > from;
	}

	private markOf(key: string): number | undefined {
		return this.marks.has(key) ? this.marks.get(key) : this.state.table.get(key);
	}

	/** Tells and forgets what is missing, after two stable sweeps in a row. */
	private async tellGone(isStable: boolean): Promise<void> {
		const { detection } = this.plan;
		const { table } = this.state;
		const now = this.watch.clock.now();
		for (const [key, mark] of table) {
			if (detection.isOver?.(mark, now)) this.marks.set(key, undefined);
		}
		if (!isStable || !this.watch.isStocked || !this.forgets) return;
		const missing = [...table.keys()].filter((key) => {
			return !this.seen.has(key) && this.markOf(key) !== undefined;
		});
		const before = this.watch.missing;
		this.missing = new Set(missing);
		const gone = missing.filter((key) => before?.has(key));
		if (gone.length === 0) return;
		if (this.isTooMany(gone.length)) {
			if (detection.whenGone !== 'isEvent') return;
			throw tooManyGone(gone.length, table.size);
		}
		if (detection.whenGone === 'isEvent') await this.tell(gone.slice(0, MAX_ITEMS), now);
		else for (const key of gone) this.marks.set(key, undefined);
	}

	/** Records that are kept although they are gone must not fill the state in the course of years. */
	private get forgets(): boolean {
		const isFull = this.state.table.size > 2 * this.seen.size + MANY;
		return this.plan.detection.whenGone !== 'keep' || isFull;
	}

	/** Whether so many records are gone that the list is more likely to be wrong. */
	private isTooMany(gone: number): boolean {
		const { mostGone, event, detection } = this.plan;
		const isUsual = event.isWindow && detection.whenGone === 'forget';
		if (mostGone === 100 || isUsual || detection.whenGone === 'keep') return false;
		const most = Math.max(FEW, (this.state.table.size * mostGone) / 100);
		return gone > most || this.seen.size === 0;
	}

	private async tell(gone: string[], now: number): Promise<void> {
		const failures: RequestFailed[] = [];
		const checked = await Promise.all(
			gone.map(async (key) => {
				return await this.isGone(key).catch((failure: RequestFailed) => {
					failures.push(failure);
					return undefined;
				});
			}),
		);
		if (this.isClosed) return;
		gone.forEach((key, index) => {
			if (checked[index] === undefined) return;
			this.marks.set(key, undefined);
			if (checked[index]) this.found.push(this.goneItem(key, now));
			this.watch.values.delete(key);
		});
		const [first] = failures;
		if (first) throw first;
	}

	private goneItem(key: string, now: number): INodeExecutionData {
		const { lists, items } = this.plan;
		const [list = { path: '' }] = lists.filter(({ owner }) => {
			return owner === undefined || key.startsWith(`${String(owner.id)} `);
		});
		return items.ofGone(key, list, this.watch.values.get(key), now);
	}

	/** A record that still exists was moved out of sight of the filters, which is not the event. */
	private async isGone(key: string): Promise<boolean> {
		const { recordPath, isGone } = this.plan.event;
		if (!recordPath) return true;
		const answer = await catchStatus(this.tenant.reply({ path: recordPath(key) }), 404);
		return isRefusal(answer) || (isGone?.(answer.body) ?? false);
	}
}

function tooManyGone(gone: number, all: number): Error {
	return badInput(
		`${gone} of ${all} records are missing from the list, which is more than this trigger believes`,
		'Nothing was reported as gone, because Appspace may have answered with only a part of the list. Check in Appspace. If the records are really gone, set "Most Gone at Once" under Options to 100 until they are reported.',
	);
}
