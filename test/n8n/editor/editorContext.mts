import type { Sandbox } from '../../../sandbox/server.mts';
import type { Editor } from '../browser.mts';
import type { Instance } from '../instance.mts';
import type { Report } from '../report.mts';
import type { CredentialReference } from '../workflow.mts';

/** What all checks of the editor share: a browser that is signed in, a tenant, and its credentials. */
export interface EditorContext {
	report: Report;
	instance: Instance;
	editor: Editor;
	sandbox: Sandbox;
	credentials: Record<'appspaceApi' | 'appspaceScimApi', CredentialReference>;
}
