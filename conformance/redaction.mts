import { readFileSync } from 'node:fs';
import { markdownTable } from 'markdown-table';
import { resources } from '../nodes/Appspace/resources/resources.ts';
import { EXPECTATIONS, SERVICES } from './expectations/all.mts';
import { FIELD_WORDS } from './fieldWords.mts';

/**
 * Text that may stand in a report. It is made by `say` alone, out of our own sentences, so that nothing a
 * tenant sent can get into a report: not because it was recognised and removed, but because there is no
 * way in. The ways that are left are numbers, `ours` and `fieldName`, which know what they let through.
 */
export class Said {
	private constructor(readonly text: string) {}

	/** @throws TypeError for a part that is neither a number nor text that was said before */
	static put(strings: readonly string[], parts: readonly unknown[]): Said {
		const words = strings.map((string, index) => {
			if (index === parts.length) return string;
			return string + partText(parts[index]);
		});
		return new Said(words.join(''));
	}
}

function partText(part: unknown): string {
	if (part instanceof Said) return part.text;
	if (typeof part === 'number' && Number.isFinite(part)) return String(part);
	throw new TypeError('Only numbers and what was said before can be put into a report.');
}

/** Our own sentence, with numbers and other such text in it. */
export function say(strings: TemplateStringsArray, ...parts: ReadonlyArray<Said | number>): Said {
	return Said.put(strings, parts);
}

/** Several texts in a row. */
export function listed(texts: readonly Said[], between = say`, `): Said {
	return texts.reduce(
		(all, one, index) => (index === 0 ? one : say`${all}${between}${one}`),
		say``,
	);
}

/** A Markdown table of such texts, its head first. */
export function tabulated(rows: ReadonlyArray<readonly Said[]>): Said {
	const cells = rows.map((row) => row.map(({ text }) => text));
	return Said.put([markdownTable(cells, { alignDelimiters: false })], []);
}

/** Sections of the dossier that are about no single endpoint. */
const SECTIONS = ['2.1', '2.3', '3.1', '3.2', '3.3', '3.4'];

/** What the package itself calls things. Built on first use: it needs the table of operations. */
let names: ReadonlySet<string> | undefined;

function ownNames(): ReadonlySet<string> {
	return (names ??= new Set([
		...resources.flatMap((resource) => [
			...[resource.name, resource.value],
			...resource.operations.flatMap(({ name, value, endpoints, evidence }) => [
				...[name, value, evidence.grade],
				...endpoints,
			]),
		]),
		...EXPECTATIONS.flatMap(({ endpoint, section, fields, optional, absentIfEmpty, filters }) => [
			...[endpoint, section],
			...Object.keys({ ...fields, ...optional, ...absentIfEmpty }),
			...(filters ?? []).flatMap(({ none }) => Object.keys(none)),
		]),
		...SERVICES,
		...SECTIONS,
	]));
}

/**
 * A name that this package gave: of an operation, an endpoint, a known field, a known service.
 *
 * @throws TypeError for any other text, wherever it is from
 */
export function ours(name: string): Said {
	if (!ownNames().has(name)) throw new TypeError('This is no name of this package.');
	return Said.put([name], []);
}

/**
 * The name of a field that the tenant sent, where it is an identifier made of nothing but words that
 * fields of APIs are made of. Undefined for every other: those are counted, never named.
 */
export function fieldName(name: string): Said | undefined {
	if (!/^[a-z]+(?:[A-Z][a-z]*)*$/.test(name) || name.length > 40) return undefined;
	const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
	return words.every((word) => FIELD_WORDS.has(word)) ? Said.put([name], []) : undefined;
}

/** A limit of a page; other numbers of the tenant are put into words, as they may tell of it. */
export function pageLimit(value: number): Said {
	return Number.isInteger(value) && value > 0 && value <= 10_000
		? say`${value}`
		: say`no usual number`;
}

/** A time span in round numbers, from milliseconds. */
export function roundTime(milliseconds: number): Said {
	if (milliseconds < 10) return say`less than 10 ms`;
	const step = milliseconds < 200 ? 10 : 100;
	return say`about ${Math.round(milliseconds / step) * step} ms`;
}

/** This package, and where its reports go. */
export function thisPackage(): { version: Said; newIssue: Said } {
	const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
		version: string;
		repository: { url: string };
	};
	const home = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
	return {
		version: Said.put([manifest.version], []),
		newIssue: Said.put([`${home}/issues/new`], []),
	};
}

/** The day, in the form of ISO 8601. */
export function today(): Said {
	return Said.put([new Date().toISOString().slice(0, 10)], []);
}
