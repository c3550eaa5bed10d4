import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { ServerClock } from './serverClock';
import { decode, encode, type State } from './state';
import type { Sweep } from './sweep';

/** How many triggers to remember; the one that has not polled for the longest time is forgotten first. */
const MAX_WATCHES = 200;
/** How much memory the values of records may take, in all triggers together, in bytes. */
const MAX_REMEMBERED = 20_000_000;
/** What a text takes beside its characters: its header, and its place in a map. */
const OVERHEAD = 80;
/** How long n8n may take to save the state of a poll with events, in milliseconds. */
const SAVING_TIME = 30_000;

/** What this process knows of one trigger between polls. Losing it costs a reading, never an event. */
export class Watch {
	state: State = emptyState('', 0);
	/** Whether all records were read once, so that changes can be told. */
	isStocked = false;
	/** Whether the state was saved by a process that ended. */
	isResumed = false;
	/** A reading that ran out of time. */
	sweep: Sweep | undefined;
	/** The records that the last stable sweep did not see. */
	missing: Set<string> | undefined;
	/** How many sweeps in a row were not stable, and how many missed unlikely many records. */
	unstable = 0;
	doubted = 0;
	readonly clock = new ServerClock();
	readonly values = new RememberedValues();
	/** Since when all polls have failed, in milliseconds of n8n's clock. */
	failingSince: number | undefined;
	/** When the last failure was reported. */
	reportedAt = -Infinity;
	/** How many polls with events n8n is known to have delivered: it went on polling after them. */
	private delivered = 0;
	/** The state as last passed to n8n. */
	private text: string | undefined;
	/** When events were last passed to n8n, in milliseconds of n8n's clock. */
	private toldAt = -Infinity;
	private busyUntil = 0;
	private context: unknown;
	private keepsContext = false;

	/**
	 * n8n polls again while a poll is still running. Only one of them reads.
	 *
	 * @returns whether this poll may read
	 */
	enter(until: number): boolean {
		if (Date.now() <= this.busyUntil) return false;
		this.busyUntil = until;
		return true;
	}

	/** Whether the poll that entered until then may still change the state, or another took over. */
	isHeld(until: number): boolean {
		return this.busyUntil === until;
	}

	leave(until: number): void {
		if (this.isHeld(until)) this.busyUntil = 0;
	}

	/**
	 * Whether n8n may still be saving the state of the last poll with events. Its scheduler with durable
	 * cursors does not wait for that: the next poll can begin with the state from before.
	 */
	isSaving(context: unknown, saved: unknown): boolean {
		const { told, fingerprint } = this.state;
		const isSettled = this.keepsContext || this.context === context || this.delivered === told;
		if (isSettled || Math.abs(Date.now() - this.toldAt) > SAVING_TIME) return false;
		const state = decode(saved);
		return state?.fingerprint === fingerprint && state.told < told;
	}

	/**
	 * Whether the workflow was published, or n8n started, since the last poll. n8n's default scheduler uses
	 * one context from one publication to the next. If each poll has a context of its own, only the start of
	 * n8n is noticed.
	 */
	isRegistration(context: unknown): boolean {
		const isFirst = this.context === undefined;
		const isOther = this.context !== context;
		this.keepsContext ||= !isFirst && !isOther;
		if (!isOther) this.delivered = this.state.told;
		this.context = context;
		return isFirst || (isOther && this.keepsContext);
	}

	/**
	 * Goes on from the saved state, or starts afresh.
	 *
	 * @param saved what n8n kept; after an activation without events, it may have kept nothing
	 * @returns whether it starts afresh although there was a state
	 */
	resume(saved: unknown, fingerprint: string): boolean {
		const isOwn = this.state.fingerprint === fingerprint;
		// A renamed node comes without its saved state.
		if (isOwn && (saved === undefined || saved === this.text)) return false;
		const state = decode(saved);
		const isFor = state?.fingerprint === fingerprint;
		// n8n does not save a poll without events, so memory knows more than a state with the same events. A
		// state with fewer may mean that n8n discarded the latest, so they are told again. The numbers compare
		// only within one stock: an execution can write back a copy from before this one was taken.
		const { told, since } = this.state;
		const hasLess = isFor && (state.since < since || state.told < told);
		const isOlder = hasLess && this.delivered === told;
		if (isOwn && (!isFor || isOlder || state.told === told)) return false;
		if (isFor) this.take(state, true);
		else this.startAfresh(fingerprint);
		return !isFor && saved !== undefined;
	}

