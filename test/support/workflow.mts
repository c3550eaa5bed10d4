import type {
	IConnections,
	IDataObject,
	INode,
	INodeCredentials,
	INodeParameters,
	OnError,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore.mts';
import type { InstalledPackage } from './installedPackage.mts';

/** A node of a workflow under test. */
export interface NodeUnderTest {
	name: string;
	/** `appspace` means `n8n-nodes-appspace.appspace`; `noOp` and `httpRequest` are test nodes. */
	type: string;
	parameters: Record<string, unknown>;
	/** ID in the credential store; default `main`. */
	credential?: string;
	onError?: OnError;
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds. */
	waitBetweenTries?: number;
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
}

/** The part of a workflow, as n8n exports it, that the engine needs. */
export interface WorkflowJson {
	nodes: INode[];
	connections: IConnections;
	settings?: IDataObject;
}

export const triggerName = 'When clicking "Execute workflow"';

const trigger: INode = {
	id: 'trigger',
	name: triggerName,
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Each node's first output feeds the next node. */
const chain = (names: string[]): IConnections =>
	Object.fromEntries(
		names
			.slice(1)
			.map((name, index) => [
				names[index],
				{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
			]),
	);

/** The credentials that a node type can use, each set to `id` if the store has that type. */
export function credentialsOf(
	installed: InstalledPackage,
	node: Pick<INode, 'type' | 'parameters'>,
	store: CredentialStore,
	id: string,
): INodeCredentials | undefined {
	const { description } = installed.nodeTypes([]).getByNameAndVersion(node.type);
	const names = (description.credentials ?? []).map(({ name }) => name);
	const { nodeCredentialType } = node.parameters;
	if (typeof nodeCredentialType === 'string') names.push(nodeCredentialType);
	const usable = names.filter((name) => !store.has(id) || store.typeOf(id) === name);
	return usable.length === 0
		? undefined
		: Object.fromEntries(usable.map((name) => [name, { id, name: `Credential ${id}` }]));
}

/** The nodes behind a manual trigger, linked one after another unless `connections` says otherwise. */
export function chainedWorkflow(
	installed: InstalledPackage,
	nodes: NodeUnderTest[],
	store: CredentialStore,
	connections?: IConnections,
): WorkflowJson {
	const built = nodes.map(({ type, parameters, credential = 'main', ...rest }, index): INode => {
		const node = { type: installed.fullType(type), parameters: parameters as INodeParameters };
		return {
			id: `node-${index}`,
			typeVersion: 1,
			position: [(index + 1) * 220, 0],
			...rest,
			...node,
			credentials: credentialsOf(installed, node, store, credential),
		};
	});
	return {
		nodes: [trigger, ...built],
		connections: connections ?? chain([triggerName, ...built.map(({ name }) => name)]),
	};
}
