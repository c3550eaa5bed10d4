import { badInput } from './failure';

/** Whether JavaScript represents the number exactly instead of rounding it. */
export function isExact(value: number): boolean {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/**
 * Throws RequestFailed if the value contains a number that was rounded, because writing it back would
 * change it: an integer beyond 2^53, or infinity, which JSON cannot express.
 *
 * @param place the name of the value that users see, if it has one
 */
export function refuseInexact(value: unknown, place = ''): void {
	if (typeof value === 'number' && !isExact(value)) {
		throw badInput(
			`The number in "${place}" is too large to be sent unchanged`,
			'Nothing was sent, because n8n rounds whole numbers above 9007199254740991. Enter the number as text, in quotation marks. If it is part of an Appspace record, change the record in the Appspace console.',
		);
	}
	if (typeof value !== 'object' || value === null) return;
	for (const [name, inner] of Object.entries(value)) {
		const isEntry = Array.isArray(value) || place === '';
		refuseInexact(inner, isEntry ? place || name : `${place}.${name}`);
	}
}
