import {
	mostField,
	mostOf,
	refuseTooMany,
	type Guarded,
} from '../../nodes/Appspace/runtime/guard.ts';
import { RequestFailed } from '../../nodes/Appspace/transport/failure.ts';

const REMOVALS: Guarded = { label: 'Most Removals', verb: 'remove', scope: 'members' };

function failureOf(work: () => unknown) {
	try {
		work();
	} catch (error) {
		if (error instanceof RequestFailed && error.failure.kind === 'input') return error.failure;
		throw error;
	}
	throw new Error('Nothing was refused.');
}

describe('The number of removals that a guard allows', () => {
	it.each([
		['', 0, 1],
		['', 5, 1],
		['', 19, 1],
		['', 20, 2],
		['', 99, 9],
		['', 5_000, 10],
		['  ', 50, 5],
		['25', 10, 25],
		[' 3 ', 10, 3],
		['0', 1_000, 0],
		['5%', 200, 10],
		['5 %', 200, 10],
		['0.5%', 1_000, 5],
		['5%', 19, 0],
		['0%', 1_000, 0],
		['100%', 7, 7],
	])('is for "%s" of %i: %i', (value, size, most) => {
		expect(mostOf(value, size, REMOVALS)).toBe(most);
	});

	it.each(['abc', '-1', '150%', '-5%', '2.5', '%', '1,000', '5%%', 'Infinity', '0x10'])(
		'is not guessed from "%s"',
		(value) => {
			expect(failureOf(() => mostOf(value, 100, REMOVALS)).message).toContain(
				`The parameter "Most Removals" is "${value}"`,
			);
		},
	);
});

describe('A guard', () => {
	it('allows as many as its value says', () => {
		expect(() => refuseTooMany(['ann', 'bob'], 10, '2', REMOVALS)).not.toThrow();
		expect(() => refuseTooMany([], 0, '0', REMOVALS)).not.toThrow();
	});

	it('refuses more with the counts, the first names, and the remedy', () => {
		const names = ['ann', 'bob', 'cy', 'dee', 'eve', 'fay'];
		expect(failureOf(() => refuseTooMany(names, 40, '', REMOVALS))).toMatchObject({
			message:
				'This would remove 6 of 40 members, and "Most Removals" allows 4: "ann", "bob", "cy", "dee", "eve" and 1 more',
			description: expect.stringMatching(/^Nothing was written.*"Most Removals" to 6 or more\.$/),
		});
	});

	it('refuses a value that cannot be read even if there is nothing to remove', () => {
		expect(failureOf(() => refuseTooMany([], 5, 'abc', REMOVALS)).message).toContain('"abc"');
	});

	it('has a field that says what its default is', () => {
		expect(mostField('mostRemovals', REMOVALS)).toMatchObject({
			...{ displayName: 'Most Removals', name: 'mostRemovals', type: 'string', default: '' },
			description: expect.stringContaining('How many members to remove at most'),
		});
	});
});
