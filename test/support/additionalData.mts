import type {
	ICredentialsHelper,
	INodeParameters,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { core } from './n8nModules.mts';

const unused = async (): Promise<never> => {
	throw new Error('The engine of the tests does not offer this.');
};

const baseUrl = 'http://127.0.0.1/';

/** What n8n's engine needs from the application around it. */
export function additionalDataFor(
	credentialsHelper: ICredentialsHelper,
	currentNodeParameters?: INodeParameters,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper,
		currentNodeParameters,
		currentNodeExecutionIndex: 0,
		executionId: 'test',
		variables: {},
		externalSecretsProxy: new core.ExternalSecretsProxy(),
		restApiUrl: baseUrl,
		instanceBaseUrl: baseUrl,
		formBaseUrl: baseUrl,
		formWaitingBaseUrl: baseUrl,
		formTestBaseUrl: baseUrl,
		webhookBaseUrl: baseUrl,
		webhookWaitingBaseUrl: baseUrl,
		webhookTestBaseUrl: baseUrl,
		mcpBaseUrl: baseUrl,
		mcpTestBaseUrl: baseUrl,
		executeWorkflow: unused,
		getRunExecutionData: unused,
		getRuntimeCredential: unused,
		startRunnerTask: unused,
		setExecutionStatus: () => {},
		logAiEvent: () => {},
	};
}

/** Lifecycle hooks without listeners. */
export const silentHooks = (mode: WorkflowExecuteMode): unknown =>
	new core.ExecutionLifecycleHooks(mode, 'test', { id: 'test', name: 'Test' } as IWorkflowBase);
