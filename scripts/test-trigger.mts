/**
 * `npm run test:trigger -- --lives 20000`: random lives of a tenant and of n8n, many more than the tests
 * run. `--steps` sets how long they are on average. It prints what was told, missed, and invented.
 * `--breakages` breaks the trigger on purpose instead, and expects that each breakage is found.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { findBreakages } from './trigger-breakages.mts';

const { lives, steps, breakages } = parseArgs({
	options: {
		lives: { type: 'string', default: '2000' },
		steps: { type: 'string', default: '200' },
		breakages: { type: 'boolean', default: false },
	},
}).values;

const env = { ...process.env, LIVES: lives, LIFE_STEPS: steps };
if (breakages) process.exitCode = (await findBreakages(env)) ? 0 : 1;
else {
	const { status } = spawnSync('jest', ['test/engine/trigger/model.test.mts'], {
		...{ env, stdio: 'inherit', shell: true },
	});
	process.exitCode = status ?? 1;
}
