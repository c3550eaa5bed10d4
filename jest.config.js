const { availableParallelism } = require('node:os');

/** Test files are `.mts`, which n8n's lint ignores, and compile to CommonJS, the format in which n8n loads nodes. */
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
	globalSetup: '<rootDir>/test/support/chooseSeed.cjs',
	setupFiles: ['<rootDir>/test/support/properties.mts'],
	testTimeout: 60_000,
	// Tests wait half of the time, so even two cores have work for three workers.
	maxWorkers: Math.max(3, availableParallelism() - 1),
	// Each test file loads n8n anew and leaves memory behind.
	workerIdleMemoryLimit: '1GB',
	// A failed test may leave servers and retries behind; the run must end anyway.
	forceExit: true,
};
