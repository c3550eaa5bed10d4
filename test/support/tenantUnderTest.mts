import {
	startSandbox,
	type Sandbox,
	type SandboxOptions,
	type Settings,
} from '../../sandbox/server.mts';
import { apiCalls } from './appspaceNode.mts';
import type { CredentialStore } from './credentialStore.mts';
import { operationRuns, type OperationRuns } from './operationRuns.mts';
import { sandboxCredential } from './sandboxCredential.mts';

/** A sandbox that all tests of a file share, with ways to run one operation against it. */
export interface TenantUnderTest extends OperationRuns {
	readonly sandbox: Sandbox;
	readonly tenant: Sandbox['tenant'];
	readonly credentials: CredentialStore;
	/** The requests to the tenant with this method and a path that ends like this. */
	sent(method: string, path: string): ReturnType<typeof apiCalls>;
}

/**
 * Starts the sandbox before the tests of a file and restores its data before each test, but not its
 * tokens: a reset would revoke the one in use.
 * @param settings the settings before each test
 * @param size how many records the sandbox starts with
 */
export function tenantUnderTest(
	settings: Partial<Settings> = {},
	size: Pick<SandboxOptions, 'users' | 'channels' | 'devices'> = {},
): TenantUnderTest {
	let sandbox: Sandbox;
	let credentials: CredentialStore;
	let atStart: Sandbox['tenant'];
	beforeAll(async () => {
		sandbox = await startSandbox(size);
		credentials = sandboxCredential(sandbox);
		atStart = structuredClone(sandbox.tenant);
	});
	beforeEach(() => {
		Object.assign(sandbox.tenant, structuredClone(atStart));
		sandbox.set({
			...{ forbiddenPaths: [], undocumentedReply: 'drawn', reservable: 'both' },
			...{ spaceNetwork: 'building', floorFilters: 'honored', floorsShown: false },
			...{ fractions: 'whereThere', limitCap: null },
			customFields: 'list',
			...settings,
		});
		sandbox.clearFaults();
		sandbox.clearRequests();
	});
	afterAll(async () => await sandbox.close());

	return {
		get sandbox() {
			return sandbox;
		},
		get tenant() {
			return sandbox.tenant;
		},
		get credentials() {
			return credentials;
		},
		...operationRuns(() => credentials),
		sent: (method, path) =>
			apiCalls(sandbox).filter((call) => call.method === method && call.path.endsWith(path)),
	};
}
