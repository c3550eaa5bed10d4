import type { RecordedRequest, Sandbox } from '../../sandbox/server.mts';
import { CUT, SPELLINGS } from './spellings.mts';

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

/**
 * Part of a token is as bad as the whole: what is in it, and what makes it valid. The first characters stand
 * for each part: longer pieces contain them.
 */
export function formsOf({ kind, text }: Needle): Needle[] {
	const [, payload, signature] = text.split('.');
	const parts = payload && signature ? [payload, signature] : [text];
	const starts = parts.flatMap((part) =>
		Object.entries(SPELLINGS).map(([name, spell]) =>
			// Base64 spells three characters together.
			spell(part.slice(0, name === 'Base64' ? CUT - (CUT % 3) : CUT)).replace(/\.+$/, ''),
		),
	);
	const encoded = Buffer.from(text).toString('base64').replace(/=+$/, '');
	const forms = new Set([...starts, encoded].map((form) => form.toLowerCase()));
	return [...forms].map((form) => ({ kind, text: form }));
}

/** The needles that a text or a file holds, in any letter case. */
export function hitsIn(haystack: string | Buffer, needles: Needle[]): Needle[] {
	const text = (
		typeof haystack === 'string' ? haystack : haystack.toString('latin1')
	).toLowerCase();
	return needles.filter((needle) => text.includes(needle.text.toLowerCase()));
}
