import fc from 'fast-check';

/** In CI, properties draw the same cases each time: what lands must not depend on a draw. Elsewhere they draw anew. */
const CI_SEED = 20_261_128;

if (process.env.CI) fc.configureGlobal({ seed: CI_SEED });
