import type { INodeExecutionData } from 'n8n-workflow';
import { ExecutionStopped } from '../../credentials/auth/deadline';
import type { FetchPage } from '../Appspace/transport/pages';
import type { Tenant } from '../Appspace/transport/tenant';
import { isBefore, millisOf, type Detection } from './detections';
import { isBelievable, isTold, lookUp, mayForget, tooManyGone } from './gone';
import { keyIn, type Items } from './items';
import { hashedKey, type State } from './state';
import { Sweep, type SeenRecord } from './sweep';
import type { List, TriggerEvent } from './triggerEvent';
import type { Watch } from './watch';

/** A poll runs in the background, beside everything else that n8n does, so it holds few pages at once. */
const PAGES_AHEAD = 8;
/** The most items that start one execution. What is left stays out of the state and comes next. */
const MAX_ITEMS = 500;
/** How many times to read the whole list again, if it changes while stock is taken. */
const STOCK_TRIES = 3;

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
	/** Events that are too old to report. */
	late = 0;
	/** Whether anything was read or looked up. */
	hasProgress = false;
	/** The new marks, kept apart until `commit`: an error must not change the state. */
	private readonly marks = new Map<string, number | undefined>();
	private missing: Set<string> | undefined;
	private isComplete = false;
	private isClosed = false;
	private current: Sweep | undefined;
	private startedAt = 0;
	/** The keys that the last complete sweep saw. */
	private seen = new Set<string>();
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
		this.watch.unstable = isStable ? 0 : this.watch.unstable + 1;
		await this.tellGone(isStable);
	}

	/** Ends the reading: answers that come later change nothing. The next poll goes on from here. */
	close(): void {
		this.isClosed = true;
		if (this.current) this.watch.sweep = this.current;
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
		const { watch, state, seen } = this;
		watch.values.keepOnly((key) => seen.has(key) || table.has(key));
		// What happens while the list is read comes later than its beginning.
		state.at = this.startedAt;
		watch.isResumed = false;
		if (watch.isStocked) return;
		state.since = state.at;
		// A list that changed may have hidden records, which would count as new later.
		watch.isStocked = watch.unstable === 0 || watch.unstable >= STOCK_TRIES;
	}

	/** @returns whether the list stayed the same while it was read; undefined if it was not read to the end */
	private async sweep(): Promise<boolean | undefined> {
		for (let isSecond = false; ; isSecond = true) {
			const { event, lists } = this.plan;
			const sweep =
				this.watch.sweep ?? new Sweep(lists, this.keyFor, event.recordPath !== undefined);
			this.watch.sweep = undefined;
			this.current = sweep;
			const reading = sweep.read({
				fetch: (list) => this.fetch(list, sweep),
				readAhead: () => Math.min(PAGES_AHEAD, this.tenant.width),
				isTimeUp: this.plan.isTimeUp,
				take: (seen) => this.take(seen),
			});
			const isComplete = await reading.finally(() => (this.current = undefined));
			if (this.isClosed) return undefined;
			if (!isComplete) {
				if (this.found.length < MAX_ITEMS) this.watch.sweep = sweep;
				return undefined;
			}
			this.seen = sweep.seen;
			this.startedAt = sweep.startedAt ?? this.watch.clock.now();
			if (sweep.isStable || isSecond || this.plan.isTimeUp()) return sweep.isStable;
		}
	}

	private readonly keyFor = (list: List, id: string): string => {
		const key = keyIn(list, id);
		return this.hasHashedKeys ? hashedKey(key) : key;
	};

	/** Whether the event is about missing records. */
	get isAboutGone(): boolean {
		return this.plan.detection.whenGone === 'isEvent';
	}

	/** An event about missing records needs their IDs; for all others, hashes do. */
	get hasHashedKeys(): boolean {
		return !this.isAboutGone;
	}

	private fetch({ path, query }: List, sweep: Sweep): FetchPage {
		return async (start, limit, isOver) => {
			const reply = await this.tenant.reply({
				path,
				query: { ...query, start, limit },
				isOver: () => this.isClosed || isOver(),
			});
			// The next poll goes on with this sweep.
			if (this.isClosed) throw new ExecutionStopped();
			this.watch.clock.set(reply.headers);
			sweep.startedAt ??= this.watch.clock.now();
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
		const { mark, isEvent, isLate, isPending } = detection.find(record, known, {
			now,
			since: this.state.since,
		});
		const isNews = isStocked && (isEvent || this.happenedMeanwhile(seen, known));
		if (isNews && this.found.length === MAX_ITEMS) return false;
		if (isNews) this.found.push(items.of(seen, values.get(key), now));
		if (isLate && isStocked) this.late += 1;
		if (mark !== known) this.marks.set(key, mark);
		// While it waits, the values from before are the ones to tell.
		if (!isPending) values.set(key, items.remembered(record));
		this.hasProgress = true;
		return true;
	}

	/**
	 * Whether an unknown record was created after the state was saved, and changed since. The state of a
	 * process that ended may lack records that it had seen without telling anything.
	 */
	private happenedMeanwhile({ record }: SeenRecord, known: number | undefined): boolean {
		const { createdAt, updatedAt } = this.plan.detection.times?.(record) ?? {};
		if (!this.watch.isResumed || known !== undefined) return false;
		const changedAt = millisOf(updatedAt);
		const isNew = !isBefore(createdAt, this.state.at);
		return changedAt !== undefined && isNew && isBefore(createdAt, changedAt);
	}

	private markOf(key: string): number | undefined {
		return this.marks.has(key) ? this.marks.get(key) : this.state.table.get(key);
	}

	/** Tells and forgets what is missing, after two stable sweeps in a row. */
	private async tellGone(isStable: boolean): Promise<void> {
		const { plan, state, watch } = this;
		const { detection } = plan;
		const now = watch.clock.now();
		for (const [key, mark] of state.table) {
			if (!this.seen.has(key) && detection.isOver?.(mark, now)) this.marks.set(key, undefined);
		}
		const known = state.table.size;
		if (!isStable || !watch.isStocked || !mayForget(detection, known, this.seen.size)) return;
		const missing = [...state.table.keys()].filter((key) => {
			return this.markOf(key) !== undefined && !this.seen.has(key);
		});
		this.missing = new Set(missing);
		const gone = missing.filter((key) => watch.missing?.has(key));
		const events = gone.filter((key) => isTold(detection, this.markOf(key)));
		const count = this.isAboutGone ? events.length : gone.length;
		const isBelieved = isBelievable(
			{ gone: count, known, seen: this.seen.size },
			plan,
			watch.doubted,
		);
		watch.doubted = isBelieved ? 0 : watch.doubted + 1;
		if (!isBelieved && this.isAboutGone) throw tooManyGone(count, known);
		if (!isBelieved) return;
		const told = new Set(events);
		for (const key of gone) if (!told.has(key)) this.marks.set(key, undefined);
		await this.tell(events.slice(0, MAX_ITEMS - this.found.length), now);
	}

	private async tell(gone: string[], now: number): Promise<void> {
		const { items, lists, event } = this.plan;
		const { values } = this.watch;
		const failure = await lookUp(gone, event, this.tenant, (key, isGone) => {
			if (this.isClosed) return;
			this.hasProgress = true;
			this.marks.set(key, undefined);
			if (isGone) this.found.push(items.ofGone(key, lists, values.get(key), now));
		});
		if (failure) throw failure;
	}
}
