import { readFileSync } from 'node:fs';

/**
 * What is to be measured as soon as it exists. Nothing is measured of it here, so whoever adds it finds
 * the benchmark failing until it is.
 */
const AWAITED = {
	'poll of the trigger': /Trigger\.node\.js$/,
};

/**
 * What the package does not have yet.
 *
 * @throws Error for something that it has and that nothing here measures
 */
export function notCovered(): string[] {
	const { n8n } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const built = [...n8n.nodes, ...n8n.credentials];
	for (const [what, pattern] of Object.entries(AWAITED)) {
		if (built.some((file) => pattern.test(file))) {
			throw new Error(`The package has a ${what} by now. Measure it: see bench/coverage.mts.`);
		}
	}
	return Object.keys(AWAITED);
}
