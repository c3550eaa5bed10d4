import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One line of the report. A check without findings has passed. */
export interface Check {
	name: string;
	findings: string[];
	/** Shown after the name, such as a size. */
	note?: string;
}

/** In bytes, unpacked. n8n reads all of it when it starts. */
const LARGEST = 750_000;
const ALLOWED = /^(dist\/.+|index\.js|package\.json|README\.md|LICENSE)$/;

interface Manifest {
	main: string;
	dependencies?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

/**
 * Packs the package as `npm publish` does and unpacks it again.
 * @returns the folder with the files that users get
 */
export async function packInto(workFolder: string, root: string): Promise<string> {
	const shell = process.platform === 'win32';
	await run('npm', ['pack', '--silent', '--pack-destination', workFolder], { cwd: root, shell });
	const [tarball = ''] = (await readdir(workFolder)).filter((name) => name.endsWith('.tgz'));
	const unpacked = join(workFolder, 'unpacked');
	await mkdir(unpacked);
	await run('tar', ['-xzf', tarball, '-C', 'unpacked', '--strip-components=1'], {
		cwd: workFolder,
	});
	return unpacked;
}

/** This project's rules for the tarball, in addition to those of the scanner. */
export async function tarballChecks(unpacked: string, root: string): Promise<Check[]> {
	const files = await filesIn(unpacked);
	const manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as Manifest;
	const needed = [manifest.main, ...manifest.n8n.nodes, ...manifest.n8n.credentials];
	const size = files.reduce((total, file) => total + file.bytes, 0);
	const names = files.map(({ name }) => name);
	return [
		{
			name: 'tarball contains only dist, index.js, package.json, README.md, and LICENSE',
			findings: names.filter((name) => !ALLOWED.test(name)),
			note: `${names.length} files`,
		},
		{
			name: 'tarball contains everything that package.json names, README.md, and LICENSE',
			findings: [...needed, 'README.md', 'LICENSE'].filter((name) => !names.includes(name)),
		},
		{
			name: 'no run-time dependencies',
			findings: Object.keys(manifest.dependencies ?? {}),
		},
		{
			name: 'no source maps',
			findings: files
				.filter(({ name, text }) => name.endsWith('.map') || /^\/[/*]# sourceMapping/m.test(text))
				.map(({ name }) => name),
		},
		{
			name: `unpacked size under ${LARGEST / 1000} KB`,
			findings: size < LARGEST ? [] : [`${size - LARGEST} bytes too many`],
			note: `${(size / 1000).toFixed(1)} KB`,
		},
		await noticeCheck(files, root),
	];
}

/** The MIT license of jose requires its notice wherever its code is distributed. */
async function noticeCheck(files: PackedFile[], root: string): Promise<Check> {
	const notice = await readFile(join(root, 'node_modules', 'jose', 'LICENSE.md'), 'utf8');
	const license = files.find(({ name }) => name === 'LICENSE')?.text ?? '';
	const isThere = withoutBreaks(license).includes(withoutBreaks(notice));
	return {
		name: 'the license notice of jose, word for word',
		findings: isThere ? [] : ['LICENSE does not contain the text of node_modules/jose/LICENSE.md'],
	};
}

interface PackedFile {
	/** Relative to the package, with forward slashes. */
	name: string;
	bytes: number;
	text: string;
}

async function filesIn(folder: string): Promise<PackedFile[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
	return await Promise.all(
		paths.map(async (path) => ({
			name: relative(folder, path).split(sep).join('/'),
			bytes: (await stat(path)).size,
			text: await readFile(path, 'utf8'),
		})),
	);
}

function withoutBreaks(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
