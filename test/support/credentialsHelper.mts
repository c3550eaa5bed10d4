import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	NodeParameterValueType,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore.mts';
import type { InstalledPackage } from './installedPackage.mts';
import { core, workflow as n8n } from './n8nModules.mts';

type Data = ICredentialDataDecryptedObject;

const placeholderNode: INode = {
	id: '',
	name: '',
	typeVersion: 1,
	type: 'n8n-nodes-base.noOp',
	position: [0, 0],
	parameters: {},
};

/** True for a value that n8n resolves on each read and never overwrites with a hook's result. */
const isExpression = (value: unknown): boolean =>
	typeof value === 'string' && value.startsWith('=');

/** The hook gets only `helpers.httpRequest`, restricted to the credential's own domains. */
function helpersOfHook({ helpers }: IHttpRequestHelper, credentials: Data): IHttpRequestHelper {
	return {
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				const allowedDomains = n8n.getCredentialOwnRequestAllowedDomains?.(credentials);
				return await helpers.httpRequest(
					allowedDomains === undefined ? options : { ...options, allowedDomains },
				);
			},
		},
	};
}

/**
 * n8n's handling of credentials over an in-memory store, rule by rule as in n8n 2.41 (n8n-platform.md 1).
 * This part belongs to the n8n application, so it is the same for every version of n8n-core that the
 * tests run on.
 */
export class StoreCredentialsHelper implements ICredentialsHelper {
	constructor(
		private readonly store: CredentialStore,
		private readonly installed: InstalledPackage,
	) {}

	getParentTypes(name: string): string[] {
		return this.installed.credentialType(name).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: Data,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.installed.credentialType(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (authenticate === undefined) return options;

		const resolve = (value: string): string =>
			isExpression(value)
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							value,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) || '',
					)
				: value;
		const target = options as unknown as Record<string, Record<string, string> | undefined>;
		target.headers ??= {};
		for (const [part, values] of Object.entries(authenticate.properties)) {
			for (const [key, value] of Object.entries(values as Record<string, string>)) {
				(target[part] ??= {})[resolve(key)] = resolve(value);
			}
		}
		return options;
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: Data,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<Data | undefined> {
		const type = this.installed.credentialType(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (expirable === undefined || type.preAuthentication === undefined) return undefined;
		if (credentials[expirable] !== '' && !credentialsExpired) return undefined;

		const output = (await type.preAuthentication.call(
			helpersOfHook(helpers, credentials),
			credentials,
		)) as Data;
		if (output[expirable] === undefined) return undefined;
		const reference = node.credentials?.[type.name];
		if (reference === undefined) return undefined;

		const stored = await this.loadStored(reference, typeName);
		const accepted = Object.entries(output).filter(
			([key]) => key === expirable || !isExpression(stored[key]),
		);
		await this.updateCredentials(reference, typeName, {
			...stored,
			...Object.fromEntries(accepted),
		});
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: Data,
		typeName: string,
	): Promise<Data | undefined> {
		const { preAuthentication } = this.installed.credentialType(typeName);
		return (await preAuthentication?.call(helpersOfHook(helpers, credentials), credentials)) as
			Data | undefined;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<Data> {
		const stored = await this.loadStored(nodeCredentials, type);
		return raw
			? stored
			: this.withDefaults(additionalData, stored, type, mode, executeData, resolveValues);
	}

	/** Only declared properties, with their defaults, without hidden ones, with expressions resolved. */
	withDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: Data,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Data {
		const data = n8n.NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as never,
			true,
			false,
			null,
			null,
		) as Data;
		for (const key of ['allowedHttpRequestDomains', 'allowedDomains']) {
			if (data[key] === undefined && stored[key] !== undefined) data[key] = stored[key];
		}
		const keys = core.getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (resolveValues) {
			const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } =
				resolveValues;
			return workflow.expression.getParameterValue(
				data as NodeParameterValueType,
				runExecutionData,
				runIndex,
				itemIndex,
				node.name,
				connectionInputData,
				mode,
				keys,
				executeData,
				false,
				data as never,
			) as Data;
		}
		const { expression } = new n8n.Workflow({
			nodes: [placeholderNode],
			connections: {},
			active: false,
			nodeTypes: this.installed.nodeTypes([]),
		});
		return expression.getComplexParameterValue(
			placeholderNode,
			data as INodeParameters,
			mode,
			keys,
			undefined,
			undefined,
			data as never,
		) as Data;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.installed.credentialType(type).properties;
	}

	async updateCredentials(
		nodeCredentials: INodeCredentialsDetails,
		_type: string,
		data: Data,
	): Promise<void> {
		await this.store.save(nodeCredentials.id ?? '', data);
	}

	async updateCredentialsOauthTokenData(): Promise<never> {
		throw new Error('No credential of this package uses OAuth.');
	}

	async getCredentials(): Promise<never> {
		throw new Error('The engine does not ask for encrypted credentials.');
	}

	private async loadStored({ id, name }: INodeCredentialsDetails, type: string): Promise<Data> {
		if (!id) throw new Error(`Found credential with no ID: "${name}"`);
		if (!this.store.has(id) || this.store.typeOf(id) !== type) {
			throw new Error(`Credential with ID "${id}" does not exist for type "${type}".`);
		}
		return await this.store.load(id);
	}
}
