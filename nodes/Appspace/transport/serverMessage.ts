/** Names under which servers give a reason, the more telling ones first, without case, `_` and `-`. */
const REASONS = [
	...['detail', 'message', 'errordescription', 'errormessage', 'reason', 'description', 'msg'],
	...['error', 'title'],
];
/** Names under which servers list what is wrong with single fields. */
const LISTS = ['errors', 'modelstate', 'validationerrors', 'details'];
/** Names that say in an entry of such a list which field is meant. */
const FIELDS = ['field', 'propertyname', 'property', 'name', 'path'];
const MOST_FIELDS = 5;
const DEEPEST = 4;
/** As much as is looked at, in characters; whoever shows it makes it shorter. */
const LONGEST = 4_000;

/**
 * The reason that a server gives for a refusal, as one line; empty where there is none. Only four names
 * were seen with Appspace (appspace-api.md 3.4), and proxies and gateways have their own: problem details
 * (RFC 9457), OAuth (RFC 6749 5.2), SCIM (RFC 7644 3.12), field errors, and plain text. It may hold
 * secrets that the server repeats.
 */
export function messageIn(body: unknown): string {
	return reasonIn(body, 0);
}

function reasonIn(value: unknown, depth: number): string {
	if (typeof value === 'string') return lineOf(value);
	if (typeof value !== 'object' || value === null || depth > DEEPEST) return '';
	if (Array.isArray(value)) return fieldsIn(value, depth).join(' ');
	const members = new Map(Object.entries(value).map(([name, member]) => [plain(name), member]));
	const reason = first(REASONS, (name) => reasonIn(members.get(name), depth + 1));
	const fields = LISTS.flatMap((name) => fieldsIn(members.get(name), depth));
	const others = [...new Set(fields)].filter((field) => !reason.includes(field));
	return [reason, ...others.slice(0, MOST_FIELDS)].filter(Boolean).map(asSentence).join(' ');
}

/** What is wrong with single fields: a list of reasons, or an object with lists of them by field. */
function fieldsIn(value: unknown, depth: number): string[] {
	if (typeof value !== 'object' || value === null) return [reasonIn(value, depth)].filter(Boolean);
	if (Array.isArray(value)) {
		return value.map((entry) => named(fieldOf(entry), reasonIn(entry, depth + 1))).filter(Boolean);
	}
	return Object.entries(value)
		.map(([field, reasons]) => named(field, reasonIn(reasons, depth + 1)))
		.filter(Boolean);
}

function fieldOf(entry: unknown): string {
	if (typeof entry !== 'object' || entry === null) return '';
	const members = new Map(Object.entries(entry).map(([name, member]) => [plain(name), member]));
	return first(FIELDS, (name) => {
		const field = members.get(name);
		return typeof field === 'string' ? lineOf(field) : '';
	});
}

function named(field: string, reason: string): string {
	// `$` and the empty name stand for the whole body.
	const isNamed = /\w/.test(field) && !reason.includes(field);
	return reason !== '' && isNamed ? `${lineOf(field)}: ${reason}` : reason;
}

function first(names: string[], textFor: (name: string) => string): string {
	for (const name of names) {
		const text = textFor(name);
		if (text !== '') return text;
	}
	return '';
}

function plain(name: string): string {
	return name.toLowerCase().replace(/[_-]/g, '');
}

/** Only where another sentence follows does it matter that this one has an end. */
function asSentence(text: string, index: number, all: string[]): string {
	return index === all.length - 1 || /[.!?:]$/.test(text) ? text : `${text}.`;
}

/** A text as one line; empty where it is a web page or half of a JSON answer. */
function lineOf(text: string): string {
	const trimmed = text.trim();
	if (/^[<{[]/.test(trimmed)) return '';
	const quoted = /^"(.*)"$/s.exec(trimmed)?.[1];
	const line = beginningOf(quoted ?? trimmed).replace(UNSEEN, ' ');
	return line.replace(/\s+/g, ' ').trim();
}

/** Control characters, and those that change the direction of a text. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Cut between words: half a secret would not be known again as one. */
function beginningOf(text: string): string {
	if (text.length <= LONGEST) return text;
	const end = text.slice(0, LONGEST).search(/\s\S*$/);
	return end === -1 ? '' : text.slice(0, end);
}
