import fc from 'fast-check';
import { live, lives, type Life } from './lives.mts';
import type { Count } from './oracles.mts';

/** `npm run test:trigger -- --lives 20000` sets these. */
const { LIVES = '200', LIFE_STEPS = '200' } = process.env;

/** In milliseconds; a life of 200 steps takes half a second. */
const MOST_PER_LIFE = 18_000;
const PATIENCE = MOST_PER_LIFE * Number(LIVES);

const total: Count = { lives: 0, events: 0, emitted: 0, doubled: 0, unsaved: 0 };

test(
	'random lives of a tenant and of n8n: nothing missed, nothing invented',
	async () => {
		await fc.assert(
			fc.asyncProperty(lives(Number(LIFE_STEPS)), async (life: Life) => {
				const count = await live(life);
				for (const name of Object.keys(total) as Array<keyof Count>) total[name] += count[name];
			}),
			// Making a life shorter takes longer than CI has; the seed repeats it.
			{ numRuns: Number(LIVES), endOnFailure: true, interruptAfterTimeLimit: PATIENCE },
		);
		expect(total.emitted).toBeGreaterThan(0);
		const { lives: count, events, emitted, doubled, unsaved } = total;
		process.stdout.write(
			`\nTrigger: ${count} lives, ${events} events, ${emitted} emitted, missed 0, invented 0, ` +
				`doubled ${doubled} (after an overwritten state), unsaved ${unsaved} (across a crash)\n\n`,
		);
	},
	PATIENCE,
);
