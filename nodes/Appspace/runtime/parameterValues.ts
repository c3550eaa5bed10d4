import type { IDataObject } from 'n8n-workflow';
import { badInput } from '../transport/failure';

/** Without what was left empty; texts trimmed, locators reduced to what they hold. */
export function filledIn(values: Record<string, unknown>): IDataObject {
	const filled: IDataObject = {};
	for (const [name, value] of Object.entries(values)) {
		const plain = isLocator(value) ? value.value : value;
		const trimmed = typeof plain === 'string' ? plain.trim() : plain;
		if (trimmed !== '' && trimmed !== undefined && trimmed !== null) {
			filled[name] = trimmed as IDataObject[string];
		}
	}
	return filled;
}

/** A number, or the one that a text shows; NaN for everything else. */
export function numberIn(value: unknown): number {
	return typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
}

function isLocator(value: unknown): value is { __rl: true; value: IDataObject[string] } {
	return typeof value === 'object' && value !== null && '__rl' in value;
}

/**
 * The IDs that a parameter holds, whatever form it has: a list, comma-separated text, one ID, or a
 * resource locator around any of these.
 *
 * @param label how users know the parameter
 */
export function idsIn(value: unknown, label: string): string[] {
	const inner: unknown = isLocator(value) ? value.value : value;
	if (inner === undefined || inner === null) return [];
	const listed: unknown[] = typeof inner === 'string' ? inner.split(',') : [inner].flat();
	const parts = listed.filter((part) => typeof part === 'string' || Number.isFinite(part));
	if (parts.length < listed.length) {
		throw badInput(
			`The parameter "${label}" holds something that is not an ID`,
			'Use text: the ID itself, or several IDs separated by commas.',
		);
	}
	const ids = parts.map((part) => String(part).trim()).filter((id) => id !== '');
	return [...new Set(ids)];
}
