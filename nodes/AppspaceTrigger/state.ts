import { createHash } from 'node:crypto';

/** The version of the text below. A state of another version counts as none. */
const VERSION = '1';

/** What a trigger knows of the records that it watches: a mark for each key. */
export interface State {
	/** What the state belongs to: tenant, event, and filters. */
	fingerprint: string;
	/** The time of the server when the state was last brought up to date, in milliseconds. */
	at: number;
	/** When stock was taken, by the same clock. */
	since: number;
	/** How many polls have told events since stock was taken. */
	told: number;
	table: Map<string, number>;
}

/** How keys are written: 6 bytes of a hash, GUIDs as 16 bytes, or text. */
type Form = 'hash' | 'guid' | 'text';

const BYTES = { hash: 6, guid: 16 };
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The key of a record in the table. Eight characters hold 6 bytes of a hash. */
export function hashedKey(id: string): string {
	return createHash('sha256').update(id).digest('base64').slice(0, 8);
}

/**
 * Writes a state as one text, because n8n takes long to watch an object with many fields. The text contains
 * no personal data: hashes and digests, or the IDs themselves where an event needs them.
 *
 * @param hasHashedKeys whether all keys come from `hashedKey`
 */
export function encode(state: State, hasHashedKeys: boolean): string {
	const { fingerprint, at, since, told, table } = state;
	const keys = [...table.keys()].sort();
	const form = hasHashedKeys ? 'hash' : keys.every((key) => GUID.test(key)) ? 'guid' : 'text';
	const hasMarks = keys.some((key) => table.get(key) !== 0);
	const times = [at, since].map((time) => time.toString(36));
	const head = [VERSION, fingerprint, ...times, told, form, hasMarks ? 'm' : ''].join(' ');
	const marks = hasMarks ? encodeMarks(keys.map((key) => table.get(key) ?? 0)) : '';
	return `${head}\n${encodeKeys(keys, form)}\n${marks}`;
}

/** Reads what `encode` wrote; undefined for anything else. */
export function decode(text: unknown): State | undefined {
	if (typeof text !== 'string') return undefined;
	try {
		return parsed(text);
	} catch {
		// Any workflow can write to its static data.
		return undefined;
	}
}

function parsed(text: string): State | undefined {
	const [head = '', keyText, markText] = text.split('\n');
	const [version, fingerprint, at = '', since = '', told, form, hasMarks] = head.split(' ');
	if (version !== VERSION || !fingerprint || keyText === undefined || markText === undefined) {
		return undefined;
	}
	if (form !== 'hash' && form !== 'guid' && form !== 'text') return undefined;
	const keys = decodeKeys(keyText, form);
	const marks = Buffer.from(markText, 'base64');
	if (!keys || (hasMarks === 'm' && marks.length !== 4 * keys.length)) return undefined;
	const markOf = (index: number) => (hasMarks === 'm' ? marks.readUInt32BE(4 * index) : 0);
	const table = new Map(keys.map((key, index) => [key, markOf(index)]));
	return {
		fingerprint,
		at: parseInt(at, 36),
		since: parseInt(since, 36),
		told: Number(told),
		table,
	};
}

function encodeKeys(keys: string[], form: Form): string {
	// Base64 of 6 bytes is 8 characters without padding, so the parts can be joined as they are.
	if (form === 'hash') return keys.join('');
	if (form === 'text') return keys.map(encodeURIComponent).join(' ');
	const bytes = Buffer.alloc(BYTES.guid * keys.length);
	keys.forEach((key, index) => {
		bytes.write(key.replaceAll('-', ''), BYTES.guid * index, 'hex');
	});
	return bytes.toString('base64');
}

function decodeKeys(text: string, form: Form): string[] | undefined {
	if (form === 'text') return text === '' ? [] : text.split(' ').map(decodeURIComponent);
	const isHash = form === 'hash';
	const size = isHash ? (BYTES.hash / 3) * 4 : BYTES.guid * 2;
	const all = isHash ? text : Buffer.from(text, 'base64').toString('hex');
	if (all.length % size !== 0) return undefined;
	const parts = Array.from({ length: all.length / size }, (_, index) => {
		return all.slice(index * size, (index + 1) * size);
	});
	return isHash ? parts : parts.map(asGuid);
}

function encodeMarks(marks: number[]): string {
	const bytes = Buffer.alloc(4 * marks.length);
	marks.forEach((mark, index) => bytes.writeUInt32BE(mark, 4 * index));
	return bytes.toString('base64');
}

function asGuid(hex: string): string {
	return [
		...[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16)],
		...[hex.slice(16, 20), hex.slice(20)],
	].join('-');
}
