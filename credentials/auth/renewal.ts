import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import {
	fingerprint,
	isBound,
	isFresh,
	issuedAt,
	readInputs,
	readRecord,
	wasRotated,
	type CredentialData,
	type Inputs,
} from './accessToken';
import { findAcceptedWay, placeKey } from './apiKey';
import { RENEWAL_LIMIT, type Client } from './ask';
import { isWithin, normalizeBaseUrl } from './baseUrl';
import { renewOnce, type Renewal } from './pendingRenewals';
import { AccessRefused, exchangeToken } from './tokenExchange';

/** An API key that is sent directly needs no token, but n8n only stores a value that is not empty. */
const KEY_IS_THE_TOKEN = 'The API key itself is sent';

/**
 * The fields that n8n stores after its `preAuthentication` hook: an access token that is valid for the
 * inputs of this credential, and the rotated refresh token if Appspace issued one.
 *
 * @throws Error with a message for the user that never contains a secret
 */
export async function renewAccessToken(
	helpers: IHttpRequestHelper['helpers'],
	data: CredentialData,
): Promise<IDataObject> {
	const inputs = readInputs(data);
	const accessToken = typeof data.accessToken === 'string' ? data.accessToken : '';
	const failed = { accessToken, issuedAt: issuedAt(data) };
	const renewal = await renewOnce(fingerprint(inputs), failed, async () => {
		const client: Client = { helpers, until: performance.now() + RENEWAL_LIMIT };
		if (inputs.mode === 'apiKey') return await renewByKey(client, inputs);
		return await renewByRefreshToken(client, inputs, wasRotated(data));
	});
	return {
		accessToken: renewal.accessToken,
		accessTokenRecord: JSON.stringify(renewal.record),
		...(renewal.refreshToken && { refreshToken: renewal.refreshToken }),
	};
}

/**
 * Adds the Authorization header. If there is no token, or it is about to expire or was issued for other
 * inputs, throws an error that n8n takes for a refused token (`response.status` 401), so that it runs the
 * hook before anything is sent.
 *
 * @throws Error for an address outside the Base URL
 */
export function authorize(
	data: CredentialData,
	request: IHttpRequestOptions & { uri?: string },
): IHttpRequestOptions {
	const inputs = readInputs(data);
	const record = readRecord(data);
	if (!data.accessToken || !record || !isBound(record, inputs) || !isFresh(record, Date.now())) {
		throw Object.assign(new Error('The access token must be renewed first.'), {
			response: { status: 401, statusText: 'Appspace gives no usable access token.' },
		});
	}

	if (request.baseURL) request.baseURL = normalizeBaseUrl(request.baseURL);
	if (!isWithin(inputs.baseUrl, request.url ?? request.uri ?? '', request.baseURL)) {
		throw new Error(
			`This Appspace credential is only for ${inputs.baseUrl}, and the request goes elsewhere. ` +
				'Use an address at the Base URL, or no credential for other hosts.',
		);
	}
	// A redirect to another host must not carry the token.
	request.sendCredentialsOnCrossOriginRedirect = false;

	if (inputs.mode === 'apiKey' && record.sentAs && record.sentAs.placement !== 'exchange') {
		const { headers, qs } = placeKey(record.sentAs, inputs.apiKey);
		if (headers && !('Authorization' in headers)) request.maxRedirects = 0;
		request.headers = { ...request.headers, ...headers };
		request.qs = { ...request.qs, ...qs };
		return request;
	}
	request.headers = { ...request.headers, Authorization: `Bearer ${String(data.accessToken)}` };
	return request;
}

async function renewByRefreshToken(
	client: Client,
	inputs: Extract<Inputs, { mode: 'applicationToken' }>,
	isSingleUse: boolean,
): Promise<Renewal> {
	const { baseUrl, subjectId, refreshToken } = inputs;
	const grant = { subjectId, grantType: 'refreshToken', refreshToken };
	const answer = await exchangeToken(client, baseUrl, grant).catch((error: unknown): never => {
		if (!(error instanceof AccessRefused)) throw error;
		throw isSingleUse || error.followsLostAnswer ? new AccessRefused(USED_UP) : error;
	});
	const rotated = answer.refreshToken !== undefined && answer.refreshToken !== refreshToken;
	const next = rotated
		? fingerprint({ ...inputs, refreshToken: String(answer.refreshToken) })
		: undefined;
	return {
		accessToken: answer.accessToken,
		record: {
			issuedAt: Date.now(),
			lifetime: answer.lifetime,
			// Bound to the old value too, because n8n does not overwrite a refresh token that is an
			// expression.
			inputs: [...(next ? [next] : []), fingerprint(inputs)],
		},
		...(rotated && { refreshToken: answer.refreshToken, nextKey: next }),
	};
}

/** If Appspace rotates the RefreshToken at each renewal, the previous one no longer works. */
const USED_UP =
	'Appspace refuses the SubjectId and RefreshToken: the RefreshToken was probably used up, and its replacement was lost or went to another credential. ' +
	'Create a new token under Admin > Integrations > API Tokens, for this credential only.';

async function renewByKey(
	client: Client,
	inputs: Extract<Inputs, { mode: 'apiKey' }>,
): Promise<Renewal> {
	const { way, exchanged } = await findAcceptedWay(client, inputs);
	return {
		accessToken: exchanged?.accessToken ?? KEY_IS_THE_TOKEN,
		record: {
			issuedAt: Date.now(),
			lifetime: exchanged?.lifetime,
			inputs: [fingerprint(inputs)],
			sentAs: way,
		},
	};
}
