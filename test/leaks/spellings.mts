const each = (text: string, spell: (code: string) => string): string =>
	[...Buffer.from(text)].map((byte) => spell(byte.toString(16).padStart(2, '0'))).join('');

/** This many characters of a secret are too many to show. */
export const CUT = 16;

/** How servers, proxies, and logs write a secret. The search ignores letter case. */
export const SPELLINGS: Record<string, (secret: string) => string> = {
	plain: (secret) => secret,
	'upper case': (secret) => secret.toUpperCase(),
	'percent-encoded': (secret) => each(secret, (code) => `%${code}`),
	'percent-encoded twice': (secret) => each(secret, (code) => `%25${code}`),
	'escaped as in JSON': (secret) => each(secret, (code) => `\\u00${code}`),
	'escaped as in HTML': (secret) => each(secret, (code) => `&#x${code};`),
	Base64: (secret) => Buffer.from(secret).toString('base64'),
	'cut short': (secret) => `${secret.slice(0, CUT)}...`,
};

/** A text that repeats each of these secrets in every spelling. */
export function everySpelling(secrets: string[]): string {
	return secrets
		.flatMap((secret) => Object.values(SPELLINGS).map((spell) => spell(uncommon(secret))))
		.join(' | ');
}

/** A JWT without its header, which all tokens of a server share. */
function uncommon(secret: string): string {
	const [, ...parts] = secret.split('.');
	return parts.length === 2 ? parts.join('.') : secret;
}
