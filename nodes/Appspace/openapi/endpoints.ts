import { isRecord } from '../transport/record';
import { typedPath } from '../transport/typedPath';
import { unusable, type Description } from './document';
import { METHODS, type Method } from './typedEndpoint';
import { Traversal } from './traversal';
import { arrayOf, lineOf, own, type JsonObject } from './untrusted';

/** An endpoint in a description. */
export interface Endpoint {
	method: Method;
	/** The parts of the path below `/api/v3/`, placeholders included: `devices`, `{id}`. */
	segments: string[];
	summary: string;
	isDeprecated: boolean;
	isBeta: boolean;
	/** Its operation object in the description. */
	operation: JsonObject;
	/** The path item of the description, which applies to every method. */
	pathItem: JsonObject;
}

const API = '/api/v3/';
/** The limit for all paths together, enough for 5,000 endpoints. */
const MAX_PARTS = 40_000;
/** In characters. Longer paths are left out. */
const MAX_PATH_LENGTH = 1_000;
/** How many tags of an endpoint to check. */
const MAX_TAGS = 20;

/**
 * The endpoints of a description, in its order. Takes nothing but the path from the description and ignores
 * hosts, schemes, and other addresses. A path outside `/api/v3/` is placed there, below the service.
 *
 * @throws RequestFailed if there are too many
 */
export function endpointsIn(description: Description): Endpoint[] {
	const { root, service } = description;
	const traversal = new Traversal(description, 'it names too many endpoints', MAX_PARTS);
	const base = basePathOf(description);
	const isBetaService = saysBeta(own(own(root, 'info'), 'title'));
	const paths = own(root, 'paths') as JsonObject;
	const known = new Map<JsonObject, Said>();
	const keys = Object.keys(paths);
	traversal.spend(keys.length);
	return keys.flatMap((key) => {
		const pathItem = traversal.resolved(paths[key]);
		const path = pathItem && pathOf(key, base, service);
		if (!pathItem || path === undefined) return [];
		traversal.spend(path.split('/').length);
		const segments = segmentsOf(path);
		if (!segments) return [];
		return METHODS.flatMap((method): Endpoint[] => {
			const operation = own(pathItem, method.toLowerCase());
			if (!isRecord(operation)) return [];
			traversal.spend(1);
			// Once for each operation object: thousands of paths may share one.
			const said = known.get(operation) ?? saidOf(operation);
			known.set(operation, said);
			const isBeta = isBetaService || said.isBeta;
			return [{ ...{ method, segments, operation, pathItem }, ...said, isBeta }];
		});
	});
}

type Said = Pick<Endpoint, 'summary' | 'isDeprecated' | 'isBeta'>;

/** What an operation object says about itself. */
function saidOf(operation: JsonObject): Said {
	const [summary, text] = [own(operation, 'summary'), own(operation, 'description')];
	const marks = [summary, text, ...arrayOf(own(operation, 'tags')).slice(0, MAX_TAGS)];
	return {
		summary: lineOf(summary) || lineOf(text),
		isDeprecated: own(operation, 'deprecated') === true,
		isBeta: marks.some(saysBeta),
	};
}

/** The name of an endpoint as users see and type it: `GET /api/v3/devices/{id}`. */
export function nameOf({ method, segments }: Pick<Endpoint, 'method' | 'segments'>): string {
	return `${method} ${API}${segments.join('/')}`;
}

/**
 * The endpoint that the user wants: the one with the same path, otherwise the first whose placeholders fit.
 */
export function endpointFor(
	endpoints: Endpoint[],
	wanted: Pick<Endpoint, 'method' | 'segments'>,
): Endpoint | undefined {
	// A trailing slash is part of a path, but does not distinguish endpoints.
	const wantedParts = withoutSlash(wanted.segments);
	const alike = endpoints.filter(
		({ method, segments }) =>
			method === wanted.method && withoutSlash(segments).length === wantedParts.length,
	);
	const isSame = (one = '', other = '') => one.toLowerCase() === other.toLowerCase();
	const fits = (segments: string[], exactly: boolean) =>
		withoutSlash(segments).every(
			(segment, at) => isSame(segment, wantedParts[at]) || (!exactly && /\{[^{}]+\}/.test(segment)),
		);
	const isAsLong = ({ segments }: Endpoint) => segments.length === wanted.segments.length;
	const ordered = [...alike.filter(isAsLong), ...alike.filter((one) => !isAsLong(one))];
	return (
		ordered.find(({ segments }) => fits(segments, true)) ??
		ordered.find(({ segments }) => fits(segments, false))
	);
}

/** A path without its trailing slash. */
function withoutSlash(segments: string[]): string[] {
	return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}

function saysBeta(text: unknown): boolean {
	return typeof text === 'string' && /\bbeta\b/i.test(text.slice(0, 1_000));
}

/** The path of the first server, or `basePath` in version 2, without trailing slashes. */
function basePathOf({ root, service }: Description): string {
	const [server] = arrayOf(own(root, 'servers'));
	const address = own(root, 'basePath') ?? own(server, 'url');
	if (typeof address !== 'string' || address.includes('{')) return '';
	try {
		const { pathname } = new URL(address, 'http://tenant.invalid');
		let end = pathname.length;
		while (pathname[end - 1] === '/') end--;
		if (end <= MAX_PATH_LENGTH) return pathname.slice(0, end);
	} catch {
		return '';
	}
	throw unusable(service, 'its base path is too long');
}

/** The full path of an endpoint from its key under `paths`; undefined if the key is not a path. */
function pathOf(key: string, base: string, service: string): string | undefined {
	if (!key.startsWith('/') || key.includes('?') || key.length > MAX_PATH_LENGTH) return undefined;
	const isBelow = (path: string) => path.toLowerCase().startsWith(API);
	const isService = key.split('/')[1]?.toLowerCase() === service.toLowerCase();
	return [key, base + key].find(isBelow) ?? (isService ? key : `/${service}${key}`);
}

function segmentsOf(path: string): string[] | undefined {
	try {
		return typedPath(path).segments;
	} catch {
		// Leave out a path that leads elsewhere.
		return undefined;
	}
}
