import { isExact, refuseInexact } from '../../nodes/Appspace/transport/exactNumbers.ts';

test.each([0, -1, 1.5, 1e-300, 2 ** 53 - 1, 0.1])('%p is the number that was written', (value) => {
	expect(isExact(value)).toBe(true);
	expect(() => refuseInexact({ a: [{ b: value }] })).not.toThrow();
});

test.each([
	[2 ** 53, 'a.b'],
	[-(2 ** 60), 'a.b'],
	// What `JSON.parse` makes of 1e400; as JSON it would be null.
	[Infinity, 'a.b'],
	[NaN, 'a.b'],
])('%p is not, and is named where it stands', (value, place) => {
	expect(isExact(value)).toBe(false);
	const message = `The number in "${place}" is too large to be sent unchanged`;
	const failure = expect.objectContaining({ kind: 'input', message });
	expect(() => refuseInexact({ x: '9007199254740993', a: [{ b: value }] })).toThrow(
		expect.objectContaining({ failure }),
	);
});
