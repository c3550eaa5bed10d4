import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { Inputs, KeyPlacement } from './accessToken';
import { LastingFailure } from './pendingRenewals';
import {
	AccessError,
	AccessRefused,
	ask,
	exchangeToken,
	NOT_APPSPACE,
	statusError,
	type ExchangedToken,
} from './tokenExchange';

type KeyInputs = Extract<Inputs, { mode: 'apiKey' }>;

export interface KeyWay {
	placement: KeyPlacement;
	name: string;
}

/** The key is known to work; `exchanged` is there when it had to be exchanged for a token. */
export interface AcceptedKey {
	way: KeyWay;
	exchanged?: ExchangedToken;
}

/**
 * The ways that `auto` tries, in this order. **Guesses**: Appspace documents that an API key exists,
 * but no public source says how it is sent (appspace-api.md 2.3).
 */
export const GUESSED_WAYS: KeyWay[] = [
	{ placement: 'bearer', name: 'Authorization' },
	{ placement: 'header', name: 'X-Api-Key' },
	{ placement: 'header', name: 'Authorization' },
	{ placement: 'exchange', name: 'apiKey' },
];

const KEEP_FAILED_SEARCH = 60_000;

/**
 * Puts an API key, exactly as typed, where `way` says.
 *
 * @returns the headers and query to add; nothing for `exchange`, where a token travels instead
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

/** The way that the user chose, with the usual name where none was typed; undefined for `auto`. */
export function chosenWay({ placement, name }: KeyInputs): KeyWay | undefined {
	if (placement === 'auto') return undefined;
	if (placement === 'query') return { placement, name: name || 'apiKey' };
	if (placement === 'header') return { placement, name: name || 'X-Api-Key' };
	return { placement, name: placement === 'bearer' ? 'Authorization' : 'apiKey' };
}

/**
 * Finds the way in which Appspace accepts the key, with `GET users/me` as the proof.
 *
 * @throws LastingFailure that says what was tried and what to choose by hand
 */
export async function findAcceptedWay(
	helpers: IHttpRequestHelper['helpers'],
	inputs: KeyInputs,
): Promise<AcceptedKey> {
	const chosen = chosenWay(inputs);
	for (const way of chosen ? [chosen] : GUESSED_WAYS) {
		const accepted = await tryWay(helpers, inputs, way);
		if (accepted) return accepted;
	}
	throw chosen
		? new AccessRefused(
				`Appspace refuses the API key sent as ${describeWay(chosen)}. ` +
					'Check the key, or choose another value under "Send API Key As".',
			)
		: new LastingFailure(
				`Appspace accepts the API key in none of the ways that were tried: ${GUESSED_WAYS.map(describeWay).join('; ')}. ` +
					'Check the key, choose a way under "Send API Key As" by hand, or use SubjectId and RefreshToken, which Appspace documents. ' +
					'This search is repeated once a minute at most.',
				KEEP_FAILED_SEARCH,
			);
}

async function tryWay(
	helpers: IHttpRequestHelper['helpers'],
	inputs: KeyInputs,
	way: KeyWay,
): Promise<AcceptedKey | undefined> {
	if (way.placement === 'exchange') return await tryExchange(helpers, inputs, way);

	const request: IHttpRequestOptions = {
		url: `${inputs.baseUrl}/api/v3/users/me`,
		...placeKey(way, inputs.apiKey),
	};
	const answer = await ask(helpers, request);
	const { status, body } = answer;
	if (status === 429 || status >= 500) throw statusError(answer);
	if (status >= 200 && status < 300) {
		if (isUser(body)) return { way };
		throw new AccessError(NOT_APPSPACE);
	}
	if (status >= 300 && status < 400) throw statusError(answer);
	return undefined;
}

async function tryExchange(
	helpers: IHttpRequestHelper['helpers'],
	{ baseUrl, apiKey }: KeyInputs,
	way: KeyWay,
): Promise<AcceptedKey | undefined> {
	return await exchangeToken(helpers, baseUrl, { grantType: 'apiKey', apiKey }).then(
		(exchanged) => ({ way, exchanged }),
		(error: unknown) => {
			if (error instanceof AccessRefused) return undefined;
			throw error;
		},
	);
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
