import { startSandbox } from '../../sandbox/server.mts';
import { CredentialStore } from '../../test/support/credentialStore.mts';
import { sandboxCredential } from '../../test/support/sandboxCredential.mts';

/** The tenant that the workflow runs against. */
export interface OpenTenant {
	credentials: CredentialStore;
	description: string;
	isSandbox: boolean;
	/** Stops what was started; returns notices for the user. */
	close(): Promise<string[]>;
}

type Environment = Record<string, string | undefined>;

/** The tenant that the environment variables name, or a sandbox. Throws if only half of one is named. */
export async function openTenant(environment: Environment): Promise<OpenTenant> {
	const data = credentialIn(environment);
	return data ? ownTenant(data) : await sandboxTenant();
}

/**
 * The credential's fields, or undefined if the environment names no tenant.
 * @throws Error that says which variable is missing or redundant
 */
export function credentialIn(environment: Environment): Record<string, string> | undefined {
	const value = (name: string) => environment[`APPSPACE_${name}`]?.trim() ?? '';
	const [baseUrl, subjectId] = [value('BASE_URL'), value('SUBJECT_ID')];
	const [refreshToken, apiKey] = [value('REFRESH_TOKEN'), value('API_KEY')];
	if (!baseUrl && !subjectId && !refreshToken && !apiKey) return undefined;

	if (apiKey && (subjectId || refreshToken)) {
		throw new Error(
			'APPSPACE_API_KEY replaces APPSPACE_SUBJECT_ID and APPSPACE_REFRESH_TOKEN. Set the key or the other two.',
		);
	}
	const needed = apiKey
		? { BASE_URL: baseUrl }
		: { BASE_URL: baseUrl, SUBJECT_ID: subjectId, REFRESH_TOKEN: refreshToken };
	const missing = Object.entries(needed).filter(([, given]) => !given);
	if (missing.length > 0) {
		const names = missing.map(([name]) => `APPSPACE_${name}`).join(' and ');
		throw new Error(
			`To run against your own tenant, set ${names} too. To run against the sandbox, set no APPSPACE_ variable.`,
		);
	}
	return apiKey
		? { baseUrl, authentication: 'apiKey', apiKey }
		: { baseUrl, authentication: 'applicationToken', subjectId, refreshToken };
}

function ownTenant(data: Record<string, string>): OpenTenant {
	const credentials = new CredentialStore({ main: { type: 'appspaceApi', data } });
	return {
		credentials,
		description: `your own at ${data.baseUrl}, read-only`,
		isSandbox: false,
		close: async () =>
			credentials.read('main').refreshToken === data.refreshToken
				? []
				: [
						'Appspace issued another refresh token during this run, which was not kept. If yours no longer works, create a new one in the Appspace console.',
					],
	};
}

async function sandboxTenant(): Promise<OpenTenant> {
	const sandbox = await startSandbox({ users: 60, channels: 12 });
	return {
		credentials: sandboxCredential(sandbox),
		description: `a sandbox with 60 users and 12 channels at ${sandbox.url}`,
		isSandbox: true,
		close: async () => {
			await sandbox.close();
			return [];
		},
	};
}
