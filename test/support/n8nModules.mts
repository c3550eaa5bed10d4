import type { Container as DependencyContainer } from '@n8n/di';
import type * as Core from 'n8n-core';
import type * as WorkflowModule from 'n8n-workflow';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/**
 * n8n's engine, from the folder that the environment variable `N8N_CORE` names (it contains
 * `node_modules`), or else from this project. All differences between versions of n8n-core are handled
 * here.
 */
const load = createRequire(join(resolve(process.env.N8N_CORE ?? '.'), 'package.json'));

// The engine also logs what it reports in its result. It reads this variable when it is loaded.
process.env.N8N_LOG_LEVEL ??= 'silent';

export const workflow = load('n8n-workflow') as typeof WorkflowModule;
export const core = load('n8n-core') as typeof Core;
/** The services of that n8n-core; a second copy of the library would not know them. */
export const { Container } = createRequire(load.resolve('n8n-core'))('@n8n/di') as {
	Container: typeof DependencyContainer;
};

// n8n's own settings class writes an encryption key to the home directory, which nothing here needs.
Container.set(core.InstanceSettings, {
	instanceId: 'engine-tests',
	hmacSignatureSecret: 'engine-tests',
	instanceType: 'main',
	n8nFolder: '',
} as Core.InstanceSettings);

// In old versions this starts a timer that keeps the process alive; no test opens an SSH tunnel.
const { SSHClientsManager } = load('n8n-core/dist/execution-engine/ssh-clients-manager');
Container.set(SSHClientsManager, {});
