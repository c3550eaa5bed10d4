import { LIST } from '../../nodes/Appspace/runtime/listOfLocators.ts';
import { isLocator } from '../../nodes/Appspace/runtime/parameterValues.ts';
import type { RecordedRequest, Sandbox } from '../../sandbox/server.mts';
import type { NodeUnderTest } from './workflow.mts';

/** An Appspace node for an operation, such as `channel.getAll`, with the credential that it uses. */
export function appspaceNode(
	operation: `${string}.${string}`,
	parameters: Record<string, unknown> = {},
	more: Partial<NodeUnderTest> = {},
): NodeUnderTest {
	const [resource, value] = operation.split('.');
	return {
		name: 'Appspace',
		type: 'appspace',
		parameters: { resource, operation: value, ...parameters },
		...(resource?.startsWith('scim') && { credential: 'scim' }),
		...more,
	};
}

/** A resource locator as the editor stores it. */
export function locator(value: unknown, mode: 'list' | 'id' = 'id') {
	return { __rl: true, mode, value };
}

/**
 * A list of locators as the editor stores it, with an entry for each of these: values, or locators. n8n drops
 * a list in any other form.
 */
export function locators(...values: unknown[]) {
	const entries = values.map((value) => ({ id: isLocator(value) ? value : locator(value) }));
	return { [LIST]: entries };
}

export type ApiCall = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>;

/** The requests to the tenant, in order of arrival, without those for tokens. */
export function apiCalls(sandbox: Sandbox): ApiCall[] {
	return sandbox.requests
		.filter(({ path }) => path !== '/api/v3/authorization/token')
		.map(({ method, path, query, body }) => ({ method, path, query, body }));
}

/** A request for this path below `/api/v3/`, as `apiCalls` shows it. */
export function getCall(path: string, query: Record<string, string> = {}): ApiCall {
	return { method: 'GET', path: `/api/v3/${path}`, query, body: undefined };
}
