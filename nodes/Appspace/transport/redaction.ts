import { sleep } from 'n8n-workflow';
import type { Failure } from './failure';
import type { Step } from './pipeline';

/** Replaces a secret. */
const HIDDEN = '***';
/** The shortest beginning of a secret to hide, in characters. */
const SHORTEST_PREFIX = 16;
/** Shorter values are too common in ordinary text to search for. */
const SHORTEST_SECRET = 8;
const MAX_QUOTE = 300;
/** In a large reply, n8n can run other work after this many milliseconds, checked once per `LOOKS` values. */
const MAX_TURN = 20;
const LOOKS = 200;
/** How much of a server's text to search, in characters; a quote is far shorter. */
const MAX_SEARCH = 10_000;

/** A text to search for, unescaped and in lower case. */
interface Needle {
	text: string;
	/** How many of its first characters count as a match. */
	shortest: number;
}

/**
 * The part of a server's text to quote: at most 300 characters, without the secrets that it repeats.
 *
 * @param secrets every secret that was sent or received in this run
 */
export function quotable(text: string, secrets: string[]): string {
	return hideSecrets(secrets)(text.slice(0, MAX_SEARCH))
		.replace(/\bBearer\s+[^\s"',;]+/gi, `Bearer ${HIDDEN}`)
		.slice(0, MAX_QUOTE);
}

/** The same failure without secrets that the server repeated, so that none of them reaches a log. */
export function redactFailure(failure: Failure, secrets: string[]): Failure {
	const hide = hideSecrets(secrets);
	const texts = Object.entries(failure).filter(([, value]) => typeof value === 'string');
	const hidden = texts.map(([name, text]) => [name, hide(String(text).slice(0, MAX_SEARCH))]);
	const redacted = { ...failure, ...Object.fromEntries(hidden) } as Failure;
	if (redacted.kind !== 'status') return redacted;
	return { ...redacted, serverMessage: quotable(redacted.serverMessage, secrets) };
}

/**
 * Replaces secrets in replies to requests that ask for it (`onRedaction`): in headers, JSON, and text.
 * Files stay unchanged.
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
 * Replaces secrets in a JSON value, in its texts and names. Changes the value in place.
 *
 * @returns the value, and whether it contained a secret
 */
export async function redactJson(
	json: unknown,
	secrets: string[],
): Promise<{ json: unknown; isRedacted: boolean }> {
	const hide = hideSecrets(secrets);
	const root: Record<string, unknown> = { json };
	let isRedacted = false;
	let looked = 0;
	let since = performance.now();
	// A loop instead of recursion, because a reply may be nested more deeply than calls can be.
	const waiting = [root];
	for (let container = waiting.pop(); container; container = waiting.pop()) {
		for (const name of Object.keys(container)) {
			if (++looked % LOOKS === 0 && performance.now() - since > MAX_TURN) {
				await sleep(0);
				since = performance.now();
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
 * Returns a function that replaces secrets in text: in any case, URL-encoded, escaped as in JSON or HTML,
 * in Base64, and truncated to no less than 16 characters.
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
		// The next secret may start before this one ends.
		pattern.lastIndex = Math.max(hit.index + 1, hitEnd - SHORTEST_PREFIX + 1);
		const start = originalIndex(hit.index);
		if (shown === '' || start > end) shown += original.slice(end, start) + HIDDEN;
		end = Math.max(end, originalIndex(hitEnd));
	}
	return shown + original.slice(end);
}

/** The end of the longest secret that starts at this index. */
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
	/** How many of its first characters are common to many secrets. */
	shared: number;
}

function formsOf(secret: string): Form[] {
	const whole = secret.trim();
	// A key may have been entered with a prefix such as "Bearer", which a server may not repeat.
	const words = whole.split(/\s+/).filter((word) => word.length >= SHORTEST_SECRET);
	return [...new Set([whole, ...words])].flatMap((text) => {
		const [, header, payload, signature] = /^(eyJ[^.]*\.)([^.]+)\.([^.]+)$/.exec(text) ?? [];
		if (!header || !payload || !signature) return spellingsOf(text);
		const rest = [`${payload}.${signature}`, signature];
		return [...spellingsOf(text, header.length), ...rest.flatMap((part) => spellingsOf(part))];
	});
}

/**
 * The text itself, in Base64, as a GUID without hyphens, and as percent-encoding spells characters beyond
 * ASCII.
 */
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

/** Unescaped text, and a function that maps an index to the original. */
interface Decoded {
	text: string;
	originalIndex: (index: number) => number;
}

// The lookbehind prevents rereading a long run of backslashes from each of them.
const ESCAPE =
	/%(?:25)*([\da-f]{2})|(?<!\\)\\+(?:u([\da-f]{4})|([^\\]))|&#(\d{1,5});|&#x([\da-f]{1,4});|&(amp|lt|gt|quot|apos);/gi;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes percent-encoding, even if applied repeatedly, and JSON and HTML escapes. */
function decode(spelled: string): Decoded {
	if (!/[%\\&]/.test(spelled)) return { text: spelled, originalIndex: (index) => index };
	/** The index after each escape, in the decoded and in the original text. */
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

/** Skips the only letter whose lower case is longer, so that indexes stay the same. */
function lowerCase(text: string): string {
	return text.replace(/[^\u0130]+/g, (part) => part.toLowerCase());
}

function quotedForRegExp(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
