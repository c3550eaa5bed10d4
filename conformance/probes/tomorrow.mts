const HOUR = 60 * 60 * 1000;

/** An hour at this time tomorrow. */
export function tomorrow(): { startAt: string; endAt: string } {
	const at = Date.now() + 24 * HOUR;
	return { startAt: new Date(at).toISOString(), endAt: new Date(at + HOUR).toISOString() };
}
