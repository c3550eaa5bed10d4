import type { RecordedRequest, Sandbox } from '../../sandbox/server.mts';

/** Something that must not stand anywhere but encrypted in n8n's credential. */
export interface Needle {
	kind: string;
	text: string;
}

/** Every secret of these tenants that was typed in, handed out or sent along, in each form to look for. */
export function needlesOf(tenants: Sandbox[]): Needle[] {
	const found = tenants.flatMap((tenant) => [
		{ kind: 'SubjectId', text: tenant.subjectId },
		{ kind: 'refresh token', text: tenant.refreshToken },
		{ kind: 'API key', text: tenant.apiKey },
		...tenant.requests.flatMap(secretsIn),
		// After what was sent along: it is named by its last kind.
		{ kind: 'SCIM token', text: tenant.scimToken },
	]);
	const unique = new Map(found.map((needle) => [needle.text, needle]));
	return [...unique.values()].filter(({ text }) => text.length >= 16).flatMap(formsOf);
}

function secretsIn({ headers, body }: RecordedRequest): Needle[] {
	const sent = (body ?? {}) as Record<string, unknown>;
	return [
		{ kind: 'SubjectId', text: String(sent.subjectId ?? '') },
		{ kind: 'refresh token', text: String(sent.refreshToken ?? '') },
		{ kind: 'access token', text: (headers.authorization ?? '').replace(/^Bearer /, '') },
	];
}

/** What is kept beside a token of the secrets that it was issued for: fingerprints, which are masked too. */
export function needlesIn(accessTokenRecord: unknown): Needle[] {
	const { inputs } = JSON.parse(String(accessTokenRecord)) as { inputs: string[] };
	return inputs.flatMap((text) => formsOf({ kind: 'fingerprint', text }));
}

/** Part of a token is as bad as the whole: what is in it, and what makes it valid. */
function formsOf({ kind, text }: Needle): Needle[] {
	const [, payload, signature] = text.split('.');
	const parts = payload && signature ? [payload, signature] : [text];
	const encoded = Buffer.from(text).toString('base64').replace(/=+$/, '');
	return [...parts, encoded].map((part) => ({ kind, text: part }));
}

/** The needles that a text or a file holds. */
export function hitsIn(haystack: string | Buffer, needles: Needle[]): Needle[] {
	const buffer = typeof haystack === 'string' ? Buffer.from(haystack) : haystack;
	return needles.filter(({ text }) => buffer.includes(text));
}
