import { tabulated, type Said } from './redaction.mts';

export type Column<T> = readonly [title: Said, cell: (row: T) => Said];

/** A Markdown table, as plain as can be: readers see it rendered. */
export function markdown<T>(columns: ReadonlyArray<Column<T>>, rows: readonly T[]): Said {
	const head = columns.map(([title]) => title);
	return tabulated([head, ...rows.map((row) => columns.map(([, cell]) => cell(row)))]);
}
