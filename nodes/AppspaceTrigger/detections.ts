import type { IDataObject } from 'n8n-workflow';
import { instant } from '../Appspace/runtime/instant';
import { pick } from '../Appspace/runtime/pick';
import type { AnyRecord } from '../Appspace/transport/page';
import { digestOf } from './digest';

/*
 * Which change of a record is an event. A detection compares a record with its mark: the 32 bits that the
 * state keeps of it. Everything here is pure.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Set in the mark of a record whose event was told; otherwise, the mark is a time in minutes. */
const TOLD = 0x8000_0000;

/** What a detection finds in a record. */
export interface Finding {
	/** The mark to keep; undefined keeps nothing of the record. */
	mark: number | undefined;
	/** Whether the event happened. The mark then changes only when it is emitted. */
	isEvent: boolean;
	/** Whether the event happened too long ago to be told. */
	isLate?: boolean;
	/** Whether the record is in a condition that has not lasted long enough yet. */
	isPending?: boolean;
}

/** What becomes of a record that is no longer in the list. */
export type WhenGone = 'isEvent' | 'forget' | 'keep';

/** Times of the server, in milliseconds. */
export interface Moment {
	now: number;
	/** When the trigger took stock. */
	since: number;
}

export interface Detection {
	/** @param mark what the state keeps of the record; undefined if it is not in the state */
	find(record: AnyRecord, mark: number | undefined, at: Moment): Finding;
	whenGone: WhenGone;
	/** Whether a record with this mark is told when it is gone; by default, each of them is. */
	isTold?: (mark: number) => boolean;
	/** Whether the state can forget a mark because its time is over. */
	isOver?: (mark: number, now: number) => boolean;
	/** The values that make the event what it is, which go into its ID. */
	watched: (record: AnyRecord) => IDataObject;
	/** The values whose old ones go into `previous`, as far as they are known; by default those watched. */
	remembers?: (record: AnyRecord) => IDataObject;
	/** Whether a record makes a good sample for a test; by default every record does. */
	isSample?: (record: AnyRecord) => boolean;
	/**
	 * When the record was created and last changed, if it says so. Closes the gap that a crash leaves: an
	 * unknown record that was created after the state was saved, and changed since, was updated.
	 */
	times?: (record: AnyRecord) => { createdAt?: unknown; updatedAt?: unknown };
}

interface Creation {
	/** Whether a record that is gone and comes back counts as new, such as a member of a group. */
	forgets?: boolean;
	/** When a record of a list that shows a window of time was created, and when it leaves the window. */
	createdAt?: (record: AnyRecord) => unknown;
	endsAt?: (record: AnyRecord) => unknown;
	/** Whether it was created out of sight of the window, which has reached it since. */
	isOld?: (record: AnyRecord) => boolean;
}

/** A record that was not there before. */
export function created(creation: Creation = {}): Detection {
	const { forgets = false, createdAt, endsAt } = creation;
	return {
		find(record, mark, { since }) {
			// A record that comes into the window of time may be an old one.
			const isOld = isBefore(createdAt?.(record), since) || creation.isOld?.(record) === true;
			const own = endsAt ? markFor(millisOf(endsAt(record))) : 0;
			return { mark: own, isEvent: mark === undefined && !isOld };
		},
		// The ID of a record is never used again, but a member can leave a group and come back.
		whenGone: forgets ? 'forget' : 'keep',
		...(endsAt && { isOver: (mark, now) => mark > 0 && now - mark * SECOND > DAY }),
		watched: () => ({}),
	};
}

/** A record with other values in these fields than before. */
export function updated(
	watched: (record: AnyRecord) => IDataObject,
	more: Pick<Detection, 'times'> = {},
): Detection {
	return {
		find(record, mark) {
			const digest = digestOf(watched(record));
			return { mark: digest, isEvent: mark !== undefined && mark !== digest };
		},
		whenGone: 'forget',
		watched,
		...more,
	};
}

/** A record that is gone. */
export function deleted(): Detection {
	return {
		find: () => ({ mark: 0, isEvent: false }),
		whenGone: 'isEvent',
		watched: () => ({}),
	};
}

