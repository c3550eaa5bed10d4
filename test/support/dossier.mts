import { readFileSync } from 'node:fs';

/** An endpoint with evidence. */
export interface KnownEndpoint {
	/** Method and path as operations write them: `GET channeldirectory/{id}`. */
	endpoint: string;
	/** The area of the table, such as `Channels`. */
	area: string;
	/** The grade and the tags of the sources, as the table words them. */
	grade: string;
	sources: string;
}

/**
 * The table of docs/appspace-api.md 4, the one list of endpoints, which tests, sandbox, and conformance
 * check have to match. It leaves out rows graded UNVERIFIED, and SCIM, which has a separate address.
 */
export const KNOWN_ENDPOINTS: readonly KnownEndpoint[] = rows().flatMap(
	([, area = '', endpoint = '', , grade = '', sources = '']) => {
		if (grade.startsWith('UNVERIFIED')) return [];
		const methods = endpoint.match(/\b(GET|POST|PUT|PATCH|DELETE)\b/g) ?? [];
		const [path = '', ...others] = [...endpoint.matchAll(/`([^`]+)`/g)].map(
			([, text]) => text ?? '',
		);
		// "`.../checkin` or `/checkout`" stands for two paths with different ends.
		const paths = [path, ...others.map((end) => path.replace(/\/\w+$/, end))];
		return methods.flatMap((method) =>
			paths.map((one) => ({ endpoint: `${method} ${one}`, area, grade, sources })),
		);
	},
);

/** Whether the table has an endpoint, as operations write it. */
export function isKnownEndpoint(endpoint: string): boolean {
	return KNOWN_ENDPOINTS.some((known) => known.endpoint === endpoint);
}

/** Where to add a missing endpoint. */
export const ADD_ITS_ROW = 'add its row to the table in docs/appspace-api.md, section 4';

function rows(): string[][] {
	const sections = readFileSync('docs/appspace-api.md', 'utf8').split(/^## /m);
	const table = sections.find((text) => text.startsWith('4. ')) ?? '';
	const lines = table.split('\n').filter((line) => line.startsWith('|'));
	return lines.slice(2).map((line) => line.split('|').map((cell) => cell.trim()));
}
