import type { Random } from '../../sandbox/data/random.mts';
import type { FaultRule } from '../../sandbox/server.mts';

/** One way in which a request fails. */
export interface Fault {
	name: string;
	rule: () => FaultRule;
	/** The service still carries out the request. */
	carriedOut?: boolean;
	/** The response arrives and is correct, but slow or oddly labeled. */
	harmless?: boolean;
	/** A read has to be sent again. */
	repeatsRead?: boolean;
	/** A write may be sent again, because it cannot have been carried out. */
	repeatsWrite?: boolean;
	/** A valid response, but not the expected one. If any response is right, nobody can tell. */
	plausible?: boolean;
}

const status =
	(code: number, more: Partial<FaultRule> = {}) =>
	() => ({ status: code, ...more });
const retryAfter = (value: string) => ({ headers: { 'Retry-After': value } });
const both = { repeatsRead: true, repeatsWrite: true };
const read = { repeatsRead: true };
const inASecond = () => new Date(Date.now() + 1_000).toUTCString();

export const FAULTS: Fault[] = [
	{ name: 'reset before headers', rule: () => ({ reset: 'beforeHeaders' }), ...read },
	{
		...{ name: 'reset after headers', carriedOut: true, ...read },
		rule: () => ({ reset: 'afterHeaders' }),
	},
	{
		...{ name: 'reset after handling', carriedOut: true, ...read },
		rule: () => ({ reset: 'afterHandling' }),
	},
	{ name: 'half a body', rule: () => ({ truncate: true }), carriedOut: true, ...read },
	{ name: '408', rule: status(408), ...read },
	{ name: '425', rule: status(425), ...read },
	{ name: '502 HTML', rule: status(502, { body: '<h1>Bad gateway</h1>' }), ...read },
	{ name: '503', rule: status(503), ...read },
	{ name: '504', rule: status(504), ...read },
	{ name: '429', rule: status(429), ...both },
	{ name: '429, Retry-After 0', rule: status(429, retryAfter('0')), ...both },
	{ name: '429, Retry-After 1', rule: status(429, retryAfter('1')), ...both },
	{ name: '429, Retry-After date', rule: () => status(429, retryAfter(inASecond()))(), ...both },
	{ name: '429, Retry-After nonsense', rule: status(429, retryAfter('soon')), ...both },
	{ name: '503, Retry-After 1', rule: status(503, retryAfter('1')), ...both },
	{ name: '401', rule: status(401), ...both },
	// Final for everyone, except that a fresh token may fix a 403.
	{ name: '429, Retry-After a day', rule: status(429, retryAfter('86400')) },
	{ name: '500', rule: status(500) },
	{ name: '403', rule: status(403), repeatsWrite: true },
	{ name: 'HTML with 200', rule: status(200, { body: '<p>Please sign in</p>' }), plausible: true },
	{ name: 'nothing with 200', rule: status(200, { body: '' }), plausible: true },
	{ name: 'truncated JSON', rule: status(200, { body: '{"items":[{"id":"1' }), plausible: true },
	{ name: 'redirect elsewhere', rule: () => ({ redirect: 'http://127.0.0.1:9/' }) },
	// Harmless in the end.
	{ name: 'slow', rule: () => ({ delay: 40 }), carriedOut: true, harmless: true },
	{
		...{ name: 'odd content type', carriedOut: true, harmless: true, plausible: true },
		rule: () => ({ headers: { 'Content-Type': 'image/png' } }),
	},
];

/** The content type decides how the body counts: as a file if it is a picture's, otherwise as JSON. */
const MAY_BE_A_FILE = /\/screencapture$/;

/** The faults of the requests of one execution, drawn before they are sent, so that each is known. */
export class Plan {
	private readonly lines = new Map<string, Array<Fault | undefined>>();

	/** @param share of requests that meet a fault */
	constructor(
		private readonly random: Random,
		private readonly share: number,
	) {}

	/**
	 * Draws for the first `length` requests with this method and path, and returns the rules for the
	 * sandbox.
	 */
	draw(method: string, path: string, length: number): FaultRule[] {
		const key = `${method} ${path}`;
		if (this.lines.has(key)) return [];
		const isFile = !/^\/(api|identity)\//.test(path) || MAY_BE_A_FILE.test(path);
		const possible = FAULTS.filter(({ plausible }) => !(isFile && plausible));
		const line = Array.from({ length }, () =>
			this.random.chance(this.share) ? this.random.pick(possible) : undefined,
		);
		this.lines.set(key, line);
		// A rule only sees the requests that no earlier rule hit.
		let unharmed = 0;
		return line.flatMap((fault) => {
			if (!fault) unharmed++;
			return fault ? [{ ...fault.rule(), method, path, after: unharmed, times: 1 }] : [];
		});
	}

	/** The fault that hit the `nth` request, from 0, with this method and path. */
	of(method: string, path: string, nth: number): Fault | undefined {
		return this.lines.get(`${method} ${path}`)?.[nth];
	}
}
