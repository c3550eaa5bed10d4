export interface Table {
	columns: string[];
	rows: unknown[][];
}

const longestCell = 44;

const wide =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/gu;

/** The text of a value for one cell: one line, without control characters that a terminal could obey. */
function cellText(value: unknown): string {
	const text = String(value ?? '').replace(/\p{Cc}+/gu, ' ');
	const characters = [...text];
	return characters.length > longestCell
		? `${characters.slice(0, longestCell - 1).join('')}…`
		: text;
}

/** The lines of an aligned table, header first; columns of numbers are right-aligned. */
export function tableLines({ columns, rows }: Table, most = 15): string[] {
	const shown = rows.slice(0, most);
	const lines = [columns, ...shown].map((row) => row.map(cellText));
	const width = columns.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]))));
	const isNumeric = columns.map((_, column) =>
		shown.every((row) => typeof row[column] === 'number'),
	);
	const padded = lines.map((line) =>
		line
			.map((cell, column) => {
				const space = ' '.repeat((width[column] ?? 0) - widthOf(cell));
				return isNumeric[column] ? space + cell : cell + space;
			})
			.join('   ')
			.trimEnd(),
	);
	const more = rows.length - shown.length;
	return more > 0 ? [...padded, `… and ${more} more`] : padded;
}

/** The width of a text in a terminal: East Asian characters take two columns, combining marks none. */
function widthOf(text = ''): number {
	const plain = text.replace(/\p{Mn}/gu, '');
	return [...plain].length + (plain.match(wide)?.length ?? 0);
}
