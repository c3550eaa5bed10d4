import { markdownTable } from 'markdown-table';
import type { Grade, Operation, Resource } from '../nodes/Appspace/runtime/operation.ts';

const GRADES: Array<[Grade, string]> = [
	['DOCUMENTED', '¹'],
	['OBSERVED', '²'],
	['OBSERVED-weak', '³'],
	['INFERRED', '⁴'],
];

/**
 * Markdown for the README: what the node can do, one line per resource, with a mark for the grade of the
 * evidence behind each operation.
 * @param page the reference page, as a link from the page that contains the table
 * @param evidencePage the page that explains the grades, likewise
 */
export function operationsTable(resources: Resource[], page: string, evidencePage: string): string {
	const signs = new Map(GRADES);
	const rows = resources.map(({ name, operations }) => [
		`[${name}](${page}#${name.toLowerCase().replaceAll(' ', '-')})`,
		operations.map((one) => `${one.name}${signs.get(one.evidence.grade)}`).join(', '),
	]);
	const legend = GRADES.map(([grade, sign]) => `${sign} ${grade}`).join(', ');
	return `${markdownTable([['Resource', 'Operations'], ...rows])}\n\nHow well public sources prove it: ${legend}. See [Evidence](${evidencePage}).`;
}

/** Markdown for the reference page: a section per resource, with endpoints, effect, and sources. */
export function operationsReference(resources: Resource[], evidencePage: string): string {
	return resources
		.map(({ name, description, operations }) => {
			const rows = operations.map((operation) => [
				operation.name,
				operation.description,
				[
					...operation.endpoints.map((endpoint) => `\`${endpoint}\``),
					...(operation.namesRequest ? ['any'] : []),
				].join(', '),
				operation.effectOn ? 'as its method' : operation.effect,
				evidenceOf(operation),
			]);
			const head = [
				'Operation',
				'What it does',
				'Endpoints',
				'Effect',
				`[Evidence](${evidencePage})`,
			];
			return `## ${name}\n\n${description}\n\n${markdownTable([head, ...rows])}`;
		})
		.join('\n\n');
}

function evidenceOf({ evidence: { grade, sources, reply } }: Operation): string {
	return `${grade} (${sources})${reply === 'unknown' ? ', reply not public' : ''}`;
}

/** Every operation with its resource, in the order in which users see the resources. */
export function everyOperation(resources: Resource[]): Array<[Resource, Operation]> {
	return resources.flatMap((resource) =>
		resource.operations.map((operation): [Resource, Operation] => [resource, operation]),
	);
}
