import type { UserFolder } from './userFolder.mts';

export interface EnvironmentOptions {
	userFolder: UserFolder;
	/** The port of the editor and REST API. */
	port: number;
	/** The port of the task broker; each n8n process needs a separate one. */
	brokerPort: number;
	logLevel: 'error' | 'warn' | 'info' | 'debug';
}

/** Features of n8n that phone home, slow down the start, or are unrelated to running a node. */
const disabledModules = [
	'mcp-registry',
	'mcp',
	'instance-ai',
	'agents',
	'chat-hub',
	'workflow-builder',
	'insights',
	'otel',
	'sso-oidc',
	'sso-saml',
	'ldap',
	'source-control',
	'external-secrets',
];

/** The environment of an n8n that listens only on loopback and connects only to the server under test. */
export function quietEnvironment({
	userFolder,
	port,
	brokerPort,
	logLevel,
}: EnvironmentOptions): Record<string, string> {
	return {
		N8N_USER_FOLDER: userFolder.path,
		N8N_ENCRYPTION_KEY: userFolder.encryptionKey,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_LOG_LEVEL: logLevel,
		// Plain HTTP on loopback: the browser would never return a secure cookie.
		N8N_SECURE_COOKIE: 'false',

		// External task runners without a runner: nothing starts, and the Code node does not run.
		N8N_RUNNERS_MODE: 'external',
		N8N_RUNNERS_AUTH_TOKEN: userFolder.encryptionKey,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		// isolated-vm is not built, see install.mts.
		N8N_EXPRESSION_ENGINE: 'legacy',
		N8N_PYTHON_ENABLED: 'false',

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: disabledModules.join(','),
		EXECUTIONS_DATA_PRUNE: 'false',
	};
}
