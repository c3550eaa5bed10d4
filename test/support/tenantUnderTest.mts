import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox, type Settings } from '../../sandbox/server.mts';
import { apiCalls, appspaceNode } from './appspaceNode.mts';
import type { CredentialStore } from './credentialStore.mts';
import { run } from './engine.mts';
import type { RunResult } from './runResult.mts';
import { sandboxCredential } from './sandboxCredential.mts';

export type Parameters = Record<string, unknown>;

/** A sandbox that all tests of a file share, with ways to run one operation against it. */
export interface TenantUnderTest {
	readonly sandbox: Sandbox;
	readonly tenant: Sandbox['tenant'];
	readonly credentials: CredentialStore;
	/** Runs an operation once, such as `reservation.create`. */
	execute(operation: `${string}.${string}`, parameters?: Parameters): Promise<RunResult>;
	/** The same for an operation that has to succeed. Returns its records. */
	records(operation: `${string}.${string}`, parameters?: Parameters): Promise<IDataObject[]>;
	/** The requests to the tenant with this method and a path that ends like this. */
	sent(method: string, path: string): ReturnType<typeof apiCalls>;
}

/**
 * Starts the sandbox before the tests of a file and restores its data before each test, but not its
 * tokens: a reset would revoke the one in use.
 * @param settings the settings before each test
 */
export function tenantUnderTest(settings: Partial<Settings> = {}): TenantUnderTest {
	let sandbox: Sandbox;
	let credentials: CredentialStore;
	let atStart: Sandbox['tenant'];
	beforeAll(async () => {
		sandbox = await startSandbox();
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

	const under: TenantUnderTest = {
		get sandbox() {
			return sandbox;
		},
		get tenant() {
			return sandbox.tenant;
		},
		get credentials() {
			return credentials;
		},
		execute: async (operation, parameters) =>
			await run({ credentials, nodes: [appspaceNode(operation, parameters)] }),
		records: async (operation, parameters) => {
			const { error, items } = await under.execute(operation, parameters);
			expect(error).toBeUndefined();
			return items().map(({ json }) => json);
		},
		sent: (method, path) =>
			apiCalls(sandbox).filter((call) => call.method === method && call.path.endsWith(path)),
	};
	return under;
}
