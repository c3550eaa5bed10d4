import fc from 'fast-check';
import {
	fieldName,
	listed,
	ours,
	pageLimit,
	roundTime,
	SafeText,
	safe,
} from '../../conformance/redaction.mts';

describe('what can be put into a report', () => {
	it('are our sentences, numbers, and safe text', () => {
		expect(safe`${3} of ${safe`many`}`.text).toBe('3 of many');
		expect(listed([safe`a`, safe`b`]).text).toBe('a, b');
	});

	it('is no text of anybody else, whatever the types say', () => {
		const anything = fc.anything().filter((one) => !(typeof one === 'number' && isFinite(one)));
		fc.assert(
			fc.property(anything, (value) => {
				expect(() => safe`x ${value as number}`).toThrow(TypeError);
			}),
		);
		expect(() => safe`x ${{ text: 'Zofia' } as SafeText}`).toThrow(TypeError);
	});

	it('are names that the package gave, and no other', () => {
		const known = ['GET users', 'Get Many', 'users', 'cloudGuid', '5.3'];
		expect(known.map((name) => ours(name).text)).toEqual(known);
		// None of the package's names has a question mark.
		const foreign = fc.tuple(fc.string(), fc.string()).map((parts) => parts.join('?'));
		fc.assert(
			fc.property(fc.oneof(foreign, fc.emailAddress(), fc.uuid()), (name) => {
				expect(() => ours(name)).toThrow(TypeError);
			}),
		);
	});
});

describe('the name of a field', () => {
	it.each(['isArchived', 'locationPath', 'createdByUserId', 'timeZone'])('may be %s', (name) => {
		expect(fieldName(name)?.text).toBe(name);
	});

	it.each([
		...['janeDoe', 'JaneDoe', 'zofia', 'isZofia', 'zofia@example.com', 'user name', 'Status'],
		...['8a5c0c7e-91f5-4d7b-a6c3-2f8d1e0b9a77', 'eyJhbGciOiJFUzI1NiJ9', 'user1', '__proto__'],
		...['acme-lobby', '<b>status</b>', 'status\n', '', 'a'.repeat(60), 'constructor'],
	])('is never %j', (name) => {
		expect(fieldName(name)).toBeUndefined();
	});

	it('is made of known words alone', () => {
		fc.assert(
			fc.property(fc.string(), (name) => {
				const shown = fieldName(name);
				if (shown) expect(name).toMatch(/^[a-zA-Z]{1,40}$/);
			}),
		);
	});
});

it('numbers of the tenant are shown where they are limits of pages, times are rounded', () => {
	expect(pageLimit(250).text).toBe('250');
	for (const value of [420601234567, 0, -1, 1.5, 10_001]) {
		expect(pageLimit(value).text).toBe('an unusual number');
	}
	expect([3, 47, 182.4, 1234].map((time) => roundTime(time).text)).toEqual([
		...['less than 10 ms', 'about 50 ms', 'about 180 ms', 'about 1200 ms'],
	]);
});
