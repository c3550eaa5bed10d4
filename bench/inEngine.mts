import { appspaceNode, locator } from '../test/support/appspaceNode.mts';
import { anotherProcess, listSearch, run, type Engine } from '../test/support/engine.mts';
import { sandboxCredential } from '../test/support/sandboxCredential.mts';
import type { CredentialStore } from '../test/support/credentialStore.mts';
import type { NodeUnderTest } from '../test/support/workflow.mts';
import { timed, type Contender } from './compare.mts';
import { APPSPACE, HTTP_HELPER } from './names.mts';
import type { BenchTenant } from './tenant.mts';

/** Tasks for n8n's engine in this process. The credential's token is valid unless the task says otherwise. */
export class InEngine {
	private readonly store: CredentialStore;

	constructor(private readonly tenant: BenchTenant) {
		this.store = sandboxCredential(tenant);
	}

	/** Gets a user for each item. */
	items(ids: string[], options: { itemsAtOnce?: number } = {}): Contender {
		const userId = locator('={{ $json.userId }}');
		const node = appspaceNode('user.get', { userId, simplify: false, options });
		return this.contender(APPSPACE, node, ids, ids.length);
	}

	/** The same with the request helper of n8n's HTTP Request node, which sends all items at once. */
	httpItems(ids: string[]): Contender {
		const node: NodeUnderTest = {
			name: 'HTTP Request',
			type: 'httpRequest',
			parameters: {
				url: `=${this.tenant.url}/api/v3/users/{{ $json.userId }}`,
				nodeCredentialType: 'appspaceApi',
			},
		};
		return this.contender(HTTP_HELPER, node, ids, ids.length);
	}

	/** Lists all users of the tenant. */
	list(users: number, pageSize: number): Contender {
		return this.contender(APPSPACE, listing(pageSize), [''], users);
	}

	/** Lists this many users of the tenant over SCIM. */
	scimList(users: number): Contender {
		const parameters = { limit: users, simplify: false };
		return this.contender(APPSPACE, appspaceNode('scimUser.getAll', parameters), [''], users);
	}

	/** The same with another build of the package. */
	async timeList(engine: Engine, pageSize: number): Promise<number> {
		const nodes = [listing(pageSize)];
		return await timed(async () => await engine.run({ credentials: this.store, nodes }));
	}

	/** The users themselves, to measure their memory. */
	async keepList(pageSize: number): Promise<unknown> {
		return await run({ credentials: this.store, nodes: [listing(pageSize)] });
	}

	/** One call in an n8n that has just started, with a credential that has no token yet. */
	firstCall(): Contender {
		return {
			...this.validCall(),
			name: 'first call, no token yet',
			run: async () => {
				const started = await anotherProcess();
				return await timedCall(
					async (options) => await started.run(options),
					sandboxCredential(this.tenant),
				);
			},
		};
	}

	/** One call with a token that has expired since the last one. */
	callAfterExpiry(): Contender {
		return {
			...this.validCall(),
			name: 'token expired',
			run: async () => {
				const record = JSON.parse(String(this.store.read('main').accessTokenRecord)) as object;
				const accessTokenRecord = JSON.stringify({ ...record, issuedAt: 0 });
				this.store.write('main', { accessTokenRecord });
				return await timedCall(run, this.store);
			},
		};
	}

	validCall(): Contender {
		const once = async () => await timedCall(run, this.store);
		return { name: 'token valid', records: 1, run: once };
	}

	/** A page of the list behind a picker. */
	picker(name: string, filter?: string): Contender {
		return {
			name,
			records: 1,
			run: async () =>
				await timed(async () => {
					const options = { method: 'searchUsers', filter, credentials: this.store };
					const { results } = await listSearch(options);
					if (results.length === 0) throw new Error('The picker found nothing.');
				}),
		};
	}

	private contender(name: string, node: NodeUnderTest, ids: string[], records: number): Contender {
		const input = ids.map((userId) => ({ userId }));
		return {
			name,
			records,
			run: async () =>
				await timed(async () => {
					const result = await run({ credentials: this.store, input, nodes: [node] });
					if (result.error) throw new Error(result.error.message);
					const count = result.items().length;
					if (count !== records) throw new Error(`${name} got ${count} records.`);
				}),
		};
	}
}

async function timedCall(execute: typeof run, credentials: CredentialStore): Promise<number> {
	return await timed(async () => {
		const { error } = await execute({ credentials, nodes: [appspaceNode('user.getCurrent')] });
		if (error) throw new Error(error.message);
	});
}

function listing(pageSize: number): NodeUnderTest {
	return appspaceNode('user.getAll', { returnAll: true, simplify: false, options: { pageSize } });
}
