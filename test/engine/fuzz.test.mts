import { SUBJECTS } from '../faults/examples.mts';
import { tryCases, withoutWaits } from '../fuzz/campaign.mts';
import { FuzzedEngine } from '../fuzz/engineCase.mts';
import { anyCase, complaintsAbout } from '../fuzz/operationCase.mts';
import type { FuzzCase } from '../fuzz/stub.mts';
import { wordsOfATenant } from '../fuzz/words.mts';

/** The short form of `npm run fuzz`, always with the same cases. */
const SEED = 20_250_301;
const CASES = 2_000;

const words = wordsOfATenant();

describe(`${CASES} cases in the kernel`, () => {
	let restore: () => void;
	beforeAll(() => void (restore = withoutWaits()));
	afterAll(() => restore());

	it.each(SUBJECTS)('$name survives', async (subject) => {
		const cases = anyCase(subject, words);
		const judge = async (fuzz: FuzzCase) => await complaintsAbout(subject, fuzz);
		const trial = { cases: Math.ceil(CASES / SUBJECTS.length), seed: SEED };
		expect(await tryCases(subject, cases, judge, trial)).toBeUndefined();
	});
});

describe('a case of each operation in the engine', () => {
	let engine: FuzzedEngine;
	beforeAll(async () => void (engine = await FuzzedEngine.start()));
	afterAll(async () => await engine.close());

	it.each(SUBJECTS)('$name survives', async (subject) => {
		const cases = anyCase(subject, words, false);
		const judge = async (fuzz: FuzzCase) => await engine.complaintsAbout(subject, fuzz);
		expect(await tryCases(subject, cases, judge, { cases: 1, seed: SEED })).toBeUndefined();
	});
});
