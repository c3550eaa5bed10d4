import type { Sandbox } from '../../sandbox/server.mts';
import { CredentialStore, type StoredCredential } from './credentialStore.mts';

/**
 * A credential for this sandbox as a user fills it in, stored as `main`, and, if its token is given, the
 * SCIM credential, stored as `scim`.
 */
export function sandboxCredential(
	{
		url,
		subjectId,
		refreshToken,
		scimToken,
	}: Pick<Sandbox, 'url' | 'subjectId' | 'refreshToken'> & Partial<Pick<Sandbox, 'scimToken'>>,
	changes: Record<string, string> = {},
): CredentialStore {
	const data = { baseUrl: url, authentication: 'applicationToken', subjectId, refreshToken };
	return new CredentialStore({
		main: { type: 'appspaceApi', data: { ...data, ...changes } },
		...(scimToken && { scim: scimEntry(url, scimToken) }),
	});
}

/** The SCIM credential alone, for a service at this address, stored as `scim`. */
export function scimCredential(url: string, scimToken: string = crypto.randomUUID()) {
	return new CredentialStore({ scim: scimEntry(url, scimToken) });
}

function scimEntry(baseUrl: string, scimToken: string): StoredCredential {
	return { type: 'appspaceScimApi', data: { baseUrl, scimToken } };
}
