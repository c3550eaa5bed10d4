import { equal, match } from 'node:assert/strict';
import { STATUS_CODES } from 'node:http';

import type { Report } from '../report.mts';
import type { TestVerdict } from '../rest.mts';

/** Who wrote the text that the Test button shows: this package or n8n. */
export type Author = 'ours' | 'n8n';

export interface Row {
	/** What the credential contains, or what the server is like. */
	situation: string;
	status: TestVerdict['status'];
	by: Author;
	/** What the text must say. */
	says: RegExp;
	press: () => Promise<TestVerdict>;
}

/** Presses the Test button for each row, in order, and prints the texts as a table. */
export async function checkRows(report: Report, rows: Row[]): Promise<void> {
	for (const { situation, status, by, says, press } of rows) {
		let shown: TestVerdict | undefined;
		await report.check(`Test button: ${situation}`, async () => {
			shown = await press();
			equal(shown.status, status, `it says ${shown.status}: ${shown.message}`);
			match(shown.message, says);
			equal(authorOf(shown.message), by, `whose text is "${shown.message}"?`);
		});
		if (shown)
			report.note(`  ${shown.status.padEnd(5)} (${authorOf(shown.message)}) ${shown.message}`);
	}
}

/**
 * n8n itself shows a fixed text on success, the status text of a response, the code of a network error,
 * or a canned text for that code; everything else comes from this package.
 */
export function authorOf(text: string): Author {
	const isN8n =
		text === 'Connection successful!' ||
		Object.values(STATUS_CODES).includes(text) ||
		/^[A-Z][A-Z0-9_]+$/.test(text) ||
		/^(The service|The connection|Received HTTP|Problem|Request failed|The host you)/.test(text);
	return isN8n ? 'n8n' : 'ours';
}

export const success: Pick<Row, 'status' | 'by' | 'says'> = {
	status: 'OK',
	by: 'n8n',
	says: /^Connection successful!$/,
};
