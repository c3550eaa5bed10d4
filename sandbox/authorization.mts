import { randomUUID } from 'node:crypto';
import { compactVerify, decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { indentedJson, Refusal, type Answer } from './answer.mts';
import { objectBody } from './routes/bodies.mts';
import type { Settings } from './settings.mts';

/** Seen for console tokens; the number for application tokens is unknown (appspace-api.md 2.1). */
const REFRESH_TOKEN_LIFETIME = 31_536_000;
const ALGORITHM = 'ES256';

interface RefreshToken {
	/** When the token expires, in milliseconds since the epoch. */
	refusedFrom: number;
}

/** The parts of a request that can carry a credential; query names in lower case. */
export interface Credentials {
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, string>;
}

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** Issues and checks one tenant's credentials: SubjectId, refresh tokens, access tokens, and API key. */
export class Authorization {
	readonly subjectId = randomUUID();
	private readonly firstRefreshToken: string = randomUUID();
	private currentRefreshToken = this.firstRefreshToken;
	readonly apiKey = randomUUID().replaceAll('-', '');
	private apiKeyRevoked = false;
	private readonly refreshTokens = new Map<string, RefreshToken>();
	/** When each valid access token expires, by `jti` (milliseconds since the epoch, on the real clock). */
	private readonly accessTokens = new Map<string, number>();

	/** Token IDs by token text, once the signature is verified; a tampered token is a different text. */
	private readonly verified = new Map<string, string>();

	private constructor(
		private readonly keys: KeyPair,
		private readonly settings: () => Settings,
	) {
		this.restore();
	}

	static async create(settings: () => Settings): Promise<Authorization> {
		return new Authorization(await generateKeyPair(ALGORITHM), settings);
	}

	/** The newest refresh token, revoked or not. */
	get refreshToken(): string {
		return this.currentRefreshToken;
	}

	/** Restores the initial state: the first refresh token and the API key are valid, no access token is. */
	restore(): void {
		this.revokeAccessTokens();
		this.refreshTokens.clear();
		this.currentRefreshToken = this.firstRefreshToken;
		this.refreshTokens.set(this.firstRefreshToken, { refusedFrom: Infinity });
		this.apiKeyRevoked = false;
	}

	revokeAccessTokens(): void {
		this.accessTokens.clear();
		this.verified.clear();
	}

	revokeRefreshTokens(): void {
		this.refreshTokens.clear();
	}

	revokeApiKey(): void {
		this.apiKeyRevoked = true;
	}

	/** Makes a new refresh token, as an administrator would; all older ones become invalid at once. */
	issueRefreshToken(): string {
		this.refreshTokens.clear();
		return this.addRefreshToken();
	}

	/** `POST authorization/token` (appspace-api.md 2.1). */
	async exchange(body: unknown): Promise<Answer> {
		const request = objectBody(body);
		if (request.grantType === 'apiKey') return await this.exchangeApiKey(request);
		if (request.grantType !== 'refreshToken')
			throw new Refusal(400, 'The grant type is not valid.');
		if (request.subjectType !== 'Application') {
			throw new Refusal(400, 'The subject type is not valid.');
		}
		const { subjectId, refreshToken } = request;
		if (typeof subjectId !== 'string' || typeof refreshToken !== 'string') {
			throw new Refusal(400, 'The subject id and the refresh token are required.');
		}
		const known = this.refreshTokens.get(refreshToken);
		const accepted = known !== undefined && Date.now() < known.refusedFrom;
		if (subjectId !== this.subjectId || !accepted) throw this.badCredentials();
		return await this.tokens(this.rotated(refreshToken));
	}

	/** Throws a Refusal unless the request carries a valid access token or the API key. */
	async check(credentials: Credentials): Promise<void> {
		if (this.carriesApiKey(credentials)) return;
		const header = String(credentials.headers.authorization ?? '');
		const token = /^Bearer (\S+)$/i.exec(header)?.[1];
		if (token && (await this.isInForce(token))) return;
		throw new Refusal(
			this.settings().expiredStatus,
			token ? 'The access token is invalid or has expired.' : 'Authorization has been denied.',
		);
	}

	/** An exchange with the API key. This is a guess, and works only if the seed drew this placement. */
	private async exchangeApiKey(request: Record<string, unknown>): Promise<Answer> {
		if (this.settings().apiKeyPlacement.kind !== 'exchange') {
			throw new Refusal(400, 'The grant type is not valid.');
		}
		if (typeof request.apiKey !== 'string') throw new Refusal(400, 'The API key is required.');
		if (!this.isApiKey(request.apiKey)) throw this.badCredentials();
		return await this.tokens(this.currentRefreshToken);
	}

	private carriesApiKey({ headers, query }: Credentials): boolean {
		const { kind, name = '' } = this.settings().apiKeyPlacement;
		if (kind === 'bearer')
			return this.isApiKey(/^Bearer (.+)$/.exec(String(headers.authorization))?.[1]);
		if (kind === 'header') return this.isApiKey(headers[name.toLowerCase()]);
		if (kind === 'query') return this.isApiKey(query[name.toLowerCase()]);
		return false;
	}

	private isApiKey(given: unknown): boolean {
		return !this.apiKeyRevoked && given === this.apiKey;
	}

	/** Accepts only tokens that this tenant signed and still remembers; its memory decides, not `exp`. */
	private async isInForce(token: string): Promise<boolean> {
		const id = this.verified.get(token) ?? (await this.verify(token));
		const until = id === undefined ? undefined : this.accessTokens.get(id);
		return until !== undefined && Date.now() < until;
	}

	/** The `jti` of a token with a valid signature. */
	private async verify(token: string): Promise<string | undefined> {
		try {
			await compactVerify(token, this.keys.publicKey);
		} catch {
			return undefined;
		}
		const { jti } = decodeJwt(token);
		if (jti !== undefined) this.verified.set(token, jti);
		return jti;
	}

	private async tokens(refreshToken: string): Promise<Answer> {
		const { tokenLifetime } = this.settings();
		return indentedJson(200, {
			accessToken: await this.accessToken(tokenLifetime),
			refreshToken,
			idToken: await this.sign({}),
			...this.announced('expiresIn', tokenLifetime),
			...this.announced('refreshTokenExpiresIn', REFRESH_TOKEN_LIFETIME),
			tokenType: 'Bearer',
		});
	}

	private announced(name: string, seconds: number): Record<string, unknown> {
		const { expiresIn } = this.settings();
		if (expiresIn === 'missing') return {};
		return { [name]: { number: seconds, text: String(seconds), nonsense: 'soon' }[expiresIn] };
	}

	private async accessToken(lifetime: number): Promise<string> {
		const { jwtExpiry, clockOffset } = this.settings();
		const jti = randomUUID();
		const now = Date.now();
		this.accessTokens.set(jti, now + lifetime * 1000);
		const iat = Math.floor(now / 1000 + clockOffset);
		const times = jwtExpiry ? { iat, exp: iat + lifetime } : {};
		return await this.sign({ jti, ...times });
	}

	private async sign(claims: Record<string, unknown>): Promise<string> {
		return await new SignJWT({ sub: this.subjectId, ...claims })
			.setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
			.sign(this.keys.privateKey);
	}

	/** The refresh token to return after `used` was accepted. */
	private rotated(used: string): string {
		const { rotation, rotationLeeway } = this.settings();
		if (rotation === 'none') return used;
		const superseded = rotation === 'singleUse' ? [used] : [...this.refreshTokens.keys()];
		for (const token of superseded) {
			const known = this.refreshTokens.get(token);
			if (known)
				known.refusedFrom = Math.min(known.refusedFrom, Date.now() + rotationLeeway * 1000);
		}
		return this.addRefreshToken();
	}

	private addRefreshToken(): string {
		this.currentRefreshToken = randomUUID();
		this.refreshTokens.set(this.currentRefreshToken, { refusedFrom: Infinity });
		return this.currentRefreshToken;
	}

	private badCredentials(): Refusal {
		return new Refusal(
			this.settings().badCredentialsStatus,
			'The subject id or the refresh token is not valid.',
		);
	}
}
