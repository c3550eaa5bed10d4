import type { IDataObject } from 'n8n-workflow';
import { rangeQuery, touches } from '../../fields/dateRange';
import { instant } from '../../runtime/instant';
import type { Call } from '../../runtime/operation';
import { isRefusal, catchStatus, RequestFailed, type Refusal } from '../../transport/failure';
import { spaceIdsIn, spaceNamesIn, takesUp } from '../event/bookedSpaces';

/** Spaces and a time range. */
export interface Slot {
	spaceIds: string[];
	startAt: string;
	endAt: string;
	/** The reservation that needs the slot. Its own events do not conflict with it. */
	reservationId?: unknown;
}

const MAX_NAMED = 3;
/** The start of each status in which an event does not occupy its spaces (appspace-api.md 5.5). */
const FREED = /^(cancel|release|completed|conflict|declined)/i;

/**
 * The result of `work`. If it conflicts with another booking, the error message names the holder.
 *
 * @param slot finds the requested slot; called only after a conflict
 */
export async function explainClash<T>(
	call: Call,
	work: Promise<T>,
	slot: () => Promise<Slot>,
): Promise<T> {
	const result = await catchStatus(work, 409);
	if (!isRefusal(result)) return result;
	// Report the conflict even if the holder cannot be looked up.
	const holders = await slot()
		.then(async (wanted) => await holdersOf(call, wanted))
		.catch(() => []);
	throw taken(holders, result);
}

/** The events that occupy a slot, sorted by start. */
export async function holdersOf(call: Call, slot: Slot): Promise<IDataObject[]> {
	const { spaceIds, reservationId } = slot;
	const range = { startAt: instant(slot.startAt, 'UTC'), endAt: instant(slot.endAt, 'UTC') };
	return await call.list('reservation/events', {
		query: { ...rangeQuery(range), resourceids: spaceIds.join(','), sort: 'startAt' },
		matches: (event) =>
			touches(event, range) &&
			takesUp(event, spaceIds) &&
			isHeld(event) &&
			(reservationId === undefined || event.reservationId !== reservationId),
	});
}

/** Whether an event occupies its spaces. */
export function isHeld({ status }: IDataObject): boolean {
	return !FREED.test(String(status));
}

/**
 * The failure for an occupied slot, with the holder, time, and place of the conflicting booking.
 *
 * @param note a further sentence for the description
 */
export function taken(holders: IDataObject[], refused: Refusal, note = ''): RequestFailed {
	const [first] = holders;
	const { serverMessage } = refused.failure;
	const description = ['Choose another time or another space.', note];
	if (!first) {
		return clashed('The spaces are already booked, by a booking that the API token cannot see', [
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
			`Conflicting booking: "${String(first.title ?? '')}", reservation ${String(first.reservationId)}.`,
		],
	);
}

/** The first few names and the number of the others, to keep the message short. */
function few(names: Iterable<string>, between = ', '): string {
	const all = [...names];
	const more = all.length - MAX_NAMED;
	return `${all.slice(0, MAX_NAMED).join(between)}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The organizer of an event, by name or else by email address. */
function holderOf({ organizer, provider }: IDataObject): string {
	const { name, username, email } = (organizer ?? {}) as IDataObject;
	const provided = (provider as IDataObject | null | undefined)?.organizer as
		IDataObject | undefined;
	return String(name ?? email ?? username ?? provided?.username ?? 'someone else');
}

function clashed(message: string, description: string[]): RequestFailed {
	return new RequestFailed({
		kind: 'input',
		message,
		description: description.filter(Boolean).join(' '),
		status: 409,
	});
}