	/** Forgets everything, so that the next reading takes stock. */
	startAfresh(fingerprint: string): void {
		// The count goes on, so that the saved state, which is older, does not count as news.
		this.take(emptyState(fingerprint, this.state.told), false);
	}

	/**
	 * The state as text for n8n to keep; undefined before everything was read once.
	 *
	 * @param hasEvents whether n8n gets events together with it
	 */
	save(hasHashedKeys: boolean, hasEvents: boolean): string | undefined {
		if (!this.isStocked) return undefined;
		if (hasEvents) {
			this.state.told += 1;
			this.toldAt = Date.now();
		}
		return (this.text = encode(this.state, hasHashedKeys));
	}

	private take(state: State, isStocked: boolean): void {
		this.state = state;
		this.isStocked = isStocked;
		this.isResumed = isStocked;
		this.text = undefined;
		this.sweep = undefined;
		this.missing = undefined;
		this.unstable = 0;
		this.doubted = 0;
		this.values.clear();
	}
}

function emptyState(fingerprint: string, told: number): State {
	return { fingerprint, told, at: 0, since: 0, table: new Map() };
}

/** The last known values of records, as JSON text, which takes less memory than objects. */
export class RememberedValues {
	private static total = 0;
	private readonly texts = new Map<string, string>();
	/** The names of the values, which are the same for nearly all records. */
	private names: string[][] = [];

	get(key: string): IDataObject | undefined {
		const text = this.texts.get(key);
		if (text === undefined) return undefined;
		const [names, ...values] = JSON.parse(text) as [number, ...Array<IDataObject[string]>];
		return Object.fromEntries(values.map((value, index) => [this.names[names]?.[index], value]));
	}

	set(key: string, values: IDataObject): void {
		const text = JSON.stringify([this.namesOf(values), ...Object.values(values)]);
		const known = this.texts.get(key);
		if (text === known) return;
		this.delete(key);
		const size = sizeOf(text);
		if (RememberedValues.total + size > MAX_REMEMBERED) return;
		RememberedValues.total += size;
		this.texts.set(key, text);
	}

	/** Forgets the values of all other records. */
	keepOnly(isKept: (key: string) => boolean): void {
		for (const key of this.texts.keys()) if (!isKept(key)) this.delete(key);
	}

	delete(key: string): void {
		const text = this.texts.get(key);
		if (text !== undefined) RememberedValues.total -= sizeOf(text);
		this.texts.delete(key);
	}

	clear(): void {
		for (const text of this.texts.values()) RememberedValues.total -= sizeOf(text);
		this.texts.clear();
		this.names = [];
	}

	private namesOf(values: IDataObject): number {
		const own = Object.keys(values);
		const known = this.names.findIndex((names) => isSame(names, own));
		return known === -1 ? this.names.push(own) - 1 : known;
	}
}

function isSame(left: string[], right: string[]): boolean {
	return left.length === right.length && left.every((name, index) => name === right[index]);
}

/** Characters take one byte each, or two if any of them is beyond Latin-1. */
function sizeOf(text: string): number {
	return OVERHEAD + text.length * (/[^\0-\xff]/.test(text) ? 2 : 1);
}

const watches = new Map<string, Watch>();

/** The watch of the trigger that polls. */
export function watchOf(context: IPollFunctions): Watch {
	const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	const watch = watches.get(key) ?? new Watch();
	// The latest move to the end, so the longest unused is the first.
	watches.delete(key);
	watches.set(key, watch);
	const [oldest] = watches.keys();
	if (watches.size > MAX_WATCHES && oldest !== undefined) {
		watches.get(oldest)?.values.clear();
		watches.delete(oldest);
	}
	return watch;
}
