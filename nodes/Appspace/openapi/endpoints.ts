import { isRecord } from '../transport/record';
import { typedPath } from '../transport/typedPath';
import { resolved, type Description } from './document';
import { METHODS, type Method } from './typedEndpoint';
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
	/** Parameters that all methods of its path share. */
	shared: unknown[];
}

const API = '/api/v3/';

/**
 * The endpoints of a description, in its order. Only where a path of the tenant lies is taken from it:
 * hosts, schemes and other addresses count for nothing, and what does not lie below `/api/v3/` is put
 * there, below the service.
 */
export function endpointsIn({ root, service }: Description): Endpoint[] {
	const base = basePathOf(root);
	const isBetaService = isBeta(own(own(root, 'info'), 'title'));
	return Object.entries(own(root, 'paths') as JsonObject).flatMap(([key, value]) => {
		const item = resolved(root, value);
		const segments = item && segmentsOf(key, base, service);
		if (!item || !segments) return [];
		return METHODS.flatMap((method): Endpoint[] => {
			const operation = own(item, method.toLowerCase());
			if (!isRecord(operation)) return [];
			const marks = [own(operation, 'summary'), own(operation, 'description')];
			return [
				{
					...{ method, segments, operation, shared: arrayOf(own(item, 'parameters')) },
					summary: lineOf(own(operation, 'summary')) || lineOf(own(operation, 'description')),
					isDeprecated: own(operation, 'deprecated') === true,
					isBeta: isBetaService || [...marks, ...arrayOf(own(operation, 'tags'))].some(isBeta),
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

/** The path of the first server, or of version 2's `basePath`. */
function basePathOf(root: JsonObject): string {
	const [server] = arrayOf(own(root, 'servers'));
	const address = own(root, 'basePath') ?? own(server, 'url');
	if (typeof address !== 'string' || address.includes('{')) return '';
	try {
		return new URL(address, 'http://tenant.invalid').pathname.replace(/\/+$/, '');
	} catch {
		return '';
	}
}

function segmentsOf(key: string, base: string, service: string): string[] | undefined {
	if (!key.startsWith('/') || key.includes('?')) return undefined;
	const isBelow = (path: string) => path.toLowerCase().startsWith(API);
	const isService = key.split('/')[1]?.toLowerCase() === service.toLowerCase();
	const path = [key, base + key].find(isBelow) ?? (isService ? key : `/${service}${key}`);
	try {
		return typedPath(path).segments;
	} catch {
		// A path that leads elsewhere is not offered.
		return undefined;
	}
}
