import { equal, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import type { Context } from '../n8n/checks/context.mts';
import { N8nRest } from '../n8n/rest.mts';
import { appspaceNode, outputOf, startName, workflowOf } from '../n8n/workflow.mts';

/** A second user of the same n8n cannot use a credential that is not shared with them, in any way. */
export async function checkOtherUser(context: Context): Promise<void> {
	const tenant = await context.startTenant();
	const credential = await context.createCredential('Private', context.applicationToken(tenant));
	const member = await inviteMember(context);
	const node = appspaceNode({ resource: 'user', operation: 'getCurrent' }, credential);

	await rejects(async () => {
		const { id } = await member.createWorkflow(workflowOf(node));
		outputOf(await member.run(id, startName), node.name);
	});
	await rejects(member.call('GET', `/rest/credentials/${credential.id}?includeData=true`));
	await rejects(
		member.listSearch({
			...{ path: 'channelId', methodName: 'searchChannels' },
			node: appspaceNode({ resource: 'channel', operation: 'get' }, credential),
		}),
	);
	equal(tenant.requests.length, 0, 'Appspace got a request on behalf of another user');
	// The responses to the other user are also searched for secrets.
	context.rest.answers.push(...member.answers);
	// The credential itself works.
	await context.runNode(node);
}

async function inviteMember({ n8n, rest }: Context): Promise<N8nRest> {
	const email = 'member@example.com';
	const password = `N8n-${randomBytes(9).toString('base64url')}1`;
	const [invited] = await rest.call<Array<{ user: { inviteAcceptUrl: string } }>>(
		'POST',
		'/rest/invitations',
		[{ email, role: 'global:member' }],
	);
	const token = new URL(invited?.user.inviteAcceptUrl ?? '').searchParams.get('token');
	const member = new N8nRest(n8n.url);
	const name = { firstName: 'Test', lastName: 'Member' };
	await member.call('POST', '/rest/invitations/accept', { token, password, ...name });
	await member.login({ email, password });
	return member;
}
