import type { IDataObject } from 'n8n-workflow';
import { decodeJwt } from 'jose';
import { lifetimeIn } from './accessToken';
import { AccessError, ask, isGarbled, NOT_APPSPACE, statusError, type Client } from './ask';

export interface ExchangedToken {
	accessToken: string;
	/** Present if the reply has one; it may be the one that was sent. */
	refreshToken?: string;
	/** In milliseconds; absent if neither `expiresIn` nor the token itself provides it. */
	lifetime?: number;
}

/** Appspace was reached and refused the secret. */
export class AccessRefused extends AccessError {
	/** @param followsLostAnswer whether an earlier attempt got no reply and may have used up the secret */
	constructor(
		message: string,
		readonly followsLostAnswer = false,
	) {
		super(message);
	}
}

const EXCHANGE_PATH = '/api/v3/authorization/token';

/**
 * Exchanges a refresh token (or, as a guess, an API key) for an access token:
 * `POST /api/v3/authorization/token` (appspace-api.md 2.1).
 *
 * @throws AccessError with a message for the user, which never contains what was sent or received
 */
export async function exchangeToken(
	client: Client,
	baseUrl: string,
	grant: IDataObject,
): Promise<ExchangedToken> {
	const answer = await ask(client, {
		method: 'POST',
		url: baseUrl + EXCHANGE_PATH,
		body: { subjectType: 'Application', ...grant },
	});
	const { status, body, followsLostAnswer } = answer;
	if ([400, 401, 403].includes(status)) throw new AccessRefused(REFUSED, followsLostAnswer);
	if ([404, 405].includes(status)) throw new AccessRefused(NOT_APPSPACE);
	if (status < 200 || status > 299) throw statusError(answer);
	// A page from a proxy may be temporary; JSON without a token comes from the server itself.
	return readExchange(body, isGarbled(answer));
}

/**
 * Reads the token from a reply of the token endpoint. `expiresIn` may be a number or numeric text
 * (appspace-api.md 2.1). Otherwise, the lifetime is `exp - iat` of the token, both by the server's clock.
 *
 * @param temporary whether another attempt may succeed in a few seconds
 * @throws AccessError if there is no access token that fits in a header
 */
export function readExchange(body: unknown, temporary = false): ExchangedToken {
	const answer = (body ?? {}) as IDataObject;
	const accessToken = trimmed(answer.accessToken);
	if (accessToken === undefined || !/^[!-~]+$/.test(accessToken)) {
		throw new AccessError(NOT_APPSPACE, temporary);
	}
	return {
		accessToken,
		refreshToken: trimmed(answer.refreshToken),
		lifetime:
			lifetimeOf(trimmed(answer.expiresIn) ?? answer.expiresIn) ?? lifetimeInside(accessToken),
	};
}

const REFUSED =
	'Appspace refuses the SubjectId and RefreshToken: they are wrong, revoked, used up, or from another Appspace host. ' +
	'Copy both again from Admin > Integrations > API Tokens, use one token for each credential, and check the Base URL.';

/** Trimmed text; undefined if it is empty. */
function trimmed(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function lifetimeOf(seconds: unknown): number | undefined {
	const number = typeof seconds === 'string' ? Number(seconds) : seconds;
	return Number.isFinite(number) ? lifetimeIn(Number(number) * 1_000) : undefined;
}

function lifetimeInside(jwt: string): number | undefined {
	try {
		const { iat, exp } = decodeJwt(jwt);
		return iat === undefined || exp === undefined ? undefined : lifetimeOf(exp - iat);
	} catch {
		return undefined;
	}
}
