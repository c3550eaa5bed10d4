import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import {
	fingerprint,
	isBound,
	isFresh,
	issuedAt,
	readInputs,
	readRecord,
	type CredentialData,
	type Inputs,
} from './accessToken';
import { findAcceptedWay, placeKey } from './apiKey';
import { isWithin, normaliseBaseUrl } from './baseUrl';
import { renewOnce, type Renewal } from './pendingRenewals';
import { exchangeToken } from './tokenExchange';

type Helpers = IHttpRequestHelper['helpers'];

/** Where an API key is sent as it is, no token exists; n8n stores nothing without a value here. */
const KEY_IS_THE_TOKEN = 'The API key itself is sent';

/**
 * What n8n stores after its `preAuthentication` hook: a valid access token for the inputs of this
 * credential, and the rotated refresh token where Appspace handed out another one.
 *
 * @throws Error with a message for the user, never with a secret
 */
export async function renewAccessToken(
	helpers: Helpers,
	data: CredentialData,
): Promise<IDataObject> {
	const inputs = readInputs(data);
	const accessToken = typeof data.accessToken === 'string' ? data.accessToken : '';
	const failed = { accessToken, issuedAt: issuedAt(data) };
	const renewal = await renewOnce(fingerprint(inputs), failed, () =>
		inputs.mode === 'apiKey' ? renewByKey(helpers, inputs) : renewByRefreshToken(helpers, inputs),
	);
	return {
		accessToken: renewal.accessToken,
		accessTokenRecord: JSON.stringify(renewal.record),
		...(renewal.refreshToken && { refreshToken: renewal.refreshToken }),
	};
}

/**
 * Adds the Authorization header, or throws what n8n takes for a refused token (an error that carries
 * `response.status` 401), so that it runs the hook before anything is sent: when there is no token,
 * when the token is about to expire, and when it belongs to other inputs than the present ones.
 */
export function authorize(
	data: CredentialData,
	request: IHttpRequestOptions & { uri?: string },
): IHttpRequestOptions {
	const inputs = readInputs(data);
	const record = readRecord(data);
	if (!data.accessToken || !record || !isBound(record, inputs) || !isFresh(record, Date.now())) {
		throw Object.assign(new Error('The access token has to be renewed first.'), {
			response: { status: 401, statusText: 'Appspace gives no access token that can be used.' },
		});
	}

	if (request.baseURL) request.baseURL = normaliseBaseUrl(request.baseURL);
	if (!isWithin(inputs.baseUrl, request.url ?? request.uri ?? '', request.baseURL)) {
		throw new Error(
			`This Appspace credential is for ${inputs.baseUrl} alone, and the request goes elsewhere. ` +
				'Use the address of the Base URL, or no credential for other hosts.',
		);
	}
	// Redirects to other hosts must arrive there without the token.
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
	helpers: Helpers,
	inputs: Extract<Inputs, { mode: 'applicationToken' }>,
): Promise<Renewal> {
	const { baseUrl, subjectId, refreshToken } = inputs;
	const answer = await exchangeToken(helpers, baseUrl, {
		subjectId,
		grantType: 'refreshToken',
		refreshToken,
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
			// Bound to the old value too: n8n does not overwrite a refresh token kept as an expression.
			inputs: [...(next ? [next] : []), fingerprint(inputs)],
		},
		...(rotated && { refreshToken: answer.refreshToken, nextKey: next }),
	};
}

async function renewByKey(
	helpers: Helpers,
	inputs: Extract<Inputs, { mode: 'apiKey' }>,
): Promise<Renewal> {
	const { way, exchanged } = await findAcceptedWay(helpers, inputs);
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
