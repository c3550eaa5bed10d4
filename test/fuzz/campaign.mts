import fc from 'fast-check';
import type { FuzzCase } from './stub.mts';

export interface Trial {
	cases: number;
	/** The same seed draws the same cases. */
	seed: number;
}

/** No case should take nearly this long, in milliseconds. */
const LONGEST_CASE = 20_000;

/**
 * Tries a case again and again, each time with other values.
 * @param judge returns what is wrong with the result
 * @returns the smallest failing case, as text; undefined if none failed
 */
export async function tryCases<Case extends FuzzCase>(
	subject: { name: string },
	cases: fc.Arbitrary<Case>,
	judge: (fuzz: Case) => Promise<string[]>,
	{ cases: numRuns, seed }: Trial,
): Promise<string | undefined> {
	const property = fc.asyncProperty(cases, async (fuzz) => {
		const complaints = await judge(fuzz);
		if (complaints.length > 0) throw new Error(complaints.join('; '));
	});
	const { failed, counterexample, errorInstance } = await fc.check(property, {
		numRuns,
		seed,
		timeout: LONGEST_CASE,
	});
	if (!failed) return undefined;
	const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
	return `${subject.name}: ${why}\n${fc.stringify(counterexample?.[0])}`;
}

/** Makes every timer fire at once until the returned function is called, so attempts follow without waits. */
export function withoutWaits(): () => void {
	const { setTimeout } = globalThis;
	globalThis.setTimeout = ((work: () => void) => setImmediate(work)) as never;
	return () => {
		globalThis.setTimeout = setTimeout;
	};
}
