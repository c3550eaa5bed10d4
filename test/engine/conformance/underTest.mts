import { checkConformance, type Findings } from '../../../conformance/conformance.mts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server.mts';

/** Enough of everything for pages and filters, and no more. */
const SMALL = { users: 30, channels: 9, devices: 12, seed: 11 };

export async function smallSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	return await startSandbox({ ...SMALL, ...options });
}

/** The fields of a credential for a sandbox, with an API key in place of the other secrets if wished. */
export function credentialFor(
	{ url, subjectId, refreshToken, apiKey }: Sandbox,
	by: 'token' | 'key' = 'token',
): Record<string, string> {
	return by === 'key'
		? { baseUrl: url, authentication: 'apiKey', apiKey }
		: { baseUrl: url, authentication: 'applicationToken', subjectId, refreshToken };
}

/** The check as `npm run conformance` runs it, at full rate. */
export async function check(sandbox: Sandbox, by: 'token' | 'key' = 'token'): Promise<Findings> {
	return await checkConformance(credentialFor(sandbox, by), { perSecond: Infinity });
}

/** The topics that were found, with the endpoint where there is one. */
export function topicsOf({ findings }: Findings): Set<string> {
	return new Set(
		findings.flatMap(({ topic, endpoint }) =>
			endpoint ? [topic, `${topic} ${endpoint}`] : [topic],
		),
	);
}
