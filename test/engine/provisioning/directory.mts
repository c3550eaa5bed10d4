import { ENTERPRISE } from '../../../sandbox/scim/accounts.mts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { appspaceNode } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { run, type Engine, type RunOptions } from '../../support/engine.mts';
import { scimCredential } from '../../support/sandboxCredential.mts';
import { EVERYTHING, startScimFront, type ScimFront } from '../../support/scimFront.mts';
import type { NodeUnderTest } from '../../support/workflow.mts';

export type User = Sandbox['tenant']['scimUsers'][number];

/** A directory with a front, so that a service can also be without what the RFC leaves open. */
export class Directory {
	private constructor(
		readonly sandbox: Sandbox,
		readonly front: ScimFront,
		readonly credentials: CredentialStore,
	) {}

	static async start(users: number): Promise<Directory> {
		const sandbox = await startSandbox({ seed: 5, users, settings: { groupSync: true } });
		const front = await startScimFront(sandbox.scimUrl);
		return new Directory(sandbox, front, scimCredential(front.url, sandbox.scimToken));
	}

	async close(): Promise<void> {
		await this.front.close();
		await this.sandbox.close();
	}

	get users(): User[] {
		return this.sandbox.tenant.scimUsers;
	}

	/** Puts these users in place of all others, and forgets past requests. */
	hold(
		users: Array<{ userName: string; active?: boolean; department?: string; externalId?: string }>,
	) {
		const [model] = this.users;
		const list = users.map(({ userName, active = true, department, externalId }, index): User => ({
			id: `u-${index}-${userName}`,
			userName,
			active,
			displayName: userName,
			emails: [{ value: userName, type: 'work', primary: true }],
			...(externalId !== undefined && { externalId }),
			[ENTERPRISE]: { employeeNumber: String(index), ...(department && { department }) },
			meta: model?.meta ?? {
				created: '2025-01-15T08:00:00Z',
				lastModified: '2025-01-15T08:00:00Z',
			},
		}));
		this.users.splice(0, Infinity, ...list);
		for (const group of this.sandbox.tenant.scimGroups) group.members = [];
		this.front.options = EVERYTHING;
		this.front.requests.length = 0;
	}

	get writes() {
		return this.front.requests.filter(({ method }) => method !== 'GET');
	}

	/** Runs the operation with a row of the list for each item. */
	async run(
		operation: `${string}.${string}`,
		parameters: Record<string, unknown>,
		input: NonNullable<RunOptions['input']> = [{}],
		more: Partial<NodeUnderTest> & Pick<RunOptions, 'cancelAfter'> & { engine?: Engine } = {},
	) {
		const { cancelAfter, engine, ...node } = more;
		const execute = engine ? async (options: RunOptions) => await engine.run(options) : run;
		return await execute({
			credentials: this.credentials,
			input,
			cancelAfter,
			nodes: [appspaceNode(operation, parameters, node)],
		});
	}
}

/** Department of a user, as the service keeps it. */
export function departmentOf(user: User | undefined): unknown {
	return (user?.[ENTERPRISE] as { department?: unknown } | undefined)?.department;
}
