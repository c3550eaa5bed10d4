import { readFileSync } from 'node:fs';
import { markdownTable } from 'markdown-table';
import { resources } from '../nodes/Appspace/resources/resources.ts';
import { EXPECTATIONS, SERVICES } from './expectations/all.mts';
import { FIELD_WORDS } from './fieldWords.mts';

/**
 * Text that may appear in a report. Only `safe` makes it, from our own sentences. So nothing that a
 * tenant sent can get into a report: not because it is recognized and removed, but because there is no
 * way in. The only other ways are numbers, `ours`, and `fieldName`, which check what they let through.
 */
export class SafeText {
	private constructor(readonly text: string) {}

	/** @throws TypeError for a part that is neither a number nor safe text */
	static put(strings: readonly string[], parts: readonly unknown[]): SafeText {
		const words = strings.map((string, index) => {
			if (index === parts.length) return string;
			return string + partText(parts[index]);
		});
		return new SafeText(words.join(''));
	}
}

function partText(part: unknown): string {
	if (part instanceof SafeText) return part.text;
	if (typeof part === 'number' && Number.isFinite(part)) return String(part);
	throw new TypeError('A report takes only numbers and safe text.');
}

/** Our own sentence, with numbers and other safe text in it. */
export function safe(
	strings: TemplateStringsArray,
	...parts: ReadonlyArray<SafeText | number>
): SafeText {
	return SafeText.put(strings, parts);
}

/** Several texts, separated. */
export function listed(texts: readonly SafeText[], between = safe`, `): SafeText {
	return texts.reduce(
		(all, one, index) => (index === 0 ? one : safe`${all}${between}${one}`),
		safe``,
	);
}

/** A Markdown table of safe text, header first. */
export function tabulated(rows: ReadonlyArray<readonly SafeText[]>): SafeText {
	const cells = rows.map((row) => row.map(({ text }) => text));
	return SafeText.put([markdownTable(cells, { alignDelimiters: false })], []);
}

/** Sections of the API notes that are not about a single endpoint. */
const SECTIONS = ['2.1', '2.3', '3.1', '3.2', '3.3', '3.4'];

/** Names that the package itself uses. Built on first use, because it needs the table of operations. */
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
 * A name from this package: of an operation, an endpoint, a known field, or a known service.
 * @throws TypeError for any other text, wherever it comes from
 */
export function ours(name: string): SafeText {
	if (!ownNames().has(name)) throw new TypeError('This is not a name from this package.');
	return SafeText.put([name], []);
}

/**
 * The name of a field that the tenant sent, if it consists only of words that API field names consist of.
 * Otherwise undefined: such fields are counted, never named.
 */
export function fieldName(name: string): SafeText | undefined {
	if (!/^[a-z]+(?:[A-Z][a-z]*)*$/.test(name) || name.length > 40) return undefined;
	const words = name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
	return words.every((word) => FIELD_WORDS.has(word)) ? SafeText.put([name], []) : undefined;
}

/** A page limit. Other numbers of the tenant become words, because they might identify it. */
export function pageLimit(value: number): SafeText {
	return Number.isInteger(value) && value > 0 && value <= 10_000
		? safe`${value}`
		: safe`an unusual number`;
}

/** A duration in milliseconds, as rounded text. */
export function roundTime(milliseconds: number): SafeText {
	if (milliseconds < 10) return safe`less than 10 ms`;
	const step = milliseconds < 200 ? 10 : 100;
	return safe`about ${Math.round(milliseconds / step) * step} ms`;
}

/** This package, and where to send its reports. */
export function thisPackage(): { version: SafeText; newIssue: SafeText } {
	const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
		version: string;
		repository: { url: string };
	};
	const home = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
	return {
		version: SafeText.put([manifest.version], []),
		newIssue: SafeText.put([`${home}/issues/new`], []),
	};
}

/** The date in ISO 8601 form. */
export function today(): SafeText {
	return SafeText.put([new Date().toISOString().slice(0, 10)], []);
}
