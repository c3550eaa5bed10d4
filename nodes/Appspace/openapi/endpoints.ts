import { isRecord } from '../transport/record';
import { typedPath } from '../transport/typedPath';
import { unusable, type Description } from './document';
import { METHODS, type Method } from './typedEndpoint';
import { Traversal } from './traversal';
import { arrayOf, lineOf, own, type JsonObject } from './untrusted';

/** One endpoint that a description names. */
export interface Endpoint {
	method: Method;
	/** Parts below `/api/v3/`, with placeholders as they are: `devices`, `{id}`. */
	segments: string[];
	summary: string;
	isDeprecated: boolean;
	isBeta: boolean;
	/** What the description says of it. */
	operation: JsonObject;
	/** What the description says of its path, whatever the method. */
	pathItem: JsonObject;
}

const API = '/api/v3/';
/** Of all paths together: enough for 5,000 endpoints. */
const MOST_PARTS = 40_000;
/** In characters; no longer path is offered. */
const LONGEST_PATH = 1_000;
/** So many tags of an endpoint are looked at. */
const MOST_TAGS = 20;

/**
 * The endpoints of a description, in its order. Only where a path of the tenant lies is taken from it:
 * hosts, schemes and other addresses count for nothing, and what does not lie below `/api/v3/` is put
 * there, below the service.
 *
 * @throws RequestFailed where there are more than can be gone through
 */
export function endpointsIn(description: Description): Endpoint[] {
	const { root, service } = description;
	const traversal = new Traversal(description, 'it names too many endpoints', MOST_PARTS);
	const base = basePathOf(description);
	const isBetaService = isBeta(own(own(root, 'info'), 'title'));
	const paths = own(root, 'paths') as JsonObject;
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
			const [summary, text] = [own(operation, 'summary'), own(operation, 'description')];
			const marks = [summary, text, ...arrayOf(own(operation, 'tags')).slice(0, MOST_TAGS)];
			return [
				{
					...{ method, segments, operation, pathItem },
					summary: lineOf(summary) || lineOf(text),
					isDeprecated: own(operation, 'deprecated') === true,
					isBeta: isBetaService || marks.some(isBeta),
				},
			];
		});
	});
}

/** `GET /api/v3/devices/{id}`, as users see and type it. */
export function nameOf({ method, segments }: Pick<Endpoint, 'method' | 'segments'>): string {
	return `${method} ${API}${segments.join('/')}`;
}

/** The endpoint that is meant: the very same path, else the first whose placeholders fit. */
export function endpointFor(
	endpoints: Endpoint[],
	wanted: Pick<Endpoint, 'method' | 'segments'>,
): Endpoint | undefined {
	// A slash at the end is part of a path, but not what tells two endpoints apart.
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

/** A path apart from the slash at its end. */
function withoutSlash(segments: string[]): string[] {
	return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}

function isBeta(text: unknown): boolean {
	return typeof text === 'string' && /\bbeta\b/i.test(text.slice(0, 1_000));
}

/** The path of the first server, or of version 2's `basePath`, without slashes at its end. */
function basePathOf({ root, service }: Description): string {
	const [server] = arrayOf(own(root, 'servers'));
	const address = own(root, 'basePath') ?? own(server, 'url');
	if (typeof address !== 'string' || address.includes('{')) return '';
	try {
		const { pathname } = new URL(address, 'http://tenant.invalid');
		let end = pathname.length;
		while (pathname[end - 1] === '/') end--;
		if (end <= LONGEST_PATH) return pathname.slice(0, end);
	} catch {
		return '';
	}
	throw unusable(service, 'its base path is too long');
}

/** Where an endpoint lies, by the name that the description gives its path; undefined where it is none. */
function pathOf(key: string, base: string, service: string): string | undefined {
	if (!key.startsWith('/') || key.includes('?') || key.length > LONGEST_PATH) return undefined;
	const isBelow = (path: string) => path.toLowerCase().startsWith(API);
	const isService = key.split('/')[1]?.toLowerCase() === service.toLowerCase();
	return [key, base + key].find(isBelow) ?? (isService ? key : `/${service}${key}`);
}

function segmentsOf(path: string): string[] | undefined {
	try {
		return typedPath(path).segments;
	} catch {
		// A path that leads elsewhere is not offered.
		return undefined;
	}
}
