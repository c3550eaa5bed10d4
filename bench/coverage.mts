import { readFileSync } from 'node:fs';

/** Features to measure as soon as they exist. The benchmark fails when one exists and is not measured. */
const AWAITED = {
	'poll of the trigger': /Trigger\.node\.js$/,
};

/**
 * The features that the package does not have yet.
 * @throws Error for one that it has and that no benchmark measures
 */
export function notCovered(): string[] {
	const { n8n } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const built = [...n8n.nodes, ...n8n.credentials];
	for (const [what, pattern] of Object.entries(AWAITED)) {
		if (built.some((file) => pattern.test(file))) {
			throw new Error(`The package now has a ${what}. Measure it:  see bench/coverage.mts.`);
		}
	}
	return Object.keys(AWAITED);
}
