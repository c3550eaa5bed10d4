import { createHash } from 'node:crypto';
import { instant } from '../Appspace/runtime/instant';
import { isRecord } from '../Appspace/transport/record';

/** 32 bits that differ when the values differ, except once in four billion. */
export function digestOf(values: unknown): number {
	return hash(values).readUInt32BE(0);
}

/** A short text for these values: the same values always give the same text. */
export function fingerprintOf(values: unknown, length = 22): string {
	return hash(values).toString('base64url').slice(0, length);
}

function hash(values: unknown): Buffer {
	return createHash('sha256')
		.update(JSON.stringify(normalized(values)) ?? '')
		.digest();
}

/**
 * The same values in one form. Appspace leaves out empty values, or sends null, empty text, or values that
 * mean none; numbers come as text at times, times with and without fractions and `Z`, and IDs in any case
 * (appspace-api.md 3.2). Lists may come in another order.
 */
function normalized(value: unknown): unknown {
	if (Array.isArray(value)) {
		const entries = value.map((one) => JSON.stringify(normalized(one)) ?? '').sort();
		return entries.length > 0 ? entries : undefined;
	}
	if (!isRecord(value)) return scalar(value);
	const entries = Object.entries(value)
		.map(([name, one]) => [name, normalized(one)] as const)
		.filter(([, one]) => one !== undefined);
	if (entries.length === 0) return undefined;
	return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

const NONE = ['', '00000000-0000-0000-0000-000000000000'];
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function scalar(value: unknown): string | undefined {
	const text = String(value ?? '');
	if (NONE.includes(text)) return undefined;
	if (GUID.test(text)) return text.toLowerCase();
	if (!TIME.test(text)) return text;
	if (text.startsWith('0001-01-01')) return undefined;
	// Whole seconds, because the same time comes with and without its fraction.
	return instant(text, 'UTC')?.slice(0, 19) ?? text;
}
