import { badInput } from './failure';

/** Whether JavaScript holds the number that was written, and not the nearest that it knows. */
export function isExact(value: number): boolean {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/**
 * Throws RequestFailed when a number in the value is not the one that was written, so that writing it would
 * change it: an integer beyond 2^53, or one beyond everything, which JSON has no form for.
 *
 * @param place how users know the value, if it has a name
 */
export function refuseInexact(value: unknown, place = ''): void {
	if (typeof value === 'number' && !isExact(value)) {
		throw badInput(
			`The number in "${place}" is too large to be sent unchanged`,
			'Nothing was sent: n8n rounds whole numbers above 9007199254740991. Write it as text, in quotation marks. If it stands in a record of Appspace, change the record in the Appspace console.',
		);
	}
	if (typeof value !== 'object' || value === null) return;
	for (const [name, inner] of Object.entries(value)) {
		const isEntry = Array.isArray(value) || place === '';
		refuseInexact(inner, isEntry ? place || name : `${place}.${name}`);
	}
}
