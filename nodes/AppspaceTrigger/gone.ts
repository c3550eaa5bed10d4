import {
	badInput,
	catchStatus,
	isRefusal,
	type RequestFailed,
} from '../Appspace/transport/failure';
import type { Tenant } from '../Appspace/transport/tenant';
import type { Detection } from './detections';
import type { TriggerEvent } from './triggerEvent';

/** So few records may always be gone at once. */
const FEW = 10;
/** So many records that are gone may stay in the state of an event that keeps them. */
const MANY = 1_000;

/** Whether missing records leave the state. Those that stay must not fill it in the course of years. */
export function mayForget({ whenGone }: Detection, known: number, seen: number): boolean {
	return whenGone !== 'keep' || known > 2 * seen + MANY;
}

/**
 * Whether so many records may really be gone. If not, Appspace has more likely answered with a part of the
 * list.
 */
export function isBelievable(
	{ gone, known, seen }: { gone: number; known: number; seen: number },
	{ event, detection, mostGone }: { event: TriggerEvent; detection: Detection; mostGone: number },
): boolean {
	// Records leave a window of time all the time.
	const isUsual = event.isWindow && detection.whenGone === 'forget';
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
 * @returns the answers, and the first failure of a request for which there is none
 */
export async function lookUp(
	keys: string[],
	{ recordPath, isGone }: TriggerEvent,
	tenant: Tenant,
): Promise<{ known: Map<string, boolean>; failure?: RequestFailed }> {
	const known = new Map<string, boolean>();
	let failure: RequestFailed | undefined;
	const ask = async (key: string): Promise<void> => {
		if (!recordPath) return void known.set(key, true);
		const answer = await catchStatus(tenant.reply({ path: recordPath(key) }), 404);
		known.set(key, isRefusal(answer) || (isGone?.(answer.body) ?? false));
	};
	await Promise.all(
		keys.map(async (key) => await ask(key).catch((error: RequestFailed) => (failure ??= error))),
	);
	return { known, failure };
}
