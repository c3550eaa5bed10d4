/**
 * What a value may be. `null` fits every kind: some fields without a value are sent so (appspace-api.md 5.4).
 * `mixed` is a number on some records and text on others (3.2).
 */
export type Kind = 'id' | 'text' | 'number' | 'mixed' | 'flag' | 'time' | 'list' | 'object' | 'any';

export type Fields = Readonly<Record<string, Kind>>;

/**
 * The form of a successful answer. `listing` is `{ items, start, limit, size }`, `items` has `items` alone,
 * `list` is that or a bare array, `record` one object; `unknown` is not public (question 12).
 */
export type Form = 'listing' | 'items' | 'list' | 'record' | 'unknown';

export interface Filter {
	/** The names in the query, with values that fit no record. */
	none: Readonly<Record<string, string>>;
	/** What the dossier says comes of it; `open` where it does not say. */
	known: 'honored' | 'ignored' | 'open';
}

/** What is known of one endpoint that reads. */
export interface Expectation {
	/** As appspace-api.md 4 writes it. */
	endpoint: string;
	/** The section of appspace-api.md that tells of it. */
	section: string;
	form: Form;
	/** Fields of each record. */
	fields?: Fields;
	/** Fields that some records have. */
	optional?: Fields;
	/** The same, for those that are left out where they are empty, and never null (appspace-api.md 3.2). */
	absentIfEmpty?: Fields;
	/** What `size` means on a listing, the total unless said. */
	size?: 'total' | 'page';
	filters?: readonly Filter[];
	/** The status that is known to come back whatever is asked, on the tenants that were seen. */
	refusedWith?: number;
}

/** Well-formed, and of no record. Not all zeros: that means none, and may count as no filter. */
export const NO_ID = '7f3b2c1e-5a4d-4c6b-8e9f-0d1c2b3a4958';
/** Text that no field holds. */
export const NO_WORD = 'NoSuchValue';
/** Reserved for examples (RFC 2606), so it is nobody's. */
export const NO_EMAIL = 'nobody@conformance.invalid';
/** A day on which nothing was booked. */
export const LONG_AGO = { startAt: '1990-01-01T00:00:00Z', endAt: '1990-01-02T00:00:00Z' } as const;
