import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { openControl } from './control.mts';
import type { FaultRule } from './faults.mts';
import { addRoutes } from './addRoutes.mts';
import type { Arrival } from './load.mts';
import type { RecordedRequest, RequestFilter } from './recording.mts';
import { SCIM_PATH } from './scim/surface.mts';
import { changedSettings } from './settingRules.mts';
import type { Settings } from './settings.mts';
import { State } from './state.mts';
import type { Tenant } from './tenant.mts';

export type { FaultRule, RecordedRequest, RequestFilter, Settings, Tenant };

export interface SandboxOptions {
	/** A free one unless told. */
	port?: number;
	/** 60 unless told; at least one, the service user. */
	users?: number;
	/** 24 unless told. */
	channels?: number;
	/** 30 unless told. */
	devices?: number;
	/** The same seed gives the same tenant; a random one unless told. */
	seed?: number;
	settings?: Partial<Settings>;
}

/** A running tenant. Its secrets are made at each start. */
export interface Sandbox {
	/** Without a slash at the end, on 127.0.0.1. */
	readonly url: string;
	readonly seed: number;
	readonly subjectId: string;
	/** The newest one, which the tenant considers current. */
	readonly refreshToken: string;
	readonly apiKey: string;
	/** Where SCIM is: `url` and its path. */
	readonly scimUrl: string;
	/** The token for SCIM alone. */
	readonly scimToken: string;
	/** What is there now, requests' changes included. */
	readonly tenant: Tenant;
	readonly settings: Readonly<Settings>;
	/** Throws an Error that names the setting when one is not valid. */
	set(change: Partial<Settings>): void;
	/** Adds a rule. Rules are tried in the order they were added, and are used up by `times`. */
	fault(rule: FaultRule): void;
	clearFaults(): void;
	/** Every access token issued so far is refused from now on. */
	revokeAccessTokens(): void;
	/** Every refresh token is refused from now on; access tokens live on. */
	revokeRefreshToken(): void;
	revokeApiKey(): void;
	/** As when an administrator makes a new one: the old ones are refused. Returns the new one. */
	issueRefreshToken(): string;
	/** In order of arrival, since the start or the last clear. */
	readonly requests: RecordedRequest[];
	clearRequests(): void;
	/** What each request found to be done, as far back as `loggedLoad` says. */
	readonly load: readonly Arrival[];
	/** How many of the recorded requests fit; a text for `path` is the whole path. */
	count(filter: RequestFilter): number;
	/** As at the start: same tenant, same secrets, same settings, nothing recorded, no faults. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts a tenant on 127.0.0.1. Throws when the port is taken or a setting is not valid. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, users = 60, channels = 24, devices = 30, seed = randomInt(2 ** 31) } = options;
	const size = { users: Math.max(1, users), channels, devices };
	const state = await State.create(seed, size, options.settings ?? {});

	const app = newServer(() => state.settings);
	let url = '';
	const origin = () => url;
	openControl(app, state, origin);
	await app.register(async (api) => addRoutes(api, state, origin));
	await app.ready();
	await app.listen({ port, host: '127.0.0.1' });
	url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
	state.fill(url);

	return {
		url,
		seed,
		get subjectId() {
			return state.authorization.subjectId;
		},
		get refreshToken() {
			return state.authorization.refreshToken;
		},
		get apiKey() {
			return state.authorization.apiKey;
		},
		scimUrl: url + SCIM_PATH,
		scimToken: state.scimToken,
		get tenant() {
			return state.tenant;
		},
		get settings() {
			return state.settings;
		},
		set: (change) => {
			state.settings = changedSettings(state.settings, change);
		},
		fault: (rule) => state.faults.add(rule),
		clearFaults: () => state.faults.clear(),
		revokeAccessTokens: () => state.authorization.revokeAccessTokens(),
		revokeRefreshToken: () => state.authorization.revokeRefreshTokens(),
		revokeApiKey: () => state.authorization.revokeApiKey(),
		issueRefreshToken: () => state.authorization.issueRefreshToken(),
		requests: state.recording.requests,
		clearRequests: () => state.recording.clear(),
		get load() {
			return state.load.arrivals;
		},
		count: (filter) => state.recording.count(filter),
		reset: () => state.fill(url),
		close: () => app.close(),
	};
}

/** A server that takes any body: JSON is parsed, what cannot be parsed is left to the handlers as text. */
function newServer(settings: () => Settings): FastifyInstance {
	const app = fastify({
		rewriteUrl: ({ url = '/' }) =>
			settings().repeatedSlashes === 'accepted' ? withoutRepeatedSlashes(url) : url,
		forceCloseConnections: true,
		bodyLimit: 16 * 1024 * 1024,
		exposeHeadRoutes: false,
		routerOptions: { caseSensitive: false, ignoreTrailingSlash: true },
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (request, text, done) => {
		done(null, parsed(String(text), request.headers['content-type']));
	});
	return app;
}

/** After the host and after `/api/v3/` slashes may be repeated (appspace-api.md 3.1). */
function withoutRepeatedSlashes(url: string): string {
	return url.replace(/^\/+/, '/').replace(/^(\/api\/v3\/)\/+/i, '$1');
}

function parsed(text: string, contentType = ''): unknown {
	if (text === '') return undefined;
	if (!contentType.includes('json')) return text;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
