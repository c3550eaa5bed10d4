import { sleep } from 'n8n-workflow';
import type { Failure } from './failure';
import type { Step } from './pipeline';

/** What stands in place of a secret. */
const HIDDEN = '***';
/** This many characters of a secret, from its start, are too many to show. */
const SHORTEST_PREFIX = 16;
/** Shorter values are too common in ordinary text to be searched for. */
const SHORTEST_SECRET = 8;
const LONGEST_QUOTE = 300;
/** n8n gets a turn after so many milliseconds of a large answer; looked at once for so many values. */
const LONGEST_TURN = 20;
const LOOKS = 200;
/** A server's text is searched up to here, in characters; a quote is far shorter. */
const LONGEST_SEARCH = 10_000;

/** A text to search for, without escapes and in lower case. */
interface Needle {
	text: string;
	/** How many of its first characters are a hit. */
	shortest: number;
}

/**
 * What may be quoted of a server's text: at most 300 characters, without the secrets that it repeats.
 *
 * @param secrets every secret that was sent or received in this run
 */
export function quotable(text: string, secrets: string[]): string {
	return hideSecrets(secrets)(text.slice(0, LONGEST_SEARCH))
		.replace(/\bBearer\s+[^\s"',;]+/gi, `Bearer ${HIDDEN}`)
		.slice(0, LONGEST_QUOTE);
}

/** The same failure without the secrets that a server repeated, so that none of them gets into a log. */
export function redactFailure(failure: Failure, secrets: string[]): Failure {
	const hide = hideSecrets(secrets);
	const texts = Object.entries(failure).filter(([, value]) => typeof value === 'string');
	const hidden = texts.map(([name, text]) => [name, hide(String(text))]);
	const redacted = { ...failure, ...Object.fromEntries(hidden) } as Failure;
	if (redacted.kind !== 'status') return redacted;
	return { ...redacted, serverMessage: quotable(redacted.serverMessage, secrets) };
}

/**
 * Replaces secrets in answers to requests that ask for it (`onRedaction`): in headers, JSON and text. Files
 * stay as they are.
 */
export function redactAnswers(secrets: () => string[]): Step {
	return async (request, next) => {
		const reply = await next(request);
		if (!request.onRedaction) return reply;
		const { headers, body } = reply;
		const shown = { headers, ...(isJson(body) && { body }) };
		const { json, isRedacted } = await redactJson(shown, secrets());
		if (isRedacted) request.onRedaction();
		return { ...reply, ...(json as object) };
	};
}

function isJson(body: unknown): boolean {
	if (typeof body !== 'object' || body === null) return true;
	return Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype;
}

/**
 * Replaces secrets in a JSON value, in its texts and in its names. The value is changed in place.
 *
 * @returns the value, and whether it held a secret
 */
export async function redactJson(
	json: unknown,
	secrets: string[],
): Promise<{ json: unknown; isRedacted: boolean }> {
	const hide = hideSecrets(secrets);
	const root: Record<string, unknown> = { json };
	let isRedacted = false;
	let looked = 0;
	let since = Date.now();
	// A loop, as an answer may be nested more deeply than calls can be.
	const waiting = [root];
	for (let container = waiting.pop(); container; container = waiting.pop()) {
		for (const name of Object.keys(container)) {
			if (++looked % LOOKS === 0 && Date.now() - since > LONGEST_TURN) {
				await sleep(0);
				since = Date.now();
			}
			const value = container[name];
			if (typeof value === 'object' && value !== null) {
				waiting.push(value as Record<string, unknown>);
			}
			const shownName = hide(name);
			const shown = typeof value === 'string' ? hide(value) : value;
			if (shownName === name && shown === value) continue;
			isRedacted = true;
			if (shownName !== name) delete container[name];
			container[shownName] = shown;
		}
	}
	return { json: root.json, isRedacted };
}

/**
 * A function that replaces secrets in a text: in any letter case, URL-encoded, escaped as in JSON or HTML, in
 * Base64, and cut short to no less than 16 characters.
 */
export function hideSecrets(secrets: string[]): (text: string) => string {
	const needles = needlesFor(secrets);
	if (needles.length === 0) return (text) => text;
	const shortest = Math.min(...needles.map((needle) => needle.shortest));
	const starts = new Set(needles.map((needle) => needle.text.slice(0, needle.shortest)));
	const pattern = new RegExp([...starts].map(quotedForRegExp).join('|'), 'gi');
	return (text) => {
		if (text.length < shortest) return text;
		const decoded = decode(text);
		pattern.lastIndex = 0;
		return pattern.test(decoded.text) ? hideIn(text, decoded, pattern, needles) : text;
	};
}

function hideIn(
	original: string,
	{ text, originalIndex }: Decoded,
	pattern: RegExp,
	needles: Needle[],
): string {
	const haystack = lowerCase(text);
	let shown = '';
	let end = 0;
	pattern.lastIndex = 0;
	for (let hit = pattern.exec(haystack); hit; hit = pattern.exec(haystack)) {
		const hitEnd = endOf(haystack, hit.index, needles);
		if (hitEnd === hit.index) continue;
		// The next secret may begin before the end of this one.
		pattern.lastIndex = Math.max(hit.index + 1, hitEnd - SHORTEST_PREFIX + 1);
		const start = originalIndex(hit.index);
		if (shown === '' || start > end) shown += original.slice(end, start) + HIDDEN;
		end = Math.max(end, originalIndex(hitEnd));
	}
	return shown + original.slice(end);
}

/** Where the longest secret that begins at this place ends. */
function endOf(haystack: string, index: number, needles: Needle[]): number {
	const ends = needles.map(({ text, shortest }) => {
		let length = 0;
		while (length < text.length && haystack[index + length] === text[length]) length++;
		return length < shortest ? index : index + length;
	});
	return Math.max(...ends);
}

function needlesFor(secrets: string[]): Needle[] {
	const needles = new Map<string, Needle>();
	for (const form of secrets.flatMap(formsOf)) {
		const text = lowerCase(decode(form.text).text);
		if (text.length < SHORTEST_SECRET || needles.has(text)) continue;
		const shortest = Math.min(form.shared + SHORTEST_PREFIX, text.length);
		needles.set(text, { text, shortest });
	}
	return [...needles.values()];
}

interface Form {
	text: string;
	/** How many of its first characters many secrets have in common. */
	shared: number;
}

function formsOf(secret: string): Form[] {
	const whole = secret.trim();
	// A key may have been typed with a prefix such as "Bearer", which a server need not repeat.
	const words = whole.split(/\s+/).filter((word) => word.length >= SHORTEST_SECRET);
	return [...new Set([whole, ...words])].flatMap((text) => {
		const [, header, payload, signature] = /^(eyJ[^.]*\.)([^.]+)\.([^.]+)$/.exec(text) ?? [];
		if (!header || !payload || !signature) return spellingsOf(text);
		const rest = [`${payload}.${signature}`, signature];
		return [...spellingsOf(text, header.length), ...rest.flatMap((part) => spellingsOf(part))];
	});
}

/** The same in Base64, as a GUID without hyphens, and as percent-encoding spells what is not ASCII. */
function spellingsOf(text: string, shared = 0): Form[] {
	const bytes = Buffer.from(text);
	const base64 = bytes.toString('base64');
	const isGuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
	const spellings = [
		...[text, base64, base64.replace(/=+$/, ''), bytes.toString('base64url')],
		...[bytes.toString('latin1'), ...(isGuid ? [text.replaceAll('-', '')] : [])],
	];
	return spellings.map((spelling) => ({
		text: spelling,
		shared: Math.ceil((shared * spelling.length) / text.length),
	}));
}

/** A text without escapes, and where a place in it is in the original. */
interface Decoded {
	text: string;
	originalIndex: (index: number) => number;
}

// Looks behind, or a long row of backslashes would be read anew from each of them.
const ESCAPE =
	/%(?:25)*([\da-f]{2})|(?<!\\)\\+(?:u([\da-f]{4})|([^\\]))|&#(\d{1,5});|&#x([\da-f]{1,4});|&(amp|lt|gt|quot|apos);/gi;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Undoes percent-encoding, however often applied, and the escapes of JSON and HTML. */
function decode(spelled: string): Decoded {
	if (!/[%\\&]/.test(spelled)) return { text: spelled, originalIndex: (index) => index };
	/** After each escape: the place in the decoded text, and in the original. */
	const places: Array<{ decoded: number; original: number }> = [];
	let shorter = 0;
	const text = spelled.replace(ESCAPE, (escape: string, ...groups: unknown[]) => {
		const [percent, unicode, character, decimal, hex, entity] = groups as Array<string | undefined>;
		const code = percent ?? unicode ?? hex;
		const original = (groups[6] as number) + escape.length;
		shorter += escape.length - 1;
		places.push({ decoded: original - shorter, original });
		if (character !== undefined) return character;
		if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? '&';
		return String.fromCharCode(code === undefined ? Number(decimal) : parseInt(code, 16));
	});
	return { text, originalIndex: (index) => placeBefore(places, index) };
}

function placeBefore(places: Array<{ decoded: number; original: number }>, index: number): number {
	let [low, high] = [0, places.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((places[middle]?.decoded ?? 0) <= index) low = middle + 1;
		else high = middle;
	}
	const before = places[low - 1];
	return before ? before.original + index - before.decoded : index;
}

/** Leaves out the only letter whose lower case is longer: each place stays where it is. */
function lowerCase(text: string): string {
	return text.replace(/[^\u0130]+/g, (part) => part.toLowerCase());
}

function quotedForRegExp(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
