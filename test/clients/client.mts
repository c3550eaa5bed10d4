import type { Sandbox } from '../../sandbox/server.mts';
import { call, type Reply } from '../sandbox/tenantClient.mts';

/**
 * A public client of Appspace that runs against the real service, as facts: what it sends, which parts of
 * the responses it uses, and which forms it needs. Only its credentials differ: an access token replaces
 * console sessions (appspace-api.md 2.2).
 */
export interface Client {
	/** Its tag in docs/evidence.md. */
	source: string;
	repository: string;
	/** What it does, under the names that docs/evidence.md lists. Each throws if a response does not fit. */
	operations: Record<string, (session: Session) => Promise<void>>;
}

/** A client running against a tenant. */
export interface Session {
	sandbox: Sandbox;
	/** A request as the client writes it: `path` starts after the host. The status has to match. */
	send(method: string, path: string, status?: number, body?: unknown): Promise<Reply>;
}

export function sessionOn(sandbox: Sandbox, token: string): Session {
	return {
		sandbox,
		send: async (method, path, status = 200, body) => {
			const reply = await call(sandbox, method, path, { token, body });
			expect([method, path, reply.status, reply.status === status ? '' : reply.text]).toEqual([
				...[method, path, status, ''],
			]);
			return reply;
		},
	};
}

type Kind = 'text' | 'number' | 'flag' | 'list' | 'object' | 'textOrNumber';

/** Fields that a client reads. One with a question mark may be absent; one with two may also be null. */
export type Fields = Record<string, Kind | `${Kind}?` | `${Kind}??`>;

/** Throws unless there are records and each has the fields in the forms that the client needs. */
export function expectFields(records: unknown, fields: Fields): void {
	expect(records).toEqual(expect.any(Array));
	expect(records).not.toHaveLength(0);
	const misfits = (records as Array<Record<string, unknown>>).flatMap((record) =>
		Object.entries(fields)
			.filter(([name, kind]) => !fits(record[name], kind))
			.map(([name, kind]) => `${name}: ${JSON.stringify(record[name])} is not ${kind}`),
	);
	expect([...new Set(misfits)]).toEqual([]);
}

function fits(value: unknown, wanted: string): boolean {
	if (value === undefined) return wanted.endsWith('?');
	if (value === null) return wanted.endsWith('??');
	const kinds: Record<string, boolean> = {
		text: typeof value === 'string',
		number: typeof value === 'number',
		textOrNumber: typeof value === 'string' || typeof value === 'number',
		flag: typeof value === 'boolean',
		list: Array.isArray(value),
		object: typeof value === 'object' && !Array.isArray(value),
	};
	return kinds[wanted.replaceAll('?', '')] === true;
}

/** A time that a client writes or reads, this many hours from now, rounded to the second. */
export function secondsFromNow(hours: number): string {
	return new Date(Math.floor(Date.now() / 1000 + hours * 3600) * 1000).toISOString();
}
