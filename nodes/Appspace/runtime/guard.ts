import type { INodeProperties } from 'n8n-workflow';
import { badInput, type RequestFailed } from '../transport/failure';
import { isGiven, numberIn } from './parameterValues';

/** Unless the user chooses: at most this many, and at most this share. */
const USUAL = { count: 10, share: 0.1 };
const MAX_NAMED = 5;

/** A parameter that limits how many records may be removed at once. */
export function guardField(
	displayName: string,
	name: string,
	what: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. 25 or 5%',
		description: `The most ${what}, as a number or a percentage. If there are more, nothing at all is changed. If you leave it empty: 10, or 10% if that is less, but at least 1.`,
		...more,
	};
}

/**
 * How many of `all` records may be removed at once.
 *
 * @param given the value of the parameter: `25`, `5%`, or nothing
 * @param label the name of the parameter that users see
 * @throws RequestFailed if the value is neither a number nor a percentage
 */
export function mostAllowed(given: unknown, all: number, label: string): number {
	if (!isGiven(given)) return Math.max(1, Math.min(USUAL.count, Math.floor(all * USUAL.share)));
	const text = String(given).trim();
	const isShare = text.endsWith('%');
	const number = numberIn(isShare ? text.slice(0, -1) : text);
	const isValid = number >= 0 && (isShare ? number <= 100 : Number.isInteger(number));
	if (isValid) return isShare ? Math.floor((all * number) / 100) : number;
	throw badInput(
		`The parameter "${label}" is neither a whole number nor a percentage`,
		'Enter a number such as 25, or a percentage such as 5%.',
	);
}

/** The refusal of a change that would remove too many records. */
export function tooMany(
	{ what, names, most, all }: { what: string; names: string[]; most: number; all: number },
	label: string,
): RequestFailed {
	const named = names.slice(0, MAX_NAMED).join(', ');
	const more = names.length - MAX_NAMED;
	return badInput(
		`${what} ${names.length} of ${all}, and at most ${most} are allowed`,
		`Nothing was changed. The first are ${named}${more > 0 ? ` and ${more} more` : ''}. Check whether the list is complete. If it is, raise "${label}".`,
	);
}
