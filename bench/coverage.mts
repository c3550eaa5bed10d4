import { readFileSync } from 'node:fs';

/** What measures each part of the package. */
const MEASURED_BY: Record<string, string> = {
	'dist/nodes/Appspace/Appspace.node.js': 'npm run bench, npm run bench:n8n',
	'dist/nodes/AppspaceTrigger/AppspaceTrigger.node.js': 'npm run bench:trigger',
	'dist/credentials/AppspaceApi.credentials.js': 'npm run bench, npm run bench:n8n',
	'dist/credentials/AppspaceScimApi.credentials.js': 'npm run bench',
};

/** @throws Error for a part of the package that no benchmark measures */
export function assertMeasured(): void {
	const { n8n } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	for (const file of [...n8n.nodes, ...n8n.credentials]) {
		if (MEASURED_BY[file] === undefined) {
			throw new Error(`No benchmark measures ${file}: see bench/coverage.mts.`);
		}
	}
}
