import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { AppspaceApi } from '../../credentials/AppspaceApi.credentials.ts';
import { AppspaceScimApi } from '../../credentials/AppspaceScimApi.credentials.ts';
import { events } from '../../nodes/AppspaceTrigger/events/events.ts';
import { resources } from '../../nodes/Appspace/resources/resources.ts';
import { Random } from '../../sandbox/data/random.mts';
import { defaultSettings } from '../../sandbox/settings.mts';
import { generatedDocs } from '../../scripts/generatedDocs.mts';
import { everyOperation } from '../../scripts/operationsTable.mts';

const read = (path: string) => readFileSync(path, 'utf8');
const manifest = JSON.parse(read('package.json')) as {
	homepage: string;
	scripts: Record<string, string>;
};

const SKIPPED = new Set(['node_modules', '.git', 'dist', '.build']);

/** The files below a folder, relative to the repository, with forward slashes. */
function filesBelow(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(path);
		return [relative('.', path).split(sep).join('/')];
	});
}

const everyFile = filesBelow('.');
const documents = everyFile.filter((path) => path.endsWith('.md'));
const productCode = everyFile.filter((path) => /^(credentials|nodes)\/.*\.ts$/.test(path));

/** What GitHub makes of the headings of a document, for addresses. */
function anchorsIn(path: string): string[] {
	return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);
}

it('generated documents say what the code says (otherwise: npm run docs)', async () => {
	for (const [path, text] of Object.entries(await generatedDocs())) {
		expect({ path, text: read(path) }).toEqual({ path, text });
	}
});

it('the page of the sandbox names files, settings, and controls that exist', () => {
	const page = read('sandbox/README.md').replace(/<!-- (\w+):begin -->[^]*?<!-- \1:end -->/g, '');
	const named = [...page.matchAll(/`([\w/]+\.mts|data\/)`/g)].map(([, path = '']) => path);
	expect(named.length).toBeGreaterThan(15);
	expect(named.filter((path) => !existsSync(join('sandbox', path)))).toEqual([]);

	const known = Object.keys(defaultSettings(new Random(1)));
	const cited = [...page.matchAll(/setting `(\w+)`/g)].map(([, setting = '']) => setting);
	expect(cited.length).toBeGreaterThan(4);
	expect(cited.filter((setting) => !known.includes(setting))).toEqual([]);

	const controlsIn = (text: string, form: RegExp) =>
		[...text.matchAll(form)].map(([, method = '', path]) => `${method.toUpperCase()} ${path}`);
	const there = controlsIn(read('sandbox/control.mts'), /app\.(\w+)\('([^']+)'/g);
	const rows = [...page.matchAll(/^\| `((?:[A-Z]+(?:`, `|, )?)+) (\/_sandbox[^` ]*)`/gm)];
	const listed = rows.flatMap(([, methods = '', path]) =>
		[...methods.matchAll(/[A-Z]+/g)].map(([method]) => `${method} ${path}`),
	);
	expect(listed.sort()).toEqual(there.sort());
});

it('documents name npm scripts that exist', () => {
	const builtIn = ['ci', 'install', 'pack', 'version', 'publish'];
	const known = [...builtIn, ...Object.keys(manifest.scripts)];
	for (const path of documents) {
		const code = [...read(path).matchAll(/```[^]*?```|`[^`]+`/g)].join('\n');
		const named = [...code.matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map(([, name]) => name);
		expect({ path, missing: named.filter((name) => !known.includes(name ?? '')) }).toEqual({
			path,
			missing: [],
		});
	}
});

it('the addresses that n8n shows lead to headings of the README', () => {
	const codex = JSON.parse(read('nodes/Appspace/Appspace.node.json')) as {
		resources: Record<string, Array<{ url: string }>>;
	};
	const urls = [
		new AppspaceApi().documentationUrl,
		new AppspaceScimApi().documentationUrl,
		...Object.values(codex.resources)
			.flat()
			.map(({ url }) => url),
	];
	const [home] = manifest.homepage.split('#');
	for (const url of urls) {
		const [page, fragment = ''] = url.split('#');
		expect(page).toBe(home);
		expect(['readme', ...anchorsIn('README.md')]).toContain(fragment);
	}
});

/** What stands in the first column of the tables of messages. */
function messagesOn(path: string): string[] {
	return [...read(path).matchAll(/^\| Message .*\n\| -.*\n((?:\|.*\n)+)/gm)].flatMap(
		([, rows = '']) => [...rows.matchAll(/^\| (.+?) +\|/gm)].map(([, message = '']) => message),
	);
}

it('Troubleshooting lists messages that the code has', () => {
	const code = productCode.map(read).join('\n');
	const rows = ['README.md', 'docs/troubleshooting.md'].flatMap(messagesOn);
	expect(rows.length).toBeGreaterThan(4);
	// An ellipsis, and what stands in quotes, differs from case to case.
	const literal = (row: string) =>
		row.split(/…|"[^"]*"/).map((part) => part.replace(/^[:, ]+/, '').trim());
	expect(rows.filter((row) => !literal(row).every((part) => code.includes(part)))).toEqual([]);
});

it('every source and section that the code refers to is explained', () => {
	const evidence = read('docs/evidence.md');
	const declared = [...everyOperation(resources).map(([, operation]) => operation), ...events];
	const tags = declared.flatMap((one) => one.evidence.sources.split(', '));
	expect([...new Set(tags)].filter((tag) => !evidence.includes(`| ${tag} `))).toEqual([]);

	const notes = read('docs/appspace-api.md');
	const code = everyFile.filter((path) => /\.m?ts$/.test(path)).map(read);
	const sections = code.flatMap((text) =>
		[...text.matchAll(/appspace-api\.md,? ((?:\d+(?:\.\d+)?(?:, )?)+)/g)].flatMap(([, list = '']) =>
			list.split(', ').filter((section) => section !== ''),
		),
	);
	expect(sections.length).toBeGreaterThan(10);
	const missing = sections.filter((section) => !new RegExp(`^#+ ${section}[. ]`, 'm').test(notes));
	expect([...new Set(missing)]).toEqual([]);
});

/** ESLint's `max-lines` cannot watch this: n8n's configuration, which stays as it is, knows `.ts` alone. */
const LIMITS: Array<[files: RegExp, lines: number]> = [
	[/\.operation\.ts$/, 90],
	[/^test\/.*\.m?[jt]s$/, 400],
	[/^(credentials|nodes|sandbox|scripts|conformance|bench)\/.*\.m?[jt]s$/, 250],
];

it('files stay short: 250 lines, an operation 90, a test 400', () => {
	const tooLong = everyFile.filter((path) => {
		const [, limit = Infinity] = LIMITS.find(([files]) => files.test(path)) ?? [];
		return read(path).trimEnd().split('\n').length > limit;
	});
	expect(tooLong).toEqual([]);
});

it('half of the operations take fewer than 45 lines', () => {
	const lengths = everyFile
		.filter((path) => path.endsWith('.operation.ts'))
		.map((path) => read(path).trimEnd().split('\n').length)
		.sort((one, other) => one - other);
	expect(lengths.length).toBeGreaterThan(80);
	expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(45);
});
