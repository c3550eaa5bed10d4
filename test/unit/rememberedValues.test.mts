import { RememberedValues } from '../../nodes/AppspaceTrigger/watch.ts';

const kept = (values: RememberedValues, count: number) =>
	Array.from({ length: count }, (_, nth) => values.get(String(nth))).filter(
		(value) => value !== undefined,
	).length;
const fill = (values: RememberedValues, count: number, text: string) => {
	for (let nth = 0; nth < count; nth++) values.set(String(nth), text);
};
const MEGABYTE = 1_000_000;

test('values take 32 MB at most in all triggers together, and clearing makes room', () => {
	const [one, other] = [new RememberedValues(), new RememberedValues()];
	fill(one, 20, 'a'.repeat(MEGABYTE));
	fill(other, 20, 'a'.repeat(MEGABYTE));
	expect([kept(one, 20), kept(other, 20)]).toEqual([20, 11]);
	// The same values again, and shorter ones, take no more.
	fill(one, 20, 'a'.repeat(MEGABYTE));
	fill(one, 20, 'a');
	fill(other, 20, 'a'.repeat(MEGABYTE));
	expect([kept(one, 20), kept(other, 20)]).toEqual([20, 20]);
	one.clear();
	other.clear();
	// Two bytes each, because one of them is beyond Latin-1.
	fill(one, 20, `ж${'a'.repeat(MEGABYTE)}`);
	expect(kept(one, 20)).toBe(15);
	one.delete('0');
	one.set('20', 'b');
	expect(one.get('20')).toBe('b');
	one.clear();
});
