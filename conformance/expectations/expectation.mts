/**
 * What a value may be. `null` fits every kind, because some empty fields are null (appspace-api.md 5.4).
 * `mixed` is a number on some records and text on others (3.2).
 */
export type Kind = 'id' | 'text' | 'number' | 'mixed' | 'flag' | 'time' | 'list' | 'object' | 'any';

export type Fields = Readonly<Record<string, Kind>>;

/**
 * The form of a successful response. `listing` is `{ items, start, limit, size }`, `items` has only
 * `items`, `list` is that or a bare array, `record` is one object; `unknown` is not public (question 12).
 */
export type Form = 'listing' | 'items' | 'list' | 'record' | 'unknown';

export interface Filter {
	/** Query names with values that match no record. */
	none: Readonly<Record<string, string>>;
	/** The effect according to the API notes; `open` if they do not state it. */
	known: 'honored' | 'ignored' | 'open';
}

/** What is known about one endpoint that reads. */
export interface Expectation {
	/** As appspace-api.md 4 writes it. */
	endpoint: string;
	/** The section of appspace-api.md that describes it. */
	section: string;
	form: Form;
	/** Fields that each record has. */
	fields?: Fields;
	/** Fields that some records have. */
	optional?: Fields;
	/** The same, for fields that are left out when empty and are never null (appspace-api.md 3.2). */
	absentIfEmpty?: Fields;
	/** What `size` means on a listing. Default: the total. */
	size?: 'total' | 'page';
	filters?: readonly Filter[];
	/** The status that the endpoint is known to return for any request, on the tenants that were seen. */
	refusedWith?: number;
}

/** A well-formed ID of no record. Not all zeros: that means none, and may count as no filter. */
export const NO_ID = '7f3b2c1e-5a4d-4c6b-8e9f-0d1c2b3a4958';
/** Text that no field contains. */
export const NO_WORD = 'NoSuchValue';
/** Reserved for examples (RFC 2606), so it belongs to nobody. */
export const NO_EMAIL = 'nobody@conformance.invalid';
/** A day without bookings. */
export const LONG_AGO = { startAt: '1990-01-01T00:00:00Z', endAt: '1990-01-02T00:00:00Z' } as const;
