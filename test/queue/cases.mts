import type { FaultRule, Sandbox, Settings } from '../../sandbox/server.mts';

export interface Case {
	name: string;
	settings?: Partial<Settings>;
	/** The credential's token when the executions begin. */
	token: 'none' | 'valid' | 'expired' | 'expires on the way';
	/** The state of the token endpoint from the beginning of the executions. */
	faults?: FaultRule[];
	/** What happens after this many calls. */
	event?: { after: number; does: 'revoke' | 'stop a worker' | 'kill a worker' };
	/** How many exchanges each process may need, if it is not at most one. */
	exchanges?: number;
}

const single = { rotation: 'singleUse' } as const;
const slowly = { tokenLatency: 1_500 };
const tokenPath = { path: 'authorization/token' };
const failing: FaultRule[] = [
	{ ...tokenPath, status: 503, times: 1 },
	{ ...tokenPath, reset: 'beforeHeaders', times: 1 },
	{ ...tokenPath, status: 502, body: '<h1>Bad gateway</h1>', times: 1 },
];

/** Everything that can happen to a token while many executions run. */
export const CASES: Case[] = [
	{ name: 'token valid', token: 'valid', exchanges: 0 },
	{ name: 'no token yet', token: 'none' },
	{ name: 'expired before', token: 'expired' },
	{ name: 'expires on the way', token: 'expires on the way' },
	{ name: 'revoked on the way', token: 'valid', event: { after: 30, does: 'revoke' } },
	{ name: 'single use, no token yet', token: 'none', settings: single },
	{ name: 'single use, expired before', token: 'expired', settings: single },
	{ name: 'single use, expires on the way', token: 'expires on the way', settings: single },
	{
		...{ name: 'single use, revoked on the way', token: 'valid', settings: single },
		event: { after: 30, does: 'revoke' },
	},
	{ name: 'endpoint slow', token: 'expired', settings: slowly },
	{ name: 'endpoint slow, single use', token: 'expired', settings: { ...single, ...slowly } },
	{ name: 'endpoint fails', token: 'expired', faults: failing },
	{ name: 'endpoint fails, single use', token: 'expired', faults: failing, settings: single },
	{
		...{ name: 'worker stopped', token: 'expires on the way', settings: single },
		event: { after: 30, does: 'stop a worker' },
	},
	{
		...{ name: 'worker killed', token: 'valid', exchanges: 0 },
		event: { after: 30, does: 'kill a worker' },
	},
	{
		...{ name: 'worker killed, expires', token: 'expires on the way' },
		event: { after: 30, does: 'kill a worker' },
	},
];

/** The exchanges of a tenant since the last clear. */
export function exchangesOf(tenant: Sandbox) {
	return tenant.requests.filter(({ path }) => path === '/api/v3/authorization/token');
}
