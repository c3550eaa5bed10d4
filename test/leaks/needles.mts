import type { RecordedRequest, Sandbox } from '../../sandbox/server.mts';
import { CUT, SPELLINGS } from './spellings.mts';

/** A text that may appear only in n8n's encrypted credential. */
export interface Needle {
	kind: string;
	text: string;
}

/** Every secret of these tenants that was typed in, issued, or sent, in each form to search for. */
export function needlesOf(tenants: Sandbox[]): Needle[] {
	const found = tenants.flatMap((tenant) => [
		{ kind: 'SubjectId', text: tenant.subjectId },
		{ kind: 'refresh token', text: tenant.refreshToken },
		{ kind: 'API key', text: tenant.apiKey },
		...tenant.requests.flatMap(secretsIn),
		// After the requests: if a text occurs twice, its last kind counts.
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

/** What is stored with a token about the secrets that it was issued for: fingerprints, masked as well. */
export function needlesIn(accessTokenRecord: unknown): Needle[] {
	const { inputs } = JSON.parse(String(accessTokenRecord)) as { inputs: string[] };
	return inputs.flatMap((text) => formsOf({ kind: 'fingerprint', text }));
}

/**
 * Part of a token is as bad as the whole: its content, and its signature. The first characters stand for
 * each part, because longer pieces contain them.
 */
export function formsOf({ kind, text }: Needle): Needle[] {
	const [, payload, signature] = text.split('.');
	const parts = payload && signature ? [payload, signature] : [text];
	const starts = parts.flatMap((part) =>
		Object.entries(SPELLINGS).map(([name, spell]) =>
			// Base64 encodes three characters together.
			spell(part.slice(0, name === 'Base64' ? CUT - (CUT % 3) : CUT)).replace(/\.+$/, ''),
		),
	);
	const encoded = Buffer.from(text).toString('base64').replace(/=+$/, '');
	const forms = new Set([...starts, encoded].map((form) => form.toLowerCase()));
	return [...forms].map((form) => ({ kind, text: form }));
}

/** The needles that a text or a file contains, in any letter case. */
export function hitsIn(haystack: string | Buffer, needles: Needle[]): Needle[] {
	const text = (
		typeof haystack === 'string' ? haystack : haystack.toString('latin1')
	).toLowerCase();
	return needles.filter((needle) => text.includes(needle.text.toLowerCase()));
}
