import type { Operation, Resource } from '../nodes/Appspace/runtime/operation.ts';

/**
 * Markdown for the README: what the node can do, one line for each operation, with the grade of its
 * evidence.
 *
 * @param evidencePage where the grades are explained, as a link from the page that holds the table
 */
export function operationsTable(resources: Resource[], evidencePage: string): string {
	return markdownTable(
		['Resource', 'Operation', 'What it does', `[Evidence](${evidencePage})`],
		everyOperation(resources).map(([resource, { name, description, evidence }]) => [
			resource.name,
			name,
			description,
			evidence.grade,
		]),
	);
}

/** Markdown for the reference page: the same with endpoints, effect and sources. */
export function operationsReference(resources: Resource[], evidencePage: string): string {
	return markdownTable(
		[
			...[
				'Resource',
				'Operation',
				'What it does',
				'Endpoints below `/api/v3/`, or whole paths',
				'Effect',
			],
			`[Evidence](${evidencePage})`,
		],
		everyOperation(resources).map(([resource, operation]) => [
			resource.name,
			operation.name,
			operation.description,
			[
				...operation.endpoints.map((endpoint) => `\`${endpoint}\``),
				...(operation.namesRequest ? ['any'] : []),
			].join(', '),
			operation.effectOn ? 'as its method' : operation.effect,
			`${operation.evidence.grade} (${operation.evidence.sources})`,
		]),
	);
}

/** Every operation with its resource, in the order in which users see the resources. */
export function everyOperation(resources: Resource[]): Array<[Resource, Operation]> {
	return resources.flatMap((resource) =>
		resource.operations.map((operation): [Resource, Operation] => [resource, operation]),
	);
}

/** A table with columns of even width, as the formatter writes it. */
export function markdownTable(head: string[], rows: string[][]): string {
	const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
	const widths = head.map((title, column) =>
		Math.max(3, title.length, ...escaped.map((row) => row[column]?.length ?? 0)),
	);
	const line = (cells: string[]) =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
	const rule = widths.map((width) => '-'.repeat(width));
	return [head, rule, ...escaped].map(line).join('\n');
}
