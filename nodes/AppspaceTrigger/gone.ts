import {
	badInput,
	catchStatus,
	isRefusal,
	type RequestFailed,
} from '../Appspace/transport/failure';
import type { Tenant } from '../Appspace/transport/tenant';
import type { Detection } from './detections';
import { MAX_RECORDS } from './sweep';
import type { TriggerEvent } from './triggerEvent';

/** So few records may always be gone at once. */
const FEW = 10;
/** How many readings in a row make an unlikely list likely, for records that are only forgotten. */
const READINGS = 5;

/** Whether missing records leave the state. Those that stay must not fill it in the course of years. */
export function mayForget({ whenGone }: Detection, known: number, seen: number): boolean {
	return whenGone !== 'keep' || (known > MAX_RECORDS && seen > 0);
}

/**
 * Whether so many records may really be gone. If not, Appspace has more likely answered with a part of the
 * list.
 *
 * @param doubted how many readings in a row this was not the case
 */
export function isBelievable(
	{ gone, known, seen }: { gone: number; known: number; seen: number },
	{ event, detection, mostGone }: { event: TriggerEvent; detection: Detection; mostGone: number },
	doubted: number,
): boolean {
	const isForgotten = detection.whenGone === 'forget';
	// Records leave a window of time all the time.
	const isUsual = isForgotten && (event.isWindow || doubted >= READINGS);
	if (gone === 0 || mostGone === 100 || isUsual || detection.whenGone === 'keep') return true;
	const isEmpty = seen === 0 && !event.isWindow;
	return !isEmpty && gone <= Math.max(FEW, (known * mostGone) / 100);
}

export function tooManyGone(gone: number, known: number): Error {
	return badInput(
		`${gone} of ${known} records are missing from the list, which is more than this trigger accepts`,
		'Nothing was reported as gone, because Appspace may have answered with only a part of the list. Check in Appspace. If the records are really gone, set "Most Gone at Once" under Options to 100 until they are reported.',
	);
}

/** Whether a missing record is an event, as opposed to one that is only forgotten. */
export function isTold({ whenGone, isTold: tells }: Detection, mark: number | undefined): boolean {
	return whenGone === 'isEvent' && (mark === undefined || tells?.(mark) !== false);
}

/**
 * Asks for each missing record whether it is gone. One that still exists has only moved out of sight of the
 * filters.
 *
 * @param answered gets each answer at once: the others may take too long
 * @returns the first failure of a request
 */
export async function lookUp(
	keys: string[],
	{ recordPath, isGone }: TriggerEvent,
	tenant: Tenant,
	answered: (key: string, isGone: boolean) => void,
): Promise<RequestFailed | undefined> {
	let failure: RequestFailed | undefined;
	const ask = async (key: string): Promise<void> => {
		if (!recordPath) return answered(key, true);
		const answer = await catchStatus(tenant.reply({ path: recordPath(key) }), 404, 410);
		answered(key, isRefusal(answer) || (isGone?.(answer.body) ?? false));
	};
	await Promise.all(
		keys.map(async (key) => await ask(key).catch((error: RequestFailed) => (failure ??= error))),
	);
	return failure;
}
