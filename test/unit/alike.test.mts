import fc from 'fast-check';
import { everyHasMatch, isSame } from '../../nodes/Appspace/scim/alike.ts';
import { LONGEST_BLOCK, longestBlock } from '../support/longestBlock.mts';

const value = fc.oneof(
	...[fc.constantFrom('a', 'A', ' a', 'a ', '\uff41', '1', '1.0', '01', '+1 2', '12', '1000')],
	...[
		fc.constantFrom(1, 12, 1000, true, 'True', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00'),
	],
);
const entry = fc.oneof(value, fc.record({ value }));
const valueOf = (one: unknown) => (one as { value?: unknown }).value ?? one;

it.each(['emails', 'phoneNumbers'])('finds what a look at each entry finds: %s', (path) => {
	const isLike = (one: unknown, other: unknown) => isSame(valueOf(one), valueOf(other), path);
	fc.assert(
		fc.property(fc.array(entry), fc.array(entry), (wanted, present) => {
			const each = wanted.every((part) => present.some((one) => isLike(one, part)));
			expect(everyHasMatch(wanted, present, path, isLike)).toBe(each);
		}),
		{ numRuns: 2_000 },
	);
});

it.each([
	['in another order', (index: number) => `a${index}`],
	['with the same value', () => 'a'],
])('goes through thousands in time: %s', async (_, make) => {
	const wanted = Array.from({ length: 10_000 }, (_, index) => ({
		...{ value: make(index), type: `t${index}` },
	}));
	const present = [...wanted].reverse();
	const isLike = (one: unknown, part: unknown) => JSON.stringify(one) === JSON.stringify(part);
	expect(await longestBlock(() => everyHasMatch(wanted, present, 'emails', isLike))).toBeLessThan(
		LONGEST_BLOCK,
	);
});
