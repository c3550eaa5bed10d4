import type { Sandbox } from '../../sandbox/server.mts';
import { CredentialStore } from './credentialStore.mts';

/** A credential for this sandbox as a user fills it in, stored as `main`. */
export function sandboxCredential(
	{ url, subjectId, refreshToken }: Pick<Sandbox, 'url' | 'subjectId' | 'refreshToken'>,
	changes: Record<string, string> = {},
): CredentialStore {
	const data = { baseUrl: url, authentication: 'applicationToken', subjectId, refreshToken };
	return new CredentialStore({ main: { type: 'appspaceApi', data: { ...data, ...changes } } });
}
