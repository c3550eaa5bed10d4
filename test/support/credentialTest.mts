import type {
	ICredentialTestRequest,
	ICredentialsDecrypted,
	INode,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData.mts';
import { StoreCredentialsHelper } from './credentialsHelper.mts';
import type { CredentialStore } from './credentialStore.mts';
import type { InstalledPackage } from './installedPackage.mts';
import { core, workflow as n8n } from './n8nModules.mts';

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** What n8n reads from the error of a test request. */
interface TestError extends Error {
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

const failed = (message: string): CredentialTestResult => ({ status: 'Error', message });

/** A node without code whose only parameter carries the credential's test request. */
function probeNode(type: string, { request }: ICredentialTestRequest): INodeType {
	return {
		description: {
			name: 'noOp',
			displayName: 'No Operation',
			group: ['organization'],
			version: 1,
			description: '',
			defaults: { name: 'No Operation' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
}

/** The text that n8n shows for a failed test request: rule, status text, code, or message. */
function verdictOf(error: TestError, rules: ICredentialTestRequest['rules'] = []): string {
	const { response, code } = error.cause ?? {};
	if (!response) return code ?? error.message;
	for (const rule of rules) {
		if (rule.type === 'responseCode' && rule.properties.value === response.status) {
			return rule.properties.message;
		}
	}
	return response.status < 199 || response.status > 299
		? response.statusText || `Received HTTP status code: ${response.status}`
		: error.message;
}

/** Runs a stored credential's test as n8n's Test button does, with the data stored now. */
export async function testStoredCredential(
	installed: InstalledPackage,
	store: CredentialStore,
	id: string,
): Promise<CredentialTestResult> {
	const type = store.typeOf(id);
	const { test } = installed.credentialType(type);
	if (!test) return failed('No testing function found for this credential.');

	const helper = new StoreCredentialsHelper(store, installed);
	const additionalData = additionalDataFor(helper);
	const decrypted: ICredentialsDecrypted = { id, name: `Credential ${id}`, type };
	try {
		decrypted.data = helper.withDefaults(additionalData, store.read(id), type, 'internal');
	} catch (error) {
		return failed((error as Error).message);
	}
	// The dialog's data replaces the stored credential wherever the engine asks for it.
	helper.getDecrypted = async () => decrypted.data ?? {};

	const probe = probeNode(type, test);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id, name: decrypted.name } },
	};
	const workflow = new n8n.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => probe,
			getByNameAndVersion: () => probe,
			getKnownTypes: () => ({}),
		},
	});
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		n8n.createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);

	let answer: INodeExecutionData[][] | null | undefined;
	try {
		answer = await new core.RoutingNode(context, probe, decrypted).runNode();
	} catch (error) {
		return failed(verdictOf(error as TestError, test.rules));
	}
	const body = answer?.[0]?.[0]?.json ?? {};
	for (const rule of test.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (body[rule.properties.key] === rule.properties.value) return failed(rule.properties.message);
	}
	return { status: 'OK', message: 'Connection successful!' };
}
