import { mostAllowed, tooMany } from '../../nodes/Appspace/runtime/guard.ts';

test.each([
	[undefined, 5, 1],
	['', 0, 1],
	[undefined, 60, 6],
	[null, 5_000, 10],
	['25', 30, 25],
	[3, 30, 3],
	['0', 30, 0],
	['0%', 30, 0],
	['5%', 200, 10],
	[' 12.5 % ', 16, 2],
	['100%', 7, 7],
])('%j of %d allows %d', (given, all, most) => {
	expect(mostAllowed(given, all, 'Most')).toBe(most);
});

test.each(['abc', '-1', '2.5', '150%', '-5%', '%', 'NaN', true, [1, 2]])(
	'%j is refused',
	(given) => {
		expect(() => mostAllowed(given, 10, 'Most Removals')).toThrow(
			expect.objectContaining({
				failure: expect.objectContaining({
					message: expect.stringContaining('"Most Removals"'),
					description: expect.stringContaining('5%'),
				}),
			}),
		);
	},
);

test('the refusal names counts, the first, and the way on', () => {
	const names = Array.from({ length: 7 }, (_, index) => `user${index}`);
	const { failure } = tooMany(
		{ what: 'This would remove', names, most: 2, all: 40 },
		'Most Removals',
	);
	expect(failure).toMatchObject({
		message: 'This would remove 7 of 40, and at most 2 are allowed',
		description: expect.stringMatching(
			/^Nothing was changed\. The first are user0, user1, user2, user3, user4 and 2 more\..*"Most Removals"\.$/,
		),
	});
});
