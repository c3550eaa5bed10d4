import type { IDataObject } from 'n8n-workflow';

/** The visitor types in a visitor configuration, as choices. */
export function typesIn(configuration: unknown): IDataObject[] {
	return namesIn(configuration, 'visitorTypes');
}

/** The visit purposes in a visitor configuration, as choices. */
export function purposesIn(configuration: unknown): IDataObject[] {
	return namesIn(configuration, 'visitorPurposes');
}

/** The fields that a tenant has added to visitors, as choices by ID. */
export function fieldsIn(configuration: unknown): IDataObject[] {
	return entriesIn(configuration, 'visitorFields').map((entry) =>
		typeof entry === 'object' ? { ...entry, name: nameOf(entry) } : { id: entry, name: entry },
	);
}

/** Choices by name: visitors store type and purpose as text (appspace-api.md 5.6). */
function namesIn(configuration: unknown, list: string): IDataObject[] {
	return entriesIn(configuration, list).map((entry) => {
		const name = typeof entry === 'object' ? nameOf(entry) : entry;
		return { id: name, name };
	});
}

/** The entries of a list. Their shape is not public: either text or records with a name. */
function entriesIn(configuration: unknown, list: string): Array<IDataObject | string> {
	const entries: unknown = (configuration as IDataObject | null | undefined)?.[list];
	return Array.isArray(entries) ? (entries as Array<IDataObject | string>).filter(Boolean) : [];
}

function nameOf({ name, displayName, label, id }: IDataObject): string {
	return String(name ?? displayName ?? label ?? id);
}
