import { tabulated, type SafeText } from './redaction.mts';

export type Column<T> = readonly [title: SafeText, cell: (row: T) => SafeText];

/** A plain Markdown table: readers see it rendered. */
export function markdown<T>(columns: ReadonlyArray<Column<T>>, rows: readonly T[]): SafeText {
	const head = columns.map(([title]) => title);
	return tabulated([head, ...rows.map((row) => columns.map(([, cell]) => cell(row)))]);
}
