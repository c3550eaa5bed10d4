import type { FastifyInstance } from 'fastify';
import type { FaultRule } from './faults.mts';
import { isObject } from './routes/bodies.mts';
import { SCIM_PATH } from './scim/surface.mts';
import { changedSettings } from './settingRules.mts';
import type { PathPattern, Settings } from './settings.mts';
import type { State } from './state.mts';

const REVOCABLE = ['accessTokens', 'refreshToken', 'apiKey'] as const;

/**
 * The sandbox's controls over HTTP, under `/_sandbox`. They need no credentials, because the server
 * listens on loopback only, and they are not recorded. Paths given as text are regular expressions here.
 */
export function openControl(app: FastifyInstance, state: State, origin: () => string): void {
	app.get('/_sandbox', () => ({
		baseUrl: origin(),
		seed: state.seed,
		subjectId: state.authorization.subjectId,
		refreshToken: state.authorization.refreshToken,
		apiKey: state.authorization.apiKey,
		scimUrl: origin() + SCIM_PATH,
		scimToken: state.scimToken,
		settings: readable(state.settings),
	}));

	app.get('/_sandbox/settings', () => readable(state.settings));
	app.patch('/_sandbox/settings', (request) => {
		const change = settingsFrom(asObject(request.body, 'The settings'));
		state.settings = orBadRequest(() => changedSettings(state.settings, change));
		return readable(state.settings);
	});

	app.get('/_sandbox/faults', () => readable(state.faults.remaining()));
	app.post('/_sandbox/faults', (request, reply) => {
		state.faults.add(faultFrom(asObject(request.body, 'A fault')));
		void reply.code(201);
		return readable(state.faults.remaining());
	});
	app.delete('/_sandbox/faults', (_request, reply) => {
		state.faults.clear();
		void reply.code(204).send();
	});

	app.get('/_sandbox/requests', () => state.recording.requests);
	app.delete('/_sandbox/requests', (_request, reply) => {
		state.recording.clear();
		void reply.code(204).send();
	});

	app.get('/_sandbox/load', () => state.load.arrivals);
	app.delete('/_sandbox/load', (_request, reply) => {
		state.load.arrivals.length = 0;
		void reply.code(204).send();
	});

	app.post('/_sandbox/revoke', (request) => {
		const { what } = asObject(request.body, 'A revocation') as {
			what?: (typeof REVOCABLE)[number];
		};
		const revoke = {
			accessTokens: () => state.authorization.revokeAccessTokens(),
			refreshToken: () => state.authorization.revokeRefreshTokens(),
			apiKey: () => state.authorization.revokeApiKey(),
		};
		if (!what || !REVOCABLE.includes(what)) {
			throw badRequest(`"what" must be one of ${REVOCABLE.join(', ')}.`);
		}
		revoke[what]();
		return { revoked: what };
	});

	app.post('/_sandbox/reset', () => {
		state.fill(origin());
		return { reset: true };
	});
}

/** JSON for a value that may contain regular expressions. */
function readable(value: unknown): unknown {
	return JSON.parse(
		JSON.stringify(value, (_key, part: unknown) => {
			// Keeps slashes as they were sent; a regular expression's `source` escapes them.
			if (part instanceof RegExp) return part.source.replaceAll('\\/', '/');
			return part === Infinity ? 'always' : part;
		}),
	);
}

function settingsFrom(change: Record<string, unknown>): Partial<Settings> {
	const { forbiddenPaths } = change;
	if (!Array.isArray(forbiddenPaths)) return change;
	return { ...change, forbiddenPaths: forbiddenPaths.map(patternFrom) };
}

function faultFrom(rule: Record<string, unknown>): FaultRule {
	return rule.path === undefined ? rule : { ...rule, path: patternFrom(rule.path) };
}

function patternFrom(source: unknown): PathPattern {
	if (typeof source !== 'string') throw badRequest('A path must be text.');
	return orBadRequest(() => new RegExp(source, 'i'));
}

function asObject(body: unknown, what: string): Record<string, unknown> {
	if (isObject(body)) return body;
	throw badRequest(`${what} must be sent as a JSON object.`);
}

function orBadRequest<T>(make: () => T): T {
	try {
		return make();
	} catch (error) {
		throw badRequest(error instanceof Error ? error.message : String(error));
	}
}

function badRequest(message: string): Error {
	return Object.assign(new Error(message), { statusCode: 400 });
}
