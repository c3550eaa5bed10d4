import { createHash } from 'node:crypto';
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
 * The same values in one form. Appspace leaves out empty values, or sends null or empty text
 * (appspace-api.md 3.2), and lists may come in another order.
 */
function normalized(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.map((one) => JSON.stringify(normalized(one)) ?? '').sort();
	}
	if (!isRecord(value)) return value === '' ? undefined : (value ?? undefined);
	const entries = Object.entries(value)
		.map(([name, one]) => [name, normalized(one)] as const)
		.filter(([, one]) => one !== undefined);
	return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}
