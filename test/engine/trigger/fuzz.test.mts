import { tryCases, withoutWaits } from '../../fuzz/campaign.mts';
import { anyTriggerCase, complaintsAboutPolls, EVENTS } from '../../fuzz/triggerCase.mts';
import { wordsOfATenant } from '../../fuzz/words.mts';

/** The short form of `npm run fuzz` for the trigger, always with the same cases. */
const SEED = 20_250_301;
const CASES = 100;

const words = wordsOfATenant();
let restore: () => void;
beforeAll(() => void (restore = withoutWaits()));
afterAll(() => restore());

it.each(EVENTS)('$name survives', async (subject) => {
	const finding = await tryCases(
		subject,
		anyTriggerCase(subject.event, words),
		async (fuzz) => await complaintsAboutPolls(subject.event, fuzz),
		{ cases: CASES, seed: SEED },
	);
	expect(finding).toBeUndefined();
});
