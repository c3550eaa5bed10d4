import type { INodeProperties } from 'n8n-workflow';
import { badInput, type RequestFailed } from '../transport/failure';
import { firstFew } from './firstFew';
import { numberIn } from './parameterValues';

/** What a guard limits, in the words of its messages. */
export interface Guarded {
	/** The parameter's name in the form. */
	label: string;
	/** The verb, such as "remove". */
	verb: string;
	/** What the scope consists of, such as "members". */
	scope: string;
}

/** Without a value from the user, the smaller of the two applies, but at least 1. */
const DEFAULT_NUMBER = 10;
const DEFAULT_PERCENT = 10;

/** The field for a guard, "Most Removals" or "Most Deactivations"; its value goes to `mostOf`. */
export function mostField(
	name: string,
	{ label, verb, scope }: Guarded,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. 25 or 5%',
		description: `How many ${scope} to ${verb} at most: a number, or a percentage of all ${scope}. If there are more, nothing is written. If empty, ${DEFAULT_NUMBER} or ${DEFAULT_PERCENT}%, whichever is less, but at least 1. Enter 0 for none.`,
		...more,
	};
}

/**
 * How many records may be removed or deactivated.
 *
 * @param value a number ("25"), a share of the scope ("5%", rounded down), or empty text for the default
 * @param size the number of records in the scope
 * @throws RequestFailed for any other value
 */
export function mostOf(value: string, size: number, { label }: Guarded): number {
	const text = value.trim();
	if (text === '') {
		const share = Math.floor((size * DEFAULT_PERCENT) / 100);
		return Math.max(1, Math.min(DEFAULT_NUMBER, share));
	}
	const isShare = text.endsWith('%');
	const number = numberIn(isShare ? text.slice(0, -1) : text);
	const isValid = number >= 0 && (isShare ? number <= 100 : Number.isInteger(number));
	if (isValid) return isShare ? Math.floor((size * number) / 100) : number;
	throw badInput(
		`The parameter "${label}" is "${text}", which is neither a whole number nor a percentage from 0% to 100%`,
		'Enter a number such as 25, a percentage such as 5%, or 0 for none. Leave it empty for the default.',
	);
}

/**
 * Throws if there are more names than allowed. Call it before the first write.
 *
 * @param names the records to be removed or deactivated
 * @param size the number of records in the scope
 * @param value the user's value, as in `mostOf`
 */
export function refuseTooMany(names: string[], size: number, value: string, what: Guarded): void {
	const most = mostOf(value, size, what);
	if (names.length > most) throw tooMany(names, size, most, what);
}

function tooMany(
	names: string[],
	size: number,
	most: number,
	{ label, verb, scope }: Guarded,
): RequestFailed {
	return badInput(
		`This would ${verb} ${names.length} of ${size} ${scope}, and "${label}" allows ${most}: ${firstFew(names)}`,
		`Nothing was written. Check that the list of wanted ${scope} is complete. If it is, set "${label}" to ${names.length} or more.`,
	);
}
