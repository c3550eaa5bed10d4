import type { IDataObject } from 'n8n-workflow';
import { touches } from '../../fields/dateRange';
import { instant } from '../../runtime/instant';
import type { Call } from '../../runtime/operation';
import { isRefusal, catchStatus, RequestFailed, type Refusal } from '../../transport/failure';
import { spaceIdsIn, spaceNamesIn, takesUp } from '../event/bookedSpaces';

/** Spaces and a time, as text. */
export interface Slot {
	spaceIds: string[];
	startAt: string;
	endAt: string;
	/** The reservation that wants the slot: its own events are not in its way. */
	reservationId?: unknown;
}

const MOST_NAMED = 3;
/** Statuses, and the beginnings of some, with which an event takes up nothing (appspace-api.md 5.5). */
const FREED = /^(cancel|release|completed|conflict|declined)/i;

/**
 * What comes of `work`; where it clashes with another booking, the message says whose it is.
 *
 * @param slot what is wanted, found out only then
 */
export async function tellingHolder<T>(
	call: Call,
	work: Promise<T>,
	slot: () => Promise<Slot>,
): Promise<T> {
	const done = await catchStatus(work, 409);
	if (!isRefusal(done)) return done;
	// The clash is what matters, also where its reason cannot be looked up.
	const holders = await slot()
		.then(async (wanted) => await holdersOf(call, wanted))
		.catch(() => []);
	throw taken(holders, done);
}

/** The events that take up a slot, in order of their start. */
export async function holdersOf(call: Call, slot: Slot): Promise<IDataObject[]> {
	const { spaceIds, reservationId } = slot;
	const startAt = instant(slot.startAt, 'UTC');
	const endAt = instant(slot.endAt, 'UTC');
	return await call.list('reservation/events', {
		query: { startAt, endAt, resourceids: spaceIds.join(','), sort: 'startAt' },
		matches: (event) =>
			touches(event, { startAt, endAt }) &&
			takesUp(event, spaceIds) &&
			isHeld(event) &&
			(reservationId === undefined || event.reservationId !== reservationId),
	});
}

/** Whether an event takes up its spaces. */
export function isHeld({ status }: IDataObject): boolean {
	return !FREED.test(String(status));
}

/**
 * The refusal for a slot that is taken: whose booking is in the way, when and where.
 *
 * @param note what else there is to say about it
 */
export function taken(holders: IDataObject[], refused: Refusal, note = ''): RequestFailed {
	const [first] = holders;
	const { serverMessage } = refused.failure;
	const description = ['Choose another time or another space.', note];
	if (!first) {
		return clashed('The slot is taken, by a booking that the API token may not see', [
			...description,
			serverMessage && `Appspace says: "${serverMessage}".`,
		]);
	}
	const names = few(new Set(holders.map(holderOf)), ' and ');
	const where = few(spaceNamesIn(first)) || few(spaceIdsIn(first)) || 'The space';
	return clashed(
		`${where} is already booked by ${names}, from ${String(first.startAt)} to ${String(first.endAt)}`,
		[
			...description,
			`In the way: "${String(first.title ?? '')}", reservation ${String(first.reservationId)}.`,
		],
	);
}

/** The first few of many: a message is no list. */
function few(names: Iterable<string>, between = ', '): string {
	const all = [...names];
	const more = all.length - MOST_NAMED;
	return `${all.slice(0, MOST_NAMED).join(between)}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Who holds an event, by name or else by address. */
function holderOf({ organizer, provider }: IDataObject): string {
	const { name, username, email } = (organizer ?? {}) as IDataObject;
	const provided = (provider as IDataObject | null | undefined)?.organizer as
		IDataObject | undefined;
	return String(name ?? email ?? username ?? provided?.username ?? 'somebody');
}

function clashed(message: string, description: string[]): RequestFailed {
	return new RequestFailed({
		kind: 'input',
		message,
		description: description.filter(Boolean).join(' '),
		status: 409,
	});
}
