import { ESLint, type Linter } from 'eslint';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** A set of lint rules to check a folder against. */
interface RuleSet {
	name: string;
	/** The findings in these files (patterns relative to the folder), one text per file. */
	findings(folder: string, patterns: string[]): Promise<string[]>;
}

/** What n8n's scanner exports; it has no types. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	buildScanConfig(): Promise<Linter.Config[]>;
	analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}

const PLUGIN = '@n8n/eslint-plugin-community-nodes';
const PREFIX = '@n8n/community-nodes';

/** The scanner as n8n runs it on a published package, with its own rules. */
export async function scannerRules(): Promise<RuleSet & { sourceFiles: string[] }> {
	const scanner = await loadScanner();
	return {
		name: `rules ${await pluginVersion('@n8n/scan-community-package')} of the scanner`,
		sourceFiles: scanner.SOURCE_FILE_PATTERNS,
		async findings(folder, patterns) {
			const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
			// A scan that finds no files passes as well, and says so in its message.
			return passed && message === undefined ? [] : [details ?? message ?? 'Refused'];
		},
	};
}

/** The same configuration with the rules of the n8n-node CLI, which are usually newer. */
export async function cliRules(): Promise<RuleSet> {
	const { n8nCommunityNodesPlugin } = requireFrom('@n8n/node-cli')(PLUGIN) as {
		n8nCommunityNodesPlugin: { configs: { recommended: Linter.Config } };
	};
	const config = (await (await loadScanner()).buildScanConfig()).map((part) =>
		part.plugins && PREFIX in part.plugins ? n8nCommunityNodesPlugin.configs.recommended : part,
	);
	return {
		name: `rules ${await pluginVersion('@n8n/node-cli')} of the CLI`,
		async findings(folder, patterns) {
			const eslint = new ESLint({
				cwd: folder,
				allowInlineConfig: false,
				overrideConfigFile: true,
				overrideConfig: config,
			});
			const results = await eslint.lintFiles(patterns);
			const found = results.filter((result) => result.errorCount > 0);
			if (found.length === 0) return [];
			return [await (await eslint.loadFormatter('stylish')).format(found)];
		},
	};
}

async function loadScanner(): Promise<Scanner> {
	const module: string = '@n8n/scan-community-package/scanner/scanner.mjs';
	return (await import(module)) as Scanner;
}

/** The version of the lint plugin that one of our packages loads: each may have a different one. */
async function pluginVersion(packageName: string): Promise<string> {
	const entry = requireFrom(packageName).resolve(PLUGIN);
	const folder = entry.slice(0, entry.lastIndexOf(join(PLUGIN)) + join(PLUGIN).length);
	const manifest = await readFile(join(folder, 'package.json'), 'utf8');
	return (JSON.parse(manifest) as { version: string }).version;
}

function requireFrom(packageName: string): NodeJS.Require {
	return createRequire(resolve('node_modules', packageName, 'package.json'));
}
