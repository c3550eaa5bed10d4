import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { Inputs, KeyPlacement } from './accessToken';
import { AccessError, ask, isGarbled, NOT_APPSPACE, statusError, type Client } from './ask';
import { LastingFailure } from './pendingRenewals';
import { AccessRefused, exchangeToken, type ExchangedToken } from './tokenExchange';

type KeyInputs = Extract<Inputs, { mode: 'apiKey' }>;

export interface KeyWay {
	placement: KeyPlacement;
	name: string;
}

/** A working key; `exchanged` is set if it had to be exchanged for a token. */
export interface AcceptedKey {
	way: KeyWay;
	exchanged?: ExchangedToken;
}

/**
 * The ways that `auto` tries, in this order. These are **guesses**: Appspace documents that API keys exist,
 * but no public source says how to send them (appspace-api.md 2.3).
 */
export const GUESSED_WAYS: KeyWay[] = [
	{ placement: 'bearer', name: 'Authorization' },
	{ placement: 'header', name: 'X-Api-Key' },
	{ placement: 'header', name: 'Authorization' },
	{ placement: 'exchange', name: 'apiKey' },
];

const KEEP_FAILED_SEARCH = 60_000;

/**
 * Places an API key, exactly as typed, according to `way`.
 *
 * @returns the headers and query to add; nothing for `exchange`, which sends a token instead
 */
export function placeKey(
	{ placement, name }: KeyWay,
	apiKey: string,
): {
	headers?: IDataObject;
	qs?: IDataObject;
} {
	if (placement === 'bearer') return { headers: { Authorization: `Bearer ${apiKey}` } };
	if (placement === 'header') return { headers: { [name]: apiKey } };
	if (placement === 'query') return { qs: { [name]: apiKey } };
	return {};
}

/** The way that the user chose, with the default name if none was entered; undefined for `auto`. */
export function chosenWay({ placement, name }: KeyInputs): KeyWay | undefined {
	if (placement === 'auto') return undefined;
	if (placement === 'query') return { placement, name: name || 'apiKey' };
	if (placement === 'header') return { placement, name: name || 'X-Api-Key' };
	return { placement, name: placement === 'bearer' ? 'Authorization' : 'apiKey' };
}

/**
 * Finds a way to send the key that Appspace accepts, and verifies it with `GET users/me`.
 *
 * @throws AccessError with the ways that were tried and what to select manually
 */
export async function findAcceptedWay(client: Client, inputs: KeyInputs): Promise<AcceptedKey> {
	const chosen = chosenWay(inputs);
	return chosen ? await tryChosen(client, inputs, chosen) : await tryGuesses(client, inputs);
}

async function tryChosen(client: Client, inputs: KeyInputs, way: KeyWay): Promise<AcceptedKey> {
	const tried = await tryWay(client, inputs, way);
	if ('accepted' in tried) return tried.accepted;
	// A server that knows the key but does not let it read users/me responds differently without a key.
	if (tried.status === 403 && (await statusOf(client, inputs.baseUrl)) === 401) return { way };
	throw new AccessRefused(
		`Appspace refuses the API key sent as ${describeWay(way)}. ` +
			'Check the key, or choose another value under "Send API Key As".',
	);
}

async function tryGuesses(client: Client, inputs: KeyInputs): Promise<AcceptedKey> {
	const refused: Array<{ way: KeyWay; status: number }> = [];
	for (const way of GUESSED_WAYS) {
		const tried = await tryWay(client, inputs, way);
		if ('accepted' in tried) return tried.accepted;
		if (way.placement !== 'exchange') refused.push({ way, status: tried.status });
	}
	const forbidden = refused.filter(({ status }) => status === 403);
	const [known] = forbidden;
	const isKnown =
		forbidden.length === 1 && refused.every(({ status }) => [401, 403].includes(status));
	if (known && isKnown) return { way: known.way };
	throw new LastingFailure(
		`Appspace does not accept the API key in any of the ways that were tried: ${GUESSED_WAYS.map(describeWay).join('; ')}. ` +
			'Check the key, choose a way under "Send API Key As", or use SubjectId and RefreshToken, which Appspace documents. ' +
			'This search runs at most once a minute.',
		KEEP_FAILED_SEARCH,
	);
}

type Tried = { accepted: AcceptedKey } | { status: number };

async function tryWay(client: Client, inputs: KeyInputs, way: KeyWay): Promise<Tried> {
	if (way.placement === 'exchange') return await tryExchange(client, inputs, way);
	const answer = await ask(client, requestFor(inputs.baseUrl, placeKey(way, inputs.apiKey)));
	const { status, body } = answer;
	if (status >= 200 && status <= 299) {
		if (isUser(body)) return { accepted: { way } };
		throw new AccessError(NOT_APPSPACE, isGarbled(answer));
	}
	if (status < 400 || status === 429 || status >= 500) throw statusError(answer);
	return { status };
}

async function tryExchange(
	client: Client,
	{ baseUrl, apiKey }: KeyInputs,
	way: KeyWay,
): Promise<Tried> {
	return await exchangeToken(client, baseUrl, { grantType: 'apiKey', apiKey }).then(
		(exchanged) => ({ accepted: { way, exchanged } }),
		(error: unknown) => {
			if (error instanceof AccessRefused) return { status: 401 };
			throw error;
		},
	);
}

/** The status of `users/me` without a key. */
async function statusOf(client: Client, baseUrl: string): Promise<number> {
	return (await ask(client, requestFor(baseUrl))).status;
}

function requestFor(baseUrl: string, key: Partial<IHttpRequestOptions> = {}): IHttpRequestOptions {
	return { url: `${baseUrl}/api/v3/users/me`, ...key };
}

function describeWay({ placement, name }: KeyWay): string {
	if (placement === 'bearer') return 'header "Authorization: Bearer <key>"';
	if (placement === 'header') return `header "${name}: <key>"`;
	if (placement === 'query') return `query parameter "${name}"`;
	return 'an exchange for an access token';
}

function isUser(body: unknown): boolean {
	return typeof body === 'object' && body !== null && 'id' in body;
}
