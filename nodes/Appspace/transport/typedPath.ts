import { badInput, type RequestFailed } from './failure';

/** A path that somebody typed, or that a description names. */
export interface TypedPath {
	/** Its parts below `/api/v3/`, decoded; the last is empty where it ends with a slash. */
	segments: string[];
	/** What followed a question mark, decoded. */
	query: Array<[name: string, value: string]>;
}

/** As often as this a part is decoded to see what a server may take it for. */
const MOST_DECODINGS = 5;

/**
 * Takes a path below `/api/v3/` apart; `/api/v3/` itself, or a slash, may stand before it.
 *
 * @throws RequestFailed for everything that leads, or could be taken to lead, out of `/api/v3/`
 */
export function typedPath(text: string): TypedPath {
	const typed = text.trim();
	if (/^[a-z][a-z0-9+.-]*:|^\/\/|^\\/i.test(typed)) {
		throw noPath('is a whole address', 'Leave out the host: requests go to the Base URL only.');
	}
	if (/[\p{Cc}\p{Surrogate}\\#]/u.test(typed)) {
		throw noPath('holds a character that no path has', WHAT_TO_ENTER);
	}
	const [path = '', ...queries] = typed.split('?');
	const below = path.replace(/^\/?(api\/v3(\/|$))?/i, '');
	const segments = below.split('/').map(decoded);
	const isFilled = segments.every((segment, at) => segment !== '' || at === segments.length - 1);
	if (below === '' || !isFilled) throw noPath('has an empty part', WHAT_TO_ENTER);
	return { segments, query: [...new URLSearchParams(queries.join('?'))] };
}

/**
 * A path relative to `/api/v3/`, each part encoded, as `Tenant.request` wants it.
 *
 * @param query is sent in this order; a name may occur several times
 * @throws RequestFailed for a part that is no part of its own (`.`, `..`, spaces alone)
 */
export function sentPath(segments: string[], query: Array<[string, string]> = []): string {
	const path = segments.map((segment) => encodeURIComponent(inPlace(segment))).join('/');
	return query.length === 0 ? path : `${path}?${new URLSearchParams(query).toString()}`;
}

/** A part that means what it says, however often a server decodes it. */
function inPlace(segment: string): string {
	let text = segment;
	for (let times = 0; times < MOST_DECODINGS; times++) {
		if (/[/\\\p{Cc}\p{Surrogate}]/u.test(text) || /^\s*\.{1,2}\s*$/.test(text)) {
			throw noPath('holds dots or a slash that lead elsewhere', WHAT_TO_ENTER);
		}
		if (/^\s+$/.test(text)) throw noPath('has an empty part', WHAT_TO_ENTER);
		const next = withoutEscapes(text);
		if (next === undefined || next === text) break;
		text = next;
	}
	return segment;
}

function decoded(segment: string): string {
	const text = withoutEscapes(segment);
	if (text === undefined) throw noPath('has a percent sign that stands for nothing', WHAT_TO_ENTER);
	return inPlace(text);
}

function withoutEscapes(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

function noPath(what: string, description: string): RequestFailed {
	return badInput(`The path of the request ${what}`, description);
}

const WHAT_TO_ENTER = 'Enter a path below /api/v3/, such as devices or /api/v3/users/me.';
