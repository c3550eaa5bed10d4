import type {
	ICredentialType,
	IDataObject,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { assertFreshBuild } from './freshBuild.mts';
import { core, workflow } from './n8nModules.mts';
import { builtInNodes, manualTrigger } from './testNodes.mts';

/** A built package, loaded as n8n loads an installed one. */
export interface InstalledPackage {
	/** The credential type by name; throws n8n's own error for an unknown one. */
	credentialType(name: string): ICredentialType;
	/** The package's nodes and the test nodes, with a manual trigger that outputs `input`. */
	nodeTypes(input: IDataObject[]): INodeTypes;
	/** `appspace` becomes `n8n-nodes-appspace.appspace`, `noOp` becomes `n8n-nodes-base.noOp`. */
	fullType(type: string): string;
}

/** Loads the package in `folder` (its `dist`, as named in its package.json). */
export async function loadPackage(folder: string): Promise<InstalledPackage> {
	// A copy for another process has the times at which it was copied.
	if (folder === process.cwd()) assertFreshBuild(folder);
	const loader = new core.PackageDirectoryLoader(folder);
	await loader.loadAll();
	const { packageName } = loader;

	for (const { type } of Object.values(loader.credentialTypes)) {
		// n8n gives every credential the two fields that restrict it to domains; old versions do not.
		type.properties = workflow.injectDomainRestrictionFields?.(type) ?? type.properties;
	}

	const find = (fullName: string, input: IDataObject[]): INodeType | IVersionedNodeType => {
		if (fullName === 'n8n-nodes-base.manualTrigger') return manualTrigger(input);
		const builtIn = builtInNodes[fullName];
		if (builtIn) return builtIn;
		const [from, name = ''] = fullName.split('.');
		// n8n has a twin of each node that agents can use, whose type ends in "Tool".
		if (from === packageName) return loader.getNode(name.replace(/Tool$/, '')).type;
		throw new Error(`This engine knows no node type "${fullName}".`);
	};

	return {
		credentialType: (name) => loader.getCredential(name).type,
		nodeTypes: (input) => ({
			getByName: (name) => find(name, input),
			getByNameAndVersion: (name, version) =>
				workflow.NodeHelpers.getVersionedNodeType(find(name, input), version),
			getKnownTypes: () => ({}),
		}),
		fullType: (type) => {
			if (type.includes('.')) return type;
			const builtIn = `n8n-nodes-base.${type}`;
			return builtIn in builtInNodes ? builtIn : `${packageName}.${type}`;
		},
	};
}
