/** Names under which servers give a reason, the most specific first, without case, `_`, and `-`. */
const REASONS = [
	...['detail', 'message', 'errordescription', 'errormessage', 'reason', 'description', 'msg'],
	...['error', 'title'],
];
/** Names under which servers list invalid fields. */
const LISTS = ['errors', 'modelstate', 'validationerrors', 'details'];
/** Names of the field in an entry of such a list. */
const FIELDS = ['field', 'propertyname', 'property', 'name', 'path'];
const MAX_FIELDS = 5;
const MAX_DEPTH = 4;
/** How many values of a body to look at: it can hold millions, and a message quotes a few. */
const MAX_LOOKS = 500;
/** How much text to read, in characters; messages shorten it further. */
const MAX_LENGTH = 4_000;

/**
 * The reason for a refusal, as one line; empty if there is none. Only four names are known from Appspace
 * (appspace-api.md 3.4). Proxies and gateways use others: problem details (RFC 9457), OAuth (RFC 6749 5.2),
 * SCIM (RFC 7644 3.12), field errors, and plain text. It may contain secrets that the server repeats.
 */
export function messageIn(body: unknown): string {
	return new Reader().reasonIn(body, 0);
}

/** Reads one body, until it has looked at enough of it. */
class Reader {
	private left = MAX_LOOKS;

	reasonIn(value: unknown, depth: number): string {
		if (typeof value === 'string') return lineOf(value);
		if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return '';
		if (Array.isArray(value)) return this.fieldsIn(value, depth).join(' ');
		const members = this.membersOf(value);
		const reason = first(REASONS, (name) => this.reasonIn(members.get(name), depth + 1));
		const fields = LISTS.flatMap((name) => this.fieldsIn(members.get(name), depth));
		const others = [...new Set(fields)].filter((field) => !reason.includes(field));
		return [reason, ...others.slice(0, MAX_FIELDS)].filter(Boolean).map(asSentence).join(' ');
	}

	/** Reasons for single fields: a list of reasons, or an object with a list per field. */
	private fieldsIn(value: unknown, depth: number): string[] {
		if (typeof value !== 'object' || value === null) {
			return [this.reasonIn(value, depth)].filter(Boolean);
		}
		const isList = Array.isArray(value);
		const fields: string[] = [];
		for (const [name, entry] of this.entriesOf(value)) {
			const field = isList ? this.fieldOf(entry) : name;
			fields.push(named(field, this.reasonIn(entry, depth + 1)));
		}
		return fields.filter(Boolean);
	}

	private fieldOf(entry: unknown): string {
		if (typeof entry !== 'object' || entry === null) return '';
		const members = this.membersOf(entry);
		return first(FIELDS, (name) => {
			const field = members.get(name);
			return typeof field === 'string' ? lineOf(field) : '';
		});
	}

	private membersOf(value: object): Map<string, unknown> {
		const members = new Map<string, unknown>();
		for (const [name, member] of this.entriesOf(value)) members.set(plain(name), member);
		return members;
	}

	private *entriesOf(value: object): Generator<[name: string, entry: unknown]> {
		// The names of a long list would take long to collect.
		const some = Array.isArray(value) ? value.slice(0, this.left) : value;
		for (const name of Object.keys(some)) {
			if (this.left-- <= 0) return;
			yield [name, (some as Record<string, unknown>)[name]];
		}
	}
}

function named(field: string, reason: string): string {
	// `$` and the empty name mean the whole body.
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

/** Adds a period if another sentence follows. */
function asSentence(text: string, index: number, all: string[]): string {
	return index === all.length - 1 || /[.!?:]$/.test(text) ? text : `${text}.`;
}

/** The text as one line; empty if it is a web page or incomplete JSON. */
function lineOf(text: string): string {
	const trimmed = text.trim();
	if (/^[<{[]/.test(trimmed)) return '';
	const isQuoted = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"');
	const line = beginningOf(isQuoted ? trimmed.slice(1, -1) : trimmed).replace(INVISIBLE, ' ');
	return line.replace(/\s+/g, ' ').trim();
}

/** Control characters, and characters that change the direction of text. */
const INVISIBLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Cuts between words, because half a secret could no longer be recognized and hidden. */
function beginningOf(text: string): string {
	if (text.length <= MAX_LENGTH) return text;
	const end = text.slice(0, MAX_LENGTH).search(/\s\S*$/);
	return end === -1 ? '' : text.slice(0, end);
}
