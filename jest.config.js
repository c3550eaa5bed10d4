const { availableParallelism } = require('node:os');

/** Test files are `.mts` (n8n's lint leaves those alone) and compiled to CommonJS, as n8n loads nodes. */
module.exports = {
	testMatch: ['<rootDir>/test/{unit,engine,sandbox,clients,faults}/**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: {
		'\\.(mts|ts|mjs|js)$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	// These are published as ES modules only.
	transformIgnorePatterns: [
		'/node_modules/(?!(jose|@faker-js|markdown-table)/)',
		'<rootDir>/dist/',
	],
	testEnvironment: 'node',
	testTimeout: 60_000,
	// Half of the time is waiting, so that even two cores have work for three.
	maxWorkers: Math.max(3, availableParallelism() - 1),
	// A test that failed half-way leaves servers and retries behind; the run must end all the same.
	forceExit: true,
};
