import { isWithin } from '../../../credentials/auth/baseUrl';
import { lineOf } from './untrusted';

/** A service of the tenant, such as `devices`, with the title that the tenant gives it. */
export interface Service {
	name: string;
	title: string;
}

/** Services named in public sources (appspace-api.md 1), for tenants that do not list theirs. */
export const KNOWN_SERVICES = [
	...['authorization', 'channeldirectory', 'channelplaylist', 'contentfeed', 'devices'],
	...['libraries', 'livechannel', 'maps', 'networks', 'reservation', 'signschannel', 'theme'],
	...['userpreference', 'users', 'visitormanagement'],
];

/** An address in the configuration of Swagger UI (`url: "..."`, also within `urls`) or in a link. */
const ADDRESS = /(?:\burl["']?\s*:|\bhref\s*=)\s*(["'])([^"'<>\s]{1,500})\1/gi;
/** How far from an address to look for its name, in characters. */
const AROUND = 500;
/** The most distinct addresses; a page with more is not an index of services. */
const MAX_ADDRESSES = 2_000;

/**
 * The services in the tenant's index of descriptions, each once, in the order of the index. The format of
 * the index is not public (appspace-api.md 3.1), so this reads both the configuration of Swagger UI and
 * plain links.
 *
 * @param origin the tenant; addresses elsewhere are ignored
 * @returns an empty list if the page has more addresses than an index can have
 */
export function servicesIn(page: string, origin: string): Service[] {
	const found = new Map<string, Service>();
	const seen = new Set<string>();
	for (const match of page.matchAll(ADDRESS)) {
		const [whole, , written = ''] = match;
		const address = written.replaceAll('\\/', '/');
		if (seen.has(address)) continue;
		if (seen.add(address).size > MAX_ADDRESSES) return [];
		const name = serviceOf(address, origin);
		if (name === undefined || found.has(name)) continue;
		const behind = page.slice(match.index + whole.length).slice(0, AROUND);
		const before = page.slice(Math.max(0, match.index - AROUND), match.index);
		const title = /^href/i.test(whole) ? linkText(behind) : nameBeside(before, behind);
		found.set(name, { name, title: title || name });
	}
	return [...found.values()];
}

function serviceOf(address: string, origin: string): string | undefined {
	const base = `${origin}/api/v3/docs/`;
	if (!isWithin(origin, address, base)) return undefined;
	const { pathname } = new URL(address, base);
	return /^\/api\/v3\/([\w.~-]{1,100})\/openapi(?:\.json)?\/?$/i.exec(pathname)?.[1];
}

function linkText(behind: string): string {
	return lineOf(/^[^>]*>([^<]*)</.exec(behind)?.[1], 60);
}

/** The `name` in the same pair of braces. */
function nameBeside(before: string, behind: string): string {
	const near = `${before.split(/[{}]/).at(-1) ?? ''} ${behind.split(/[{}]/)[0] ?? ''}`;
	return lineOf(/\bname["']?\s*:\s*["']([^"'<>]*)["']/i.exec(near)?.[1], 60);
}
