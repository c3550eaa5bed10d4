import { badInput, type RequestFailed } from './failure';

/** A path that the user typed or a description names. */
export interface TypedPath {
	/** Its decoded parts below `/api/v3/`. The last one is empty if the path ends with a slash. */
	segments: string[];
	/** The decoded query. */
	query: Array<[name: string, value: string]>;
}

/** How often to decode a part to see how a server might read it. */
const MAX_DECODINGS = 5;

/**
 * Parses a path below `/api/v3/`, which may start with `/api/v3/` or a slash.
 *
 * @throws RequestFailed for anything that leads, or could be read as leading, out of `/api/v3/`
 */
export function typedPath(text: string): TypedPath {
	const typed = text.trim();
	if (/^[a-z][a-z0-9+.-]*:|^\/\/|^\\/i.test(typed)) {
		throw invalidPath('is a complete URL', 'Leave out the host: requests go to the Base URL only.');
	}
	if (/[\p{Cc}\p{Surrogate}\\#]/u.test(typed)) {
		throw invalidPath('contains an invalid character', WHAT_TO_ENTER);
	}
	const [path = '', ...queries] = typed.split('?');
	const below = path.replace(/^\/?(api\/v3(\/|$))?/i, '');
	const segments = below.split('/').map(decoded);
	const isFilled = segments.every((segment, at) => segment !== '' || at === segments.length - 1);
	if (below === '' || !isFilled) throw invalidPath('has an empty part', WHAT_TO_ENTER);
	return { segments, query: [...new URLSearchParams(queries.join('?'))] };
}

/**
 * Builds a path relative to `/api/v3/` with each part encoded, for `Tenant.request`.
 *
 * @param query sent in this order; a name may occur several times
 * @throws RequestFailed for a part that cannot be a segment (`.`, `..`, only spaces)
 */
export function sentPath(segments: string[], query: Array<[string, string]> = []): string {
	const path = segments.map((segment) => encodeURIComponent(inPlace(segment))).join('/');
	return query.length === 0 ? path : `${path}?${new URLSearchParams(query).toString()}`;
}

/** Returns a part only if it stays in place however often a server decodes it. */
function inPlace(segment: string): string {
	let text = segment;
	for (let times = 0; times < MAX_DECODINGS; times++) {
		if (/[/\\\p{Cc}\p{Surrogate}]/u.test(text) || /^\s*\.{1,2}\s*$/.test(text)) {
			throw invalidPath('contains dots or a slash that lead outside /api/v3/', WHAT_TO_ENTER);
		}
		if (/^\s+$/.test(text)) throw invalidPath('has an empty part', WHAT_TO_ENTER);
		const next = withoutEscapes(text);
		if (next === undefined || next === text) break;
		text = next;
	}
	return segment;
}

function decoded(segment: string): string {
	const text = withoutEscapes(segment);
	if (text === undefined) throw invalidPath('has an invalid percent escape', WHAT_TO_ENTER);
	return inPlace(text);
}

function withoutEscapes(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

function invalidPath(what: string, description: string): RequestFailed {
	return badInput(`The path of the request ${what}`, description);
}

const WHAT_TO_ENTER = 'Enter a path below /api/v3/, such as devices or /api/v3/users/me.';
