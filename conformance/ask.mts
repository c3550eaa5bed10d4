import type { Answer } from './exchange.mts';
import type { Gateway } from './gateway.mts';
import { WriteRefused } from './guard.mts';
import type { Sender } from './sender.mts';

/** Which access token the check sends with its own requests. */
export type Access = 'held' | 'none' | 'wrong';

export interface Question {
	/** Below `/api/v3/`, or from the root if it begins with a slash; already encoded. */
	path: string;
	query?: Readonly<Record<string, string | number>>;
	method?: 'GET' | 'POST';
	body?: object;
	access?: Access;
}

/** The check's own requests to the tenant, in addition to those of the node. */
export type Ask = (question: Question) => Promise<Answer>;

/** Statuses after which the check repeats a question once. */
const PASSING = [429, 502, 503, 504];
/** A token that no tenant issued. */
const WRONG = 'Bearer conformance.check.invalid';

/**
 * Sends a request with the authorization that worked for the node. If the token has expired meanwhile,
 * `renew` makes the node fetch another. A broken connection counts as a response with status 0.
 */
export function asker(sender: Sender, gateway: Gateway, renew: () => Promise<void>): Ask {
	return async (question) => {
		const first = await send(sender, gateway, question);
		if (PASSING.includes(first.status)) return await send(sender, gateway, question);
		const isHeld = (question.access ?? 'held') === 'held';
		// Both may mean that the token has expired (appspace-api.md 1).
		if (!isHeld || ![401, 403].includes(first.status)) return first;
		const before = gateway.carried()?.authorization;
		await renew();
		if (gateway.carried()?.authorization === before) return first;
		return await send(sender, gateway, question);
	};
}

async function send(sender: Sender, gateway: Gateway, question: Question): Promise<Answer> {
	const { path, query = {}, method = 'GET', body, access = 'held' } = question;
	const search = new URLSearchParams(
		Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
	);
	const authorizations: Record<Access, Record<string, string>> = {
		held: gateway.carried() ?? {},
		none: {},
		wrong: { authorization: WRONG },
	};
	const root = path.startsWith('/') ? '' : '/api/v3/';
	const target = `${root}${path}${search.size > 0 ? `?${search}` : ''}`;
	try {
		const { exchange } = await sender.send({
			...{ by: 'check' as const, method, target },
			headers: {
				...authorizations[access],
				accept: 'application/json',
				...(body && { 'content-type': 'application/json' }),
			},
			...(body && { body: Buffer.from(JSON.stringify(body)) }),
		});
		return exchange;
	} catch (error) {
		if (error instanceof WriteRefused) throw error;
		return { status: 0, form: 'empty', body: undefined };
	}
}
