import type { INode } from 'n8n-workflow';

import { changes } from '../engine/trigger/changes.mts';
import { startMailServer, type MailServer } from '../support/mailServer.mts';
import { reply, startRawServer, type RawServer } from '../support/rawServer.mts';
import type { N8nRest, WorkflowBody } from './rest.mts';
import { EACH_SECOND, triggerNodeType } from './triggerWorkflow.mts';

/** Where the examples send messages until the user enters another address. */
const CHAT = 'https://chat.example.com/hooks/appspace';

/** The chat and the mail server that examples write to, on loopback ports. */
export class ExampleServices {
	private constructor(
		private readonly chat: RawServer,
		private readonly mail: MailServer,
		private readonly smtp: { id: string; name: string },
	) {}

	static async start(rest: N8nRest): Promise<ExampleServices> {
		const chat = await startRawServer(() => reply.json({ ok: true }));
		const mail = await startMailServer();
		const name = 'Mail';
		const data = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
		const id = await rest.createCredential({ name, type: 'smtp', data });
		return new ExampleServices(chat, mail, { id, name });
	}

	/** The example with an address, a mail account, polls each second, and short waits. */
	adapt(example: WorkflowBody): WorkflowBody {
		return { ...example, nodes: example.nodes.map((node) => this.adaptNode(node)) };
	}

	/** The messages and emails so far, without the line breaks that emails have in long lines. */
	sent(): string {
		const messages = [...this.chat.requests.map(({ body }) => body), ...this.mail.messages];
		return messages.join('\n').replaceAll('=\r\n', '');
	}

	async close(): Promise<void> {
		await Promise.all([this.chat.close(), this.mail.close()]);
	}

	private adaptNode(node: INode): INode {
		const { type, parameters } = node;
		return {
			...node,
			...(type === 'n8n-nodes-base.emailSend' && { credentials: { smtp: this.smtp } }),
			parameters: {
				...parameters,
				...(type === triggerNodeType && {
					...changes[String(parameters.event)]?.parameters,
					pollTimes: EACH_SECOND,
				}),
				...(type === 'n8n-nodes-base.wait' && { amount: 1, unit: 'seconds' }),
				...(parameters.url === CHAT && { url: this.chat.url }),
			} as INode['parameters'],
		};
	}
}
