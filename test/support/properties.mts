import fc from 'fast-check';

/** In CI, properties draw the same cases each time: what lands must not depend on a draw. Elsewhere they draw anew. */
const CI_SEED = 20_261_128;

/**
 * How long a property may take, in milliseconds. A test that is out of time cannot stop its property, which
 * would go on, or go on shrinking, at the expense of the tests that follow. A test with a longer limit gives
 * it to its property, too.
 */
const MOST_TIME = 55_000;

fc.configureGlobal({
	interruptAfterTimeLimit: MOST_TIME,
	markInterruptAsFailure: true,
	...(process.env.CI && { seed: CI_SEED }),
});
