import { createHash } from 'node:crypto';
import { checkKey, checkKeyName } from './apiKeyInput';
import { normalizeBaseUrl } from './baseUrl';

/**
 * How an API key is sent to Appspace. These are guesses, because no public source documents it
 * (appspace-api.md 2.3).
 */
export type KeyPlacement = (typeof PLACEMENTS)[number];

const PLACEMENTS = ['bearer', 'header', 'query', 'exchange'] as const;
/** In milliseconds. Longer lifetimes are cut to a year, because a number may be too large to be stored. */
export const MAX_LIFETIME = 365 * 24 * 3_600_000;

/** What a credential stores in addition to the access token, in one masked hidden field. */
export interface TokenRecord {
	/** When the token was received, in milliseconds of the local clock. */
	issuedAt: number;
	/** Its lifetime in milliseconds; absent if Appspace did not provide a usable one. */
	lifetime?: number;
	/** Fingerprints of the inputs for which this token is valid. */
	inputs: string[];
	/** For an API key: how it was sent when Appspace accepted it. */
	sentAs?: { placement: KeyPlacement; name: string };
}

/** The inputs of a credential, validated and trimmed. */
export type Inputs =
	| { mode: 'applicationToken'; baseUrl: string; subjectId: string; refreshToken: string }
	| {
			mode: 'apiKey';
			baseUrl: string;
			apiKey: string;
			placement: KeyPlacement | 'auto';
			name: string;
	  };

export type CredentialData = Record<string, unknown>;

/** In milliseconds. A token from further in the future than this was stored while the clock was wrong. */
const CLOCK_TOLERANCE = 60_000;
/**
 * In milliseconds. A new token is used for at least this long, so that no announced lifetime can cause a
 * loop.
 */
const ALWAYS_FRESH = 2_000;

/**
 * Validates the inputs of a credential before anything is sent.
 *
 * @throws Error with a message that names the field and where to find its value
 */
export function readInputs(data: CredentialData): Inputs {
	const baseUrl = normalizeBaseUrl(data.baseUrl);
	if (data.authentication === 'apiKey') {
		const apiKey = required(data.apiKey, 'API Key');
		const placement = placementIn(data.apiKeyPlacement);
		const name = text(data.apiKeyName);
		checkKey(apiKey);
		if (placement === 'header') checkKeyName(name);
		return { mode: 'apiKey', baseUrl, apiKey, placement, name };
	}
	return {
		mode: 'applicationToken',
		baseUrl,
		subjectId: required(data.subjectId, 'SubjectId'),
		refreshToken: required(data.refreshToken, 'RefreshToken'),
	};
}

/** A fingerprint of everything that a token depends on. If an input changes, so does the fingerprint. */
export function fingerprint(inputs: Inputs): string {
	return createHash('sha256').update(JSON.stringify(inputs)).digest('base64url');
}

/** The stored record; undefined if it is missing or unreadable. */
export function readRecord(data: CredentialData): TokenRecord | undefined {
	if (typeof data.accessTokenRecord !== 'string' || data.accessTokenRecord === '') return undefined;
	try {
		const record = JSON.parse(data.accessTokenRecord) as TokenRecord;
		if (!Number.isFinite(record.issuedAt) || !Array.isArray(record.inputs)) return undefined;
		return { ...record, lifetime: lifetimeIn(record.lifetime) };
	} catch {
		return undefined;
	}
}

/** Whether the token was issued for exactly these inputs. */
export function isBound(record: TokenRecord | undefined, inputs: Inputs): boolean {
	return record?.inputs.includes(fingerprint(inputs)) ?? false;
}

/**
 * Whether a token may be used without renewing it first. Renewal is early by a margin of 60 s or a tenth of
 * the lifetime, whichever is smaller. Without a known lifetime, the token counts as fresh until a 401.
 *
 * @param now milliseconds of the local clock
 */
export function isFresh({ issuedAt, lifetime }: TokenRecord, now: number): boolean {
	const age = now - issuedAt;
	if (age < -CLOCK_TOLERANCE) return false;
	if (age < ALWAYS_FRESH || lifetime === undefined) return true;
	return age < lifetime - Math.min(60_000, lifetime / 10);
}

/**
 * Whether the refresh token came with the held access token, which means that the server rotates refresh
 * tokens.
 */
export function wasRotated(data: CredentialData): boolean {
	const record = readRecord(data);
	return record?.inputs.length === 2 && isBound(record, readInputs(data));
}

/** When the held token was received, in milliseconds; 0 if unknown. */
export function issuedAt(data: CredentialData): number {
	return readRecord(data)?.issuedAt ?? 0;
}

/** A lifetime in milliseconds that can be stored and compared; undefined for anything else. */
export function lifetimeIn(value: unknown): number | undefined {
	return typeof value === 'number' && value > 0 ? Math.min(value, MAX_LIFETIME) : undefined;
}

function placementIn(value: unknown): KeyPlacement | 'auto' {
	const placement = text(value) || 'auto';
	const known = [...PLACEMENTS, 'auto' as const].find((one) => one === placement);
	if (known) return known;
	throw new Error(
		'The value of "Send API Key As" is not one of its options. Choose one from the list.',
	);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function required(value: unknown, field: string): string {
	const filled = text(value);
	if (filled !== '') return filled;
	throw new Error(
		`The ${field} is empty. Copy it from the Appspace console: Admin > Integrations > API Tokens.`,
	);
}
