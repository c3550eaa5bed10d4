import type { IDataObject } from 'n8n-workflow';

/** The kinds of visitors in a visitor configuration, as choices. */
export function typesIn(configuration: unknown): IDataObject[] {
	return wordsIn(configuration, 'visitorTypes');
}

/** The purposes of visits in a visitor configuration, as choices. */
export function purposesIn(configuration: unknown): IDataObject[] {
	return wordsIn(configuration, 'visitorPurposes');
}

/** The fields that a tenant has added to visitors, as choices by their ID. */
export function fieldsIn(configuration: unknown): IDataObject[] {
	return entriesIn(configuration, 'visitorFields').map((entry) =>
		typeof entry === 'object' ? { ...entry, name: nameOf(entry) } : { id: entry, name: entry },
	);
}

/** Visitors carry type and purpose as text, so the name is what is chosen (appspace-api.md 5.6). */
function wordsIn(configuration: unknown, list: string): IDataObject[] {
	return entriesIn(configuration, list).map((entry) => {
		const name = typeof entry === 'object' ? nameOf(entry) : entry;
		return { id: name, name };
	});
}

/** What is inside the lists is not public: words, or records with a name. */
function entriesIn(configuration: unknown, list: string): Array<IDataObject | string> {
	const entries: unknown = (configuration as IDataObject | null | undefined)?.[list];
	return Array.isArray(entries) ? (entries as Array<IDataObject | string>).filter(Boolean) : [];
}

function nameOf({ name, displayName, label, id }: IDataObject): string {
	return String(name ?? displayName ?? label ?? id);
}
