const { randomInt } = require('node:crypto');

/** In CI, tests get the same tenants each time: what lands must not depend on a draw. */
const CI_SEED = '20261128';

/**
 * Chooses the seed of the sandboxes that tests start without one, once for the whole run: Jest starts its
 * workers afterwards. `SANDBOX_SEED=<seed> npx jest` repeats a run.
 */
module.exports = function chooseSeed() {
	process.env.SANDBOX_SEED ??= process.env.CI ? CI_SEED : String(randomInt(2 ** 31));
	process.stderr.write(`Sandboxes get SANDBOX_SEED=${process.env.SANDBOX_SEED}\n`);
};
