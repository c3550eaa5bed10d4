const { resolve } = require('node:path');
const project = require('../../jest.config.js');

const home = resolve(process.env.N8N_CORE ?? '.');

/**
 * The engine tests on the n8n-core in the folder that N8N_CORE names. The built package gets that
 * n8n's n8n-workflow too, as it does when n8n loads it.
 */
module.exports = {
	...project,
	rootDir: process.cwd(),
	testMatch: ['<rootDir>/test/engine/**/*.test.mts'],
	moduleNameMapper: { '^n8n-workflow$': require.resolve('n8n-workflow', { paths: [home] }) },
};
