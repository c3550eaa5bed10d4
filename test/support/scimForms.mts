import type { Json } from './scimRecords.mts';

/** The forms in which a service shows what the RFC defines as lists of objects and as booleans. */
export interface Forms {
	/**
	 * RFC 7643 2.4: lists of objects. `plain` shows only their values, `single` shows a list of one as its
	 * entry.
	 */
	entries: 'objects' | 'plain' | 'single';
	/** RFC 7643 2.3.2: true and false. `text` capitalizes them, as Entra ID did. */
	booleans: 'json' | 'text';
	/** RFC 7643 4.2: whether groups show their members, omit them, or show an empty list. */
	members: 'shown' | 'absent' | 'empty';
}

const SEVERAL = ['emails', 'phonenumbers', 'members'];
const isSeveral = (name: string) => SEVERAL.includes(name.toLowerCase());

/** A record as such a service shows it. */
export function inForms(record: Json, forms: Forms): Json {
	const { members, ...rest } = record;
	const isShown = forms.members === 'shown' || members === undefined;
	const empty = forms.members === 'empty' ? { members: [] } : {};
	const whole = isShown ? record : { ...rest, ...empty };
	return mapped(whole, (name, value) => shownEntries(forms.entries, name, textFor(forms, value)));
}

/** A body for such a service, converted to the form of the RFC. */
export function fromForms(body: Json | undefined, forms: Forms): Json | undefined {
	if (!body) return undefined;
	if (!Array.isArray(body.Operations))
		return mapped(body, (name, value) => entriesOf(name, jsonFor(forms, value)));
	const Operations = (body.Operations as Json[]).map((operation) => {
		const [path, value] = [String(operation.path), jsonFor(forms, operation.value)];
		return { ...operation, ...(value !== undefined && { value: entriesOf(path, value) }) };
	});
	return { ...body, Operations };
}

function shownEntries(form: Forms['entries'], name: string, value: unknown): unknown {
	if (form === 'objects' || !isSeveral(name) || !Array.isArray(value)) return value;
	if (form === 'plain') return value.map((entry: Json) => entry.value);
	return value.length === 1 ? value[0] : value;
}

function entriesOf(name: string, value: unknown): unknown {
	if (!isSeveral(name) || value === null) return value;
	return [value]
		.flat()
		.map((entry: unknown) => (typeof entry === 'object' ? entry : { value: entry }));
}

function textFor({ booleans }: Forms, value: unknown): unknown {
	const inText = (one: unknown) => (typeof one === 'boolean' ? (one ? 'True' : 'False') : one);
	return booleans === 'json' ? value : deeply(value, inText);
}

function jsonFor({ booleans }: Forms, value: unknown): unknown {
	const inJson = (one: unknown) => (one === 'True' ? true : one === 'False' ? false : one);
	return booleans === 'json' ? value : deeply(value, inJson);
}

function deeply(value: unknown, change: (value: unknown) => unknown): unknown {
	if (Array.isArray(value)) return value.map((one) => deeply(one, change));
	if (typeof value !== 'object' || value === null) return change(value);
	return mapped(value as Json, (_, one) => deeply(one, change));
}

function mapped(record: Json, change: (name: string, value: unknown) => unknown): Json {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [name, change(name, value)]),
	);
}
