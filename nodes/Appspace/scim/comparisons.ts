import { instant } from '../runtime/instant';
import { booleanIn, numberIn } from '../runtime/parameterValues';
import type { Value } from '../transport/scim/attributes';
import { digitsIn, isCaseExact, isPhoneNumbers } from './alike';

/** What a condition compares with. */
export interface Wanted {
	/** The name of the attribute, without those inside. */
	name: string;
	isDate: boolean;
	operand: string | boolean;
	/** As it was entered: a part of a date is not a date. */
	part: string;
	zone: string;
}

/**
 * What each sensible way of comparing a value with the operand says, the node's own way first. There is none
 * for a value in an unknown form.
 */
export function comparisons(present: Value, operator: string, wanted: Wanted): boolean[] {
	const { operand, part } = wanted;
	if (typeof present === 'boolean' || typeof operand === 'boolean') {
		const [one, other] = [booleanIn(present), booleanIn(operand)];
		const isUnknown = one === undefined || other === undefined;
		return isUnknown ? [] : inOrder(operator, [Number(one) - Number(other)], ['eq', 'ne']);
	}
	const finds = FINDS[operator];
	if (!finds) return inOrder(operator, ordersOf(present, operator, wanted));
	return [...new Set([part, String(operand)])].flatMap((sought) =>
		spellingsFor(wanted).map((spelled) => finds(spelled(present), spelled(sought))),
	);
}

const FINDS: Record<string, (text: string, part: string) => boolean> = {
	co: (text, part) => text.includes(part),
	sw: (text, part) => text.startsWith(part),
	ew: (text, part) => text.endsWith(part),
};

const HOLDS: Record<string, (order: number) => boolean> = {
	eq: (order) => order === 0,
	ne: (order) => order !== 0,
	gt: (order) => order > 0,
	ge: (order) => order >= 0,
	lt: (order) => order < 0,
	le: (order) => order <= 0,
};

function inOrder(operator: string, orders: number[], known = Object.keys(HOLDS)): boolean[] {
	const holds = known.includes(operator) ? HOLDS[operator] : undefined;
	return holds ? orders.map(holds) : [];
}

/** Negative where the value is smaller than the operand, positive where it is larger. */
function ordersOf(present: Value, operator: string, wanted: Wanted): number[] {
	const { operand, zone } = wanted;
	const [at, wantedAt] = [instant(present, zone), instant(operand, zone)];
	const isBothDates = at !== undefined && wantedAt !== undefined;
	const asDates = isBothDates ? [Date.parse(at) - Date.parse(wantedAt)] : [];
	if (wanted.isDate) return asDates;
	const asNumbers = [numberIn(present) - numberIn(operand)].filter((one) => !Number.isNaN(one));
	const asTexts = spellingsFor(wanted).map((spelled) => {
		const [one, other] = [spelled(present), spelled(operand)];
		return one < other ? -1 : Number(one > other);
	});
	// Numbers that are text, such as the employee numbers 7 and 007, are equal only as text.
	const isNumeral = typeof present === 'string' && /^(eq|ne)$/.test(operator);
	return [...asDates, ...(isNumeral ? [...asTexts, ...asNumbers] : [...asNumbers, ...asTexts])];
}

/** How services may take a text: without case, as it is, or as a database sorts it. */
const SPELLINGS = [
	plain,
	String,
	(value: unknown) => plain(String(value).normalize('NFKD').replace(/\p{M}/gu, '')),
];
const digits = (value: unknown) => digitsIn(String(value));

function spellingsFor({ name }: Wanted): Array<(value: unknown) => string> {
	if (isCaseExact(name)) return [(value) => String(value).trim(), ...SPELLINGS];
	return isPhoneNumbers(name) ? [...SPELLINGS, digits] : SPELLINGS;
}

function plain(value: unknown): string {
	return String(value).normalize('NFC').trim().toLowerCase();
}
