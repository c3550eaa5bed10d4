const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { build: bundle } = require('esbuild');
const gulp = require('gulp');
const { n8n } = require('./package.json');

/** The TypeScript source of a built entry point: `dist/x/Y.js` comes from `x/Y.ts`. */
const sourceOf = (built) => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

const clean = () => rm('dist', { recursive: true, force: true });

const typeCheck = () => spawn('tsc', ['--noEmit'], { stdio: 'inherit', shell: true });

/** One readable file per entry point: a cold load reads three files, and jose's `decodeJwt` is inside. */
const bundleEntryPoints = () =>
	bundle({
		entryPoints: [...n8n.credentials, ...n8n.nodes].map(sourceOf),
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['n8n-workflow'],
		legalComments: 'inline',
	});

/** Icons, codex files and output schemas go where the built code looks for them. */
const copyAssets = () =>
	gulp
		.src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
			base: '.',
			encoding: false,
			allowEmpty: true,
		})
		.pipe(gulp.dest('dist'));

exports.clean = clean;
exports.build = gulp.series(typeCheck, clean, gulp.parallel(bundleEntryPoints, copyAssets));
exports.default = exports.build;
