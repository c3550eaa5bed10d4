const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { Transform } = require('node:stream');
const esbuild = require('esbuild');
const gulp = require('gulp');
const { n8n } = require('./package.json');

/** The TypeScript source of a built entry point: `x/Y.ts` for `dist/x/Y.js`. */
const sourceOf = (built) => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

const clean = () => rm('dist', { recursive: true, force: true });

const typeCheck = () => spawn('tsc', ['--noEmit'], { stdio: 'inherit', shell: true });

/** One readable file for each entry point named in package.json, including jose's `decodeJwt`. */
const bundleOptions = {
	entryPoints: [...n8n.credentials, ...n8n.nodes].map(sourceOf),
	outdir: 'dist',
	outbase: '.',
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node20',
	external: ['n8n-workflow'],
	legalComments: 'inline',
};

const bundle = () => esbuild.build(bundleOptions);

/** Strips whitespace from JSON, a third of its size: only n8n reads these files. */
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

/** Copies icons, codex files, and output schemas to where the built code looks for them. */
const copyAssets = () =>
	gulp
		.src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
			base: '.',
			encoding: false,
			allowEmpty: true,
		})
		.pipe(compactJson())
		.pipe(gulp.dest('dist'));

// Not a task: release:check builds with it to list what is bundled.
exports.bundleOptions = bundleOptions;
exports.clean = clean;
exports.build = gulp.series(typeCheck, clean, gulp.parallel(bundle, copyAssets));
exports.default = exports.build;
