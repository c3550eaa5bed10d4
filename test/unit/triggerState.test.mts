import fc from 'fast-check';
import { digestOf, fingerprintOf } from '../../nodes/AppspaceTrigger/digest.ts';
import { decode, encode, hashedKey, type State } from '../../nodes/AppspaceTrigger/state.ts';

const mark = fc.nat(0xffff_ffff);
const header = {
	fingerprint: fc.stringMatching(/^[\w-]{22}$/),
	at: fc.nat(4e12),
	since: fc.nat(4e12),
	told: fc.nat(),
};
const state = (key: fc.Arbitrary<string>, value: fc.Arbitrary<number> = mark) =>
	fc.record({
		...header,
		table: fc.array(fc.tuple(key, value)).map((entries) => new Map(entries)),
	}) as fc.Arbitrary<State>;

describe('a state is read back as it was written', () => {
	test.each([
		['hashes', state(fc.string().map(hashedKey)), true],
		['hashes without marks', state(fc.string().map(hashedKey), fc.constant(0)), true],
		['GUIDs', state(fc.uuid()), false],
		['any IDs', state(fc.string({ unit: 'grapheme', minLength: 1 })), false],
	])('%s', (_name, arbitrary, isHashed) => {
		fc.assert(
			fc.property(arbitrary, (written) => {
				const text = encode(written, isHashed);
				expect(text.split('\n')).toHaveLength(3);
				expect(decode(text)).toEqual(written);
			}),
		);
	});

	test('and damaged text never as something else', () => {
		const written = {
			...{ fingerprint: 'f', at: 1, since: 1, told: 0 },
			table: new Map([['AAAAAAAA', 7]]),
		};
		const text = encode(written, true);
		for (let length = 0; length < text.length; length++) {
			const table = decode(text.slice(0, length))?.table;
			expect([undefined, new Map(), written.table]).toContainEqual(table);
		}
	});

	test('a hundred thousand users take 1.4 MB at most', () => {
		const keys = Array.from({ length: 100_000 }, (_, index) => hashedKey(String(index)));
		const table = new Map(keys.map((key) => [key, digestOf(key)]));
		expect(encode({ fingerprint: 'f', at: 0, since: 0, told: 0, table }, true).length).toBeLessThan(
			1.4e6,
		);
	});
});

describe('a digest', () => {
	const values = fc.dictionary(fc.string(), fc.jsonValue());

	test('is the same whatever the order of names and lists, and however "empty" is spelled', () => {
		expect(digestOf({ a: 1, b: ['x', 'y'], c: null })).toBe(digestOf({ b: ['y', 'x'], a: 1 }));
		expect(digestOf({ a: '' })).toBe(digestOf({ a: undefined }));
		fc.assert(
			fc.property(values, (record) => {
				const turned = Object.fromEntries(Object.entries(record).reverse());
				expect(digestOf(turned)).toBe(digestOf(record));
			}),
		);
	});

	test('differs when a value differs', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
				fc.pre(one !== other);
				expect(fingerprintOf({ name: one })).not.toBe(fingerprintOf({ name: other }));
				expect(fingerprintOf([one, other])).not.toBe(fingerprintOf([`${one}${other}`]));
			}),
		);
	});
});
