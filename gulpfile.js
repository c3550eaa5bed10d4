const { spawn } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { dirname } = require('node:path');
const { Transform } = require('node:stream');
const esbuild = require('esbuild');
const gulp = require('gulp');
const { n8n } = require('./package.json');

/** The TypeScript source of a built entry point: `dist/x/Y.js` comes from `x/Y.ts`. */
const sourceOf = (built) => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

const clean = () => rm('dist', { recursive: true, force: true });

const typeCheck = () => spawn('tsc', ['--noEmit'], { stdio: 'inherit', shell: true });

const bundling = {
	outdir: 'dist',
	outbase: '.',
	bundle: true,
	platform: 'node',
	target: 'node20',
	external: ['n8n-workflow'],
	legalComments: 'inline',
};

/** One readable file per credential, with jose's `decodeJwt` inside. */
const bundleCredentials = () =>
	esbuild.build({ ...bundling, entryPoints: n8n.credentials.map(sourceOf), format: 'cjs' });

/**
 * Three readable files for the node: what n8n needs to know when it starts, what is loaded when it is
 * first needed (`import('./onDemand')`), and what both need. esbuild splits ES modules alone, so each of
 * them is made one for `require` afterwards.
 */
async function bundleNodes() {
	const { outputFiles } = await esbuild.build({
		...bundling,
		entryPoints: n8n.nodes.map(sourceOf),
		format: 'esm',
		splitting: true,
		chunkNames: 'nodes/Appspace/[name]',
		write: false,
	});
	const { platform, target, legalComments } = bundling;
	for (const { path, text } of outputFiles) {
		// Where each part of a file is from stays readable: esbuild keeps comments of this kind alone.
		const commented = text.replace(
			/^\/\/ (?:nodes\/Appspace\/(?:resources\/)?)?(.+)\.ts$/gm,
			'//! $1',
		);
		const { code } = await esbuild.transform(commented, {
			...{ platform, target, legalComments, format: 'cjs' },
			supported: { 'dynamic-import': false },
		});
		await mkdir(dirname(path), { recursive: true });
		// `(0, part.name)(...)` keeps `this` from a function; none here reads it.
		await writeFile(path, code.replace(/\(0, (import_\w+\.\w+)\)/g, '$1'));
	}
}

/** JSON without blanks, which are a third of it: n8n reads it, and nobody else. */
const compactJson = () =>
	new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			if (file.extname === '.json') {
				file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents.toString())));
			}
			done(null, file);
		},
	});

/** Icons, codex files and output schemas go where the built code looks for them. */
const copyAssets = () =>
	gulp
		.src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
			base: '.',
			encoding: false,
			allowEmpty: true,
		})
		.pipe(compactJson())
		.pipe(gulp.dest('dist'));

exports.clean = clean;
exports.build = gulp.series(
	typeCheck,
	clean,
	gulp.parallel(bundleCredentials, bundleNodes, copyAssets),
);
exports.default = exports.build;