/** A dated record that was called off before its end: it says so, or it is gone. */
export function calledOff(
	isOff: (record: AnyRecord) => boolean,
	endsAt: (record: AnyRecord) => unknown,
): Detection {
	return {
		find(record, mark, { now }) {
			if (isOff(record)) return { mark: TOLD, isEvent: mark !== undefined && mark !== TOLD };
			const end = markFor(millisOf(endsAt(record)));
			return { mark: end * SECOND > now ? end : undefined, isEvent: false };
		},
		whenGone: 'isEvent',
		isTold: (mark) => mark !== TOLD,
		isOver: (mark, now) => mark !== TOLD && mark * SECOND <= now,
		watched: () => ({}),
		remembers: (record) => pick(record, ['status', 'startAt', 'endAt']),
	};
}

interface Condition {
	isIn: (record: AnyRecord) => boolean;
	/** When the record came into the condition, if it says so. A new time is a new event. */
	since?: (record: AnyRecord) => unknown;
	/** Whether that time is when the event happened: a record that is new in the list may bring an old one. */
	isDated?: boolean;
	/** How long it must stay in the condition, in minutes. */
	minutes?: number;
	/** The values that the condition looks at. */
	fields: string[];
}

/** A record that came into a condition, and stayed there for a time. */
export function entered({ isIn, since, isDated, minutes = 0, fields }: Condition): Detection {
	const startOf = (record: AnyRecord) => millisOf(since?.(record));
	return {
		find(record, mark, { now, since: stockedAt }) {
			if (!isIn(record)) return { mark: undefined, isEvent: false };
			const start = startOf(record);
			const told = (TOLD | digestOf(since?.(record))) >>> 0;
			if (mark === told) return { mark, isEvent: false };
			const isOld = isDated && mark === undefined && isBefore(since?.(record), stockedAt);
			if (isOld) return { mark: told, isEvent: false };
			const isPending = mark !== undefined && mark < TOLD;
			// Without a time in the record, the first poll that saw the condition counts.
			const from = start ?? (isPending ? mark * MINUTE : now);
			if (minutes === 0 || now - from >= minutes * MINUTE) return { mark: told, isEvent: true };
			const waiting = start === undefined ? Math.floor(from / MINUTE) : undefined;
			return { mark: waiting, isEvent: false, isPending: true };
		},
		// A device that is only hidden for a while must not be told again.
		whenGone: 'keep',
		watched: (record) => ({ since: since?.(record) ?? null }) as IDataObject,
		remembers: (record) => pick(record, fields),
		isSample: isIn,
	};
}

interface Appointment {
	/** The time that counts, such as the start of a booking. */
	at: (record: AnyRecord) => unknown;
	/** When the event is due, in minutes after that time; negative for before. */
	minutes: number;
	/** How late the event may be told, in minutes. */
	latest: number;
	/** Whether the event still applies. */
	isOpen: (record: AnyRecord) => boolean;
	/** Whether the record says that the time has come, though the time in it has not. */
	isEarly?: (record: AnyRecord) => boolean;
}

/** A time in a record that has come. Told once for each record and time, however rarely it is polled. */
export function due({ at, minutes, latest, isOpen, isEarly }: Appointment): Detection {
	return {
		find(record, mark, { now }) {
			const time = millisOf(at(record));
			if (time === undefined) return { mark, isEvent: false };
			const own = markFor(time);
			const dueAt = time + minutes * MINUTE;
			const hasCome = now >= dueAt || isEarly?.(record) === true;
			if (mark === own || !hasCome || !isOpen(record)) return { mark, isEvent: false };
			if (now - dueAt > latest * MINUTE) return { mark: own, isEvent: false, isLate: true };
			return { mark: own, isEvent: true };
		},
		whenGone: 'keep',
		isOver: (mark, now) => now - mark * SECOND > (minutes + latest) * MINUTE + DAY,
		watched: (record) => ({ at: at(record) ?? null }) as IDataObject,
		isSample: (record) => millisOf(at(record)) !== undefined && isOpen(record),
	};
}

/** An instant in milliseconds; undefined if the value is not a time, or the one that means none. */
export function millisOf(value: unknown): number | undefined {
	const at = value === undefined || value === null ? undefined : instant(value, 'UTC');
	return at === undefined ? undefined : Date.parse(at);
}

/** Whether a value is a time before an instant. Whole seconds count, because servers may cut off the rest. */
export function isBefore(value: unknown, instant: number): boolean {
	const time = millisOf(value);
	return time !== undefined && Math.floor(time / SECOND) < Math.floor(instant / SECOND);
}

/** An instant as a mark, in whole seconds; 0 for none, and the largest mark for one such as the year 9999. */
function markFor(millis: number | undefined): number {
	return Math.min(Math.max(Math.floor((millis ?? 0) / SECOND), 0), 0xffff_ffff);
}
