type Range = Record<'startAt' | 'endAt', string>;

/** What the node asks for to find all that overlaps a range: a day more at both ends. */
export function dayMore({ startAt, endAt }: Range): Range {
	const moved = (at: string, days: number) =>
		new Date(Date.parse(at) + days * 86_400_000).toISOString();
	return { startAt: moved(startAt, -1), endAt: moved(endAt, 1) };
}
