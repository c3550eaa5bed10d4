import { listed, say, type Said } from './redaction.mts';

export type Column<T> = readonly [title: Said, cell: (row: T) => Said];

/** A Markdown table, as plain as can be: whoever reads it sees it rendered. */
export function markdown<T>(columns: ReadonlyArray<Column<T>>, rows: readonly T[]): Said {
	const line = (cells: readonly Said[]) => say`| ${listed(cells, say` | `)} |`;
	return listed(
		[
			line(columns.map(([title]) => title)),
			line(columns.map(() => say`---`)),
			...rows.map((row) => line(columns.map(([, cell]) => cell(row)))),
		],
		say`\n`,
	);
}
