import type { IDataObject } from 'n8n-workflow';

/** The named fields of a record, in this order, without missing ones. */
export function pick(record: IDataObject, names: string[]): IDataObject {
	return Object.fromEntries(
		names.filter((name) => record[name] !== undefined).map((name) => [name, record[name]]),
	);
}

/** Whether one of the values contains `text`, ignoring case. True for empty text. */
export function anyContains(values: unknown[], text: unknown): boolean {
	const wanted = String(text ?? '').toLowerCase();
	return values.some((value) =>
		String(value ?? '')
			.toLowerCase()
			.includes(wanted),
	);
}

/** Whether two values are the same text, ignoring case. */
export function isSameText(left: unknown, right: unknown): boolean {
	return String(left ?? '').toLowerCase() === String(right ?? '').toLowerCase();
}
