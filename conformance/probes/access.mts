import { decodeJwt } from 'jose';
import type { Ask } from '../ask.mts';
import { isObject, type Exchange, type JsonObject } from '../exchange.mts';
import type { Finding, Standing } from '../finding.mts';
import { EXCHANGE } from '../guard.mts';
import { say, type Said } from '../redaction.mts';

const SECTION = '2.1';
const MINUTE = 60;

const finding = (topic: string, standing: Standing, text: Said, section = SECTION): Finding => ({
	...{ topic, standing, text, section },
});

/** What the exchanges of the node tell about tokens. Nothing of a token itself is kept. */
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

/** Why there was no access, as far as a status tells. */
export function judgeNoAccess(exchanges: readonly Exchange[]): Finding {
	const last = exchanges.findLast(({ by }) => by === 'node');
	if (!last) return finding('access.silent', 'differs', say`there was no answer at all`);
	const what =
		last.path.toLowerCase() === EXCHANGE ? say`the token exchange` : say`the request for the user`;
	return finding('access.refused', 'differs', say`${what} is answered with status ${last.status}`);
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
		number: finding('expiresIn.number', 'known', say`expiresIn is a number`),
		text: finding('expiresIn.text', 'new', say`expiresIn is a number in quotes`),
		missing: finding('expiresIn.missing', 'differs', say`expiresIn is missing`),
		unreadable: finding('expiresIn.unreadable', 'differs', say`expiresIn is no number of seconds`),
	};
	const written = typeof expiresIn === 'number' ? 'number' : 'text';
	const form = forms[expiresIn === undefined ? 'missing' : isReadable ? written : 'unreadable'];
	if (lifetime === undefined) return [form];
	const isUsual = lifetime >= 50 * MINUTE && lifetime <= 70 * MINUTE;
	const text = say`an access token lives for ${roughly(lifetime)}`;
	return [
		form,
		isUsual
			? finding('lifetime.usual', 'known', text)
			: finding('lifetime.other', 'differs', say`${text}, not for about an hour`),
	];
}

function judgeClaims({ accessToken }: JsonObject, now: number): Finding[] {
	const { iat, exp } = claimsOf(accessToken);
	if (iat === undefined || exp === undefined) {
		return [finding('claims.missing', 'differs', say`the access token carries no iat and exp`)];
	}
	const present = finding('claims.present', 'known', say`the access token carries iat and exp`);
	const ahead = iat - now / 1000;
	if (Math.abs(ahead) < 3 * MINUTE) return [present];
	const direction = ahead > 0 ? say`ahead of` : say`behind`;
	const text = say`the clock of Appspace is ${roughly(Math.abs(ahead))} ${direction} the one here`;
	return [present, finding('clock', 'new', text)];
}

function judgeRotation(sent: unknown, body: JsonObject): Finding[] {
	const used = isObject(sent) ? sent.refreshToken : undefined;
	if (typeof used !== 'string') return [];
	const { refreshToken } = body;
	if (refreshToken === used) {
		const text = say`the refresh token does not rotate: the same one comes back`;
		return [finding('rotation.none', 'known', text)];
	}
	if (typeof refreshToken !== 'string') {
		return [finding('rotation.unsaid', 'differs', say`no refresh token comes back`)];
	}
	const text = say`the refresh token rotates: another one comes back`;
	return [finding('rotation.rotates', 'differs', text)];
}

/** How the API key was found to be sent; nothing but a known way can be named. */
export function judgeKeyWay(record: unknown): Finding[] {
	const { sentAs } = parsed(record);
	if (!isObject(sentAs)) return [];
	const ways: Array<[placement: string, name: string, topic: string, text: Said]> = [
		['bearer', 'Authorization', 'bearer', say`as "Authorization: Bearer <key>"`],
		['header', 'X-Api-Key', 'header.xApiKey', say`in the header X-Api-Key`],
		['header', 'Authorization', 'header.authorization', say`in the header Authorization, alone`],
		['exchange', 'apiKey', 'exchange', say`in an exchange for an access token`],
	];
	const way = ways.find(([placement, name]) => {
		return sentAs.placement === placement && sentAs.name === name;
	});
	const [, , topic, text] = way ?? ['', '', 'other', say`in another way`];
	return [finding(`apiKey.${topic}`, 'new', say`the API key is accepted ${text}`, '2.3')];
}

/** What becomes of a token that is none, and of a SubjectId and RefreshToken that nobody has. */
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
	const tokenText = say`a wrong access token is refused with status ${token.status}`;
	return [
		finding(
			`wrongToken.${token.status}`,
			isUsual ? 'known' : 'differs',
			isUsual ? tokenText : say`${tokenText}, not 401`,
		),
		finding(
			`wrongPair.${pair.status}`,
			pair.status === 401 || pair.status === 403 ? 'known' : 'differs',
			say`a wrong SubjectId and RefreshToken are refused with status ${pair.status}`,
		),
	];
}

/** Seconds in rounded words, so that no exact value of a tenant stands in a report. */
function roughly(seconds: number): Said {
	if (seconds < 90) return say`about ${Math.max(1, Math.round(seconds))} seconds`;
	const minutes = seconds / MINUTE;
	if (minutes < 120) return say`about ${Math.round(minutes)} minutes`;
	const hours = minutes / 60;
	return hours < 48 ? say`about ${Math.round(hours)} hours` : say`more than two days`;
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
