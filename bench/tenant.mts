import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { request } from 'undici';
import type { Arrival } from '../sandbox/load.mts';
import type { Settings } from '../sandbox/settings.mts';

/** An Appspace tenant in a separate process, so that it takes no time from what is measured. */
export interface BenchTenant {
	url: string;
	subjectId: string;
	refreshToken: string;
	/** The token for SCIM. */
	scimToken: string;
	/** IDs of so many users; the same ones again when there are not as many. */
	userIds(count: number): Promise<string[]>;
	/** The e-mail address of the last user in the list. */
	lastUser(): Promise<string>;
	/** @param latency milliseconds before any request is looked at */
	setLatency(latency: number): Promise<void>;
	/** How the tenant behaves, beside its latency. */
	set(change: Partial<Settings>): Promise<void>;
	/** What requests found to be done since the last call; `loggedLoad` has to be set. */
	takeLoad(): Promise<Arrival[]>;
	/** Every access token issued so far is refused from now on. */
	revokeAccessTokens(): Promise<void>;
	/** The tenant is as it was at the beginning: same records, same secrets, no latency. */
	reset(): Promise<void>;
	/** An access token, as the credential gets it. */
	accessToken(): Promise<string>;
	close(): Promise<void>;
}

const HEADERS = { 'content-type': 'application/json' };

/** Starts the sandbox's command line with so many users and waits until it answers. */
export async function startTenant(users: number): Promise<BenchTenant> {
	const size = ['--users', String(users), '--channels', '30', '--seed', '1'];
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.mts', ...size], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const kill = () => void child.kill();
	process.once('exit', kill);
	const url = await addressIn(child.stdout);
	child.stdout.resume();

	const control = async (
		method: 'GET' | 'PATCH' | 'POST' | 'DELETE',
		path: string,
		body?: object,
	) => {
		const answer = await request(`${url}/_sandbox${path}`, {
			method,
			headers: HEADERS,
			body: body && JSON.stringify(body),
		});
		const text = await answer.body.text();
		return (text === '' ? {} : JSON.parse(text)) as Record<string, string>;
	};
	// What is remembered of each request costs time.
	const forgetRequests = async () => {
		await control('PATCH', '/settings', { loggedRequests: 0 });
	};
	await forgetRequests();
	const { subjectId = '', refreshToken = '', scimToken = '' } = await control('GET', '');
	const accessToken = async () => {
		const answer = await request(`${url}/api/v3/authorization/token`, {
			method: 'POST',
			headers: HEADERS,
			body: JSON.stringify({
				subjectType: 'Application',
				grantType: 'refreshToken',
				subjectId,
				refreshToken,
			}),
		});
		return ((await answer.body.json()) as { accessToken: string }).accessToken;
	};

	const list = async (query: string) => {
		const answer = await request(`${url}/api/v3/users?${query}`, {
			headers: { authorization: `Bearer ${await accessToken()}` },
		});
		return (await answer.body.json()) as {
			items: Array<{ id: string; email: string }>;
			size: number;
		};
	};

	return {
		url,
		subjectId,
		refreshToken,
		scimToken,
		userIds: async (count) => {
			const { items } = await list(`limit=${count}`);
			return Array.from({ length: count }, (_, index) => items[index % items.length]?.id ?? '');
		},
		lastUser: async () => {
			const { size } = await list('limit=1');
			return (await list(`limit=1&start=${size - 1}`)).items[0]?.email ?? '';
		},
		setLatency: async (latency) => void (await control('PATCH', '/settings', { latency })),
		set: async (change) => void (await control('PATCH', '/settings', change)),
		takeLoad: async () => {
			const arrivals = (await control('GET', '/load')) as unknown as Arrival[];
			await control('DELETE', '/load');
			return arrivals;
		},
		revokeAccessTokens: async () =>
			void (await control('POST', '/revoke', { what: 'accessTokens' })),
		reset: async () => {
			await control('POST', '/reset', {});
			await forgetRequests();
		},
		accessToken,
		close: async () => {
			process.off('exit', kill);
			if (child.exitCode !== null) return;
			child.kill();
			await once(child, 'exit');
		},
	};
}

async function addressIn(output: Readable): Promise<string> {
	let text = '';
	for await (const piece of output.iterator({ destroyOnReturn: false })) {
		text += String(piece);
		const url = /Base URL\s+(\S+)/.exec(text)?.[1];
		if (url) return url;
	}
	throw new Error('The sandbox ended before it had an address.');
}
