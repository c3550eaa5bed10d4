import { decodeJwt } from 'jose';
import type { Ask } from '../ask.mts';
import { isObject, type Exchange, type JsonObject } from '../exchange.mts';
import type { Finding, Standing } from '../finding.mts';
import { EXCHANGE } from '../guard.mts';
import { safe, type SafeText } from '../redaction.mts';

const SECTION = '2.1';
const MINUTE = 60;

const finding = (
	topic: string,
	standing: Standing,
	text: SafeText,
	section = SECTION,
): Finding => ({
	...{ topic, standing, text, section },
});

/** What the node's exchanges show about tokens. Nothing of a token itself is kept. */
export function judgeExchanges(exchanges: readonly Exchange[], now = Date.now()): Finding[] {
	const good = exchanges.find(
		({ path, status, body }) => path.toLowerCase() === EXCHANGE && status === 200 && isObject(body),
	);
	if (!good || !isObject(good.body)) return [];
	return [
		...judgeLifetime(good.body),
		...judgeClaims(good.body, now),
		...judgeRotation(good.sent, good.body),
	];
}

/** Why there was no access, as far as a status shows. */
export function judgeNoAccess(exchanges: readonly Exchange[]): Finding {
	const last = exchanges.findLast(({ by }) => by === 'node');
	if (!last) return finding('access.silent', 'differs', safe`there was no response`);
	const what =
		last.path.toLowerCase() === EXCHANGE
			? safe`the token exchange`
			: safe`the request for the user`;
	return finding('access.refused', 'differs', safe`${what} got status ${last.status}`);
}

function judgeLifetime({ expiresIn, accessToken }: JsonObject): Finding[] {
	const announced = Number(expiresIn);
	const { iat, exp } = claimsOf(accessToken);
	const isReadable =
		(typeof expiresIn === 'number' || typeof expiresIn === 'string') && announced > 0;
	const lifetime = isReadable
		? announced
		: exp !== undefined && iat !== undefined
			? exp - iat
			: undefined;
	const forms = {
		number: finding('expiresIn.number', 'known', safe`expiresIn is a number`),
		text: finding('expiresIn.text', 'new', safe`expiresIn is a number in quotes`),
		missing: finding('expiresIn.missing', 'differs', safe`expiresIn is missing`),
		unreadable: finding(
			'expiresIn.unreadable',
			'differs',
			safe`expiresIn is not a number of seconds`,
		),
	};
	const written = typeof expiresIn === 'number' ? 'number' : 'text';
	const form = forms[expiresIn === undefined ? 'missing' : isReadable ? written : 'unreadable'];
	if (lifetime === undefined) return [form];
	const isUsual = lifetime >= 50 * MINUTE && lifetime <= 70 * MINUTE;
	const text = safe`an access token lives for ${roughly(lifetime)}`;
	return [
		form,
		isUsual
			? finding('lifetime.usual', 'known', text)
			: finding('lifetime.other', 'differs', safe`${text}, not for about an hour`),
	];
}

function judgeClaims({ accessToken }: JsonObject, now: number): Finding[] {
	const { iat, exp } = claimsOf(accessToken);
	if (iat === undefined || exp === undefined) {
		return [finding('claims.missing', 'differs', safe`the access token carries no iat and exp`)];
	}
	const present = finding('claims.present', 'known', safe`the access token carries iat and exp`);
	const ahead = iat - now / 1000;
	if (Math.abs(ahead) < 3 * MINUTE) return [present];
	const direction = ahead > 0 ? safe`ahead of` : safe`behind`;
	const text = safe`the clock of Appspace is ${roughly(Math.abs(ahead))} ${direction} the one here`;
	return [present, finding('clock', 'new', text)];
}

function judgeRotation(sent: unknown, body: JsonObject): Finding[] {
	const used = isObject(sent) ? sent.refreshToken : undefined;
	if (typeof used !== 'string') return [];
	const { refreshToken } = body;
	if (refreshToken === used) {
		const text = safe`the refresh token does not rotate: exchanges return the same one`;
		return [finding('rotation.none', 'known', text)];
	}
	if (typeof refreshToken !== 'string') {
		return [finding('rotation.unsaid', 'differs', safe`exchanges return no refresh token`)];
	}
	const text = safe`the refresh token rotates: exchanges return another one`;
	return [finding('rotation.rotates', 'differs', text)];
}

/** How the API key was sent. Only a known way can be named. */
export function judgeKeyWay(record: unknown): Finding[] {
	const { sentAs } = parsed(record);
	if (!isObject(sentAs)) return [];
	const ways: Array<[placement: string, name: string, topic: string, text: SafeText]> = [
		['bearer', 'Authorization', 'bearer', safe`as "Authorization: Bearer <key>"`],
		['header', 'X-Api-Key', 'header.xApiKey', safe`in the header X-Api-Key`],
		[
			'header',
			'Authorization',
			'header.authorization',
			safe`in the header Authorization, without Bearer`,
		],
		['exchange', 'apiKey', 'exchange', safe`in an exchange for an access token`],
	];
	const way = ways.find(([placement, name]) => {
		return sentAs.placement === placement && sentAs.name === name;
	});
	const [, , topic, text] = way ?? ['', '', 'other', safe`in another way`];
	return [finding(`apiKey.${topic}`, 'new', safe`the API key is accepted ${text}`, '2.3')];
}

/** What happens to an invalid token, and to a SubjectId and RefreshToken that do not exist. */
export async function probeRefusals(ask: Ask): Promise<Finding[]> {
	const token = await ask({ path: 'users/me', access: 'wrong' });
	const pair = await ask({
		method: 'POST',
		path: EXCHANGE,
		access: 'none',
		body: {
			...{ subjectType: 'Application', grantType: 'refreshToken' },
			subjectId: crypto.randomUUID(),
			refreshToken: crypto.randomUUID(),
		},
	});
	const isUsual = token.status === 401;
	const tokenText = safe`a wrong access token gets status ${token.status}`;
	return [
		finding(
			`wrongToken.${token.status}`,
			isUsual ? 'known' : 'differs',
			isUsual ? tokenText : safe`${tokenText}, not 401`,
		),
		finding(
			`wrongPair.${pair.status}`,
			pair.status === 401 || pair.status === 403 ? 'known' : 'differs',
			safe`a wrong SubjectId and RefreshToken get status ${pair.status}`,
		),
	];
}

/** Seconds in rounded words, so that no exact value of a tenant is in a report. */
function roughly(seconds: number): SafeText {
	if (seconds < 90) return safe`about ${Math.max(1, Math.round(seconds))} seconds`;
	const minutes = seconds / MINUTE;
	if (minutes < 120) return safe`about ${Math.round(minutes)} minutes`;
	const hours = minutes / 60;
	return hours < 48 ? safe`about ${Math.round(hours)} hours` : safe`more than two days`;
}

function claimsOf(token: unknown): { iat?: number; exp?: number } {
	try {
		return typeof token === 'string' ? decodeJwt(token) : {};
	} catch {
		return {};
	}
}

function parsed(text: unknown): JsonObject {
	try {
		const value: unknown = JSON.parse(String(text));
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
}
