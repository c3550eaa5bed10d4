import { RememberedValues } from '../../nodes/AppspaceTrigger/watch.ts';

const kept = (values: RememberedValues, count: number) =>
	Array.from({ length: count }, (_, nth) => values.get(String(nth))).filter(
		(value) => value !== undefined,
	).length;
const fill = (values: RememberedValues, count: number, text: string) => {
	for (let nth = 0; nth < count; nth++) values.set(String(nth), { text });
};
const MEGABYTE = 1_000_000;

test('values take 20 MB at most in all triggers together, and clearing makes room', () => {
	const [one, other] = [new RememberedValues(), new RememberedValues()];
	fill(one, 12, 'a'.repeat(MEGABYTE));
	fill(other, 12, 'a'.repeat(MEGABYTE));
	expect([kept(one, 12), kept(other, 12)]).toEqual([12, 7]);
	// The same values again, and shorter ones, take no more.
	fill(one, 12, 'a'.repeat(MEGABYTE));
	fill(one, 12, 'a');
	fill(other, 12, 'a'.repeat(MEGABYTE));
	expect([kept(one, 12), kept(other, 12)]).toEqual([12, 12]);
	one.clear();
	other.clear();
	// Two bytes each, because one of them is beyond Latin-1.
	fill(one, 20, `ж${'a'.repeat(MEGABYTE)}`);
	expect(kept(one, 20)).toBe(9);
	one.delete('0');
	one.set('20', { text: 'b', more: [1], none: null });
	one.set('0', { other: 'c' });
	expect(one.get('20')).toEqual({ text: 'b', more: [1], none: null });
	expect(one.get('0')).toEqual({ other: 'c' });
	one.clear();
});
