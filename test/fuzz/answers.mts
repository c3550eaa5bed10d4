import fc from 'fast-check';
import type { Words } from './words.mts';

/** The response of Appspace, or of something in its place. */
export type Answer =
	| {
			kind: 'answer';
			status: number;
			headers: Record<string, string>;
			body: unknown;
			late: boolean;
	  }
	/** No response, or half of one. */
	| { kind: 'broken'; code: string };

/** Text that programs often mishandle. */
export const AWKWARD = ['', ' ', '.', '..', '__proto__', 'constructor', 'toString', '\ud800', '\0'];

/** Text of any kind, often one that occurs in the tenant. */
export function anyText({ texts }: Words): fc.Arbitrary<string> {
	return fc.oneof(
		{ weight: 4, arbitrary: fc.constantFrom(...texts) },
		{ weight: 1, arbitrary: fc.constantFrom(...AWKWARD) },
		{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
	);
}

/** Includes numbers that JavaScript changes when it reads them from JSON. */
const NUMBER = fc.oneof(
	{ weight: 4, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
	{ weight: 1, arbitrary: fc.constantFrom(2 ** 53, -(2 ** 60), 1e300) },
);

/** Any JSON value, often with names and texts of the tenant. */
export function anyValue(words: Words): fc.Arbitrary<unknown> {
	const { value } = fc.letrec((tie) => ({
		value: fc.oneof(
			{ depthSize: 'small', maxDepth: 4 },
			fc.oneof(anyText(words), fc.integer(), NUMBER, fc.boolean(), fc.constant(null)),
			fc.array(tie('value'), { maxLength: 4 }),
			fc.dictionary(anyName(words), tie('value'), { maxKeys: 4 }),
		),
	}));
	return value;
}

function anyName({ names }: Words): fc.Arbitrary<string> {
	return fc.oneof(
		{ weight: 4, arbitrary: fc.constantFrom(...names, 'items', 'size', 'limit', 'start', 'id') },
		{ weight: 1, arbitrary: fc.constantFrom(...AWKWARD) },
	);
}

/** A record of the tenant with a few wrong fields. */
function nearRecord(words: Words): fc.Arbitrary<unknown> {
	return fc
		.tuple(
			fc.constantFrom(...words.records),
			fc.array(fc.tuple(fc.nat(40), anyValue(words)), { maxLength: 3 }),
		)
		.map(([record, changes]) => {
			const entries = Object.entries(record);
			for (const [index, value] of changes) {
				const entry = entries[index % (entries.length || 1)];
				if (entry) entries[index % entries.length] = [entry[0], value];
			}
			return Object.fromEntries(entries);
		});
}

/** A listing as Appspace returns it, or nearly so. */
function nearEnvelope(words: Words): fc.Arbitrary<unknown> {
	const entry = fc.oneof(
		{ weight: 6, arbitrary: nearRecord(words) },
		{ weight: 1, arbitrary: anyValue(words) },
	);
	const items = fc.oneof(
		{ weight: 8, arbitrary: fc.array(entry, { maxLength: 5 }) },
		{ weight: 1, arbitrary: anyValue(words) },
	);
	const number = fc.oneof(
		{ weight: 6, arbitrary: fc.nat(12) },
		{ weight: 1, arbitrary: fc.constantFrom('7', 'many', -1, 0.5, 1e15, null) },
	);
	const envelope = fc.record(
		{ items, start: number, limit: number, size: number },
		{ requiredKeys: ['items'] },
	);
	// RFC 7644 3.4.2; names are case-insensitive.
	const ofScim = fc.record(
		{ Resources: items, totalResults: number, itemsPerPage: number, startIndex: number },
		{ requiredKeys: [] },
	);
	return fc.oneof(
		{ weight: 4, arbitrary: envelope },
		{ weight: 3, arbitrary: ofScim },
		{ weight: 1, arbitrary: ofScim.map(inLowerCase) },
		{ weight: 1, arbitrary: items },
		{ weight: 1, arbitrary: nearConfig(words) },
	);
}

/** What a SCIM service says it can do, or nearly so (RFC 7643 5). */
function nearConfig(words: Words): fc.Arbitrary<unknown> {
	const supported = fc.oneof(fc.boolean(), fc.constantFrom('true', 'False', null), anyValue(words));
	const feature = fc.oneof(fc.record({ supported }), anyValue(words));
	return fc.record({ patch: feature, filter: feature, etag: feature }, { requiredKeys: [] });
}

function inLowerCase(record: object): object {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [name.toLowerCase(), value as unknown]),
	);
}

const FAILURES = [400, 401, 403, 404, 409, 412, 422, 500, 501];
/** Reads are retried after these. */
const PASSING = [408, 425, 429, 502, 503, 504];
const CODES = ['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'ERR_BAD_RESPONSE', 'CERT_HAS_EXPIRED'];

/**
 * Any response, more often than not a success that is nearly the expected one.
 * @param waits whether to include responses that make the client wait before it retries
 */
export function anyAnswer(words: Words, waits = true): fc.Arbitrary<Answer> {
	const body = fc.oneof(
		{ weight: 6, arbitrary: nearEnvelope(words) },
		{ weight: 4, arbitrary: nearRecord(words) },
		{ weight: 3, arbitrary: anyValue(words) },
		{ weight: 1, arbitrary: fc.constantFrom('', '<p>Please sign in', '{"items":[', undefined) },
	);
	const refusal = fc.oneof(
		fc.record({ message: anyText(words), title: anyText(words) }, { requiredKeys: [] }),
		fc.record(
			{
				detail: anyText(words),
				scimType: fc.oneof(
					fc.constantFrom('uniqueness', 'invalidFilter', 'noTarget', 'mutability', 'tooMany'),
					anyText(words),
				),
				status: fc.constantFrom('400', '409', 412),
			},
			{ requiredKeys: [] },
		),
		body,
	);
	const answer = (status: fc.Arbitrary<number>, of: fc.Arbitrary<unknown>, head = noHeaders) =>
		fc.record({
			kind: fc.constant('answer' as const),
			status,
			headers: head,
			body: of,
			late: fc.boolean(),
		});
	const redirect = answer(fc.constantFrom(301, 302, 307), body, headersOf('location', words));
	const passing = answer(fc.constantFrom(...PASSING), refusal, headersOf('retry-after', words));
	const broken = fc.record({
		kind: fc.constant('broken' as const),
		code: fc.constantFrom(...CODES),
	});
	return fc.oneof(
		{ weight: 24, arbitrary: answer(fc.constantFrom(200, 201, 204), body) },
		{ weight: 3, arbitrary: answer(fc.constantFrom(...FAILURES), refusal) },
		{ weight: 1, arbitrary: redirect },
		...(waits
			? [
					{ weight: 2, arbitrary: passing },
					{ weight: 1, arbitrary: broken },
				]
			: []),
	);
}

const noHeaders = fc.constant<Record<string, string>>({});

function headersOf(name: string, words: Words): fc.Arbitrary<Record<string, string>> {
	const value = fc.oneof(
		fc.constantFrom('0', '1', '86400', 'soon', '/api/v3/users', '//elsewhere.example', 'http://['),
		anyText(words),
	);
	return fc.oneof(
		noHeaders,
		value.map((text) => ({ [name]: text })),
	);
}
