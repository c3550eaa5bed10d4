import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import type { CredentialStore } from './credentialStore.mts';
import { operationRuns, type OperationRuns } from './operationRuns.mts';
import { scimCredential } from './sandboxCredential.mts';
import { EVERYTHING, startScimFront, type FrontRequest, type ScimFront } from './scimFront.mts';

type Tenant = Sandbox['tenant'];

/** A front that all tests of a file share, with ways to run one operation against it. */
export interface ScimFrontUnderTest extends OperationRuns {
	readonly front: ScimFront;
	readonly tenant: Tenant;
	readonly credentials: CredentialStore;
	users(): Tenant['scimUsers'];
	groups(): Tenant['scimGroups'];
	writes(): FrontRequest[];
}

/**
 * Starts a sandbox and the front for its SCIM service before the tests of a file. Restores its data and
 * what the front offers, which is everything, before each test.
 * @param users how many users the sandbox has
 * @param prepare changes the data that each test starts with
 */
export function scimFrontUnderTest(
	users: number,
	prepare?: (tenant: Tenant) => void,
): ScimFrontUnderTest {
	let sandbox: Sandbox;
	let front: ScimFront;
	let credentials: CredentialStore;
	let atStart: Tenant;
	beforeAll(async () => {
		sandbox = await startSandbox({ users });
		front = await startScimFront(sandbox.scimUrl);
		credentials = scimCredential(front.url, sandbox.scimToken);
		prepare?.(sandbox.tenant);
		atStart = structuredClone(sandbox.tenant);
	});
	beforeEach(() => {
		Object.assign(sandbox.tenant, structuredClone(atStart));
		front.options = EVERYTHING;
		front.requests.length = 0;
	});
	afterAll(async () => {
		await front.close();
		await sandbox.close();
	});
	return {
		get front() {
			return front;
		},
		get tenant() {
			return sandbox.tenant;
		},
		get credentials() {
			return credentials;
		},
		...operationRuns(() => credentials),
		users: () => sandbox.tenant.scimUsers,
		groups: () => sandbox.tenant.scimGroups,
		writes: () => front.requests.filter(({ method }) => method !== 'GET'),
	};
}
