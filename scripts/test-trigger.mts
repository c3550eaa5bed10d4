/**
 * `npm run test:trigger -- --lives 20000`: random lives of a tenant and of n8n, many more than the tests
 * run. `--steps` sets how long they are on average. It prints what was told, missed, and invented.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { lives, steps } = parseArgs({
	options: {
		lives: { type: 'string', default: '2000' },
		steps: { type: 'string', default: '200' },
	},
}).values;

const { status } = spawnSync('jest', ['test/engine/trigger/model.test.mts'], {
	env: { ...process.env, LIVES: lives, LIFE_STEPS: steps },
	stdio: 'inherit',
	shell: true,
});
process.exitCode = status ?? 1;
