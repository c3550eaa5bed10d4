import { equal, match } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';

import type { Context } from '../n8n/checks/context.mts';
import type { WorkflowBody } from '../n8n/rest.mts';
import {
	appspaceNode,
	outputOf,
	startName,
	workflowOf,
	type CredentialReference,
} from '../n8n/workflow.mts';

const FINISHED = 'These are two users.';

interface Message {
	role: string;
	content: unknown;
}

/** n8n's AI Agent uses the node as a tool and fills in a parameter. A script plays the model. */
export async function checkAgent(context: Context): Promise<void> {
	const { report, rest, tenant } = context;
	report.section('AI agent');
	const model = await startModel({ Limit: 2 });
	try {
		const credential = await context.createCredential('Agent', context.applicationToken(tenant));
		const key = { name: 'Model', type: 'openAiApi', data: { apiKey: 'none', url: model.url } };
		const modelCredential = { id: await rest.createCredential(key), name: key.name };
		const tool: INode = {
			...appspaceNode(
				{
					...{ resource: 'user', operation: 'getAll' },
					limit: "={{ $fromAI('Limit', 'How many users', 'number') }}",
				},
				credential,
			),
			...{ name: 'Get users in Appspace', type: 'n8n-nodes-appspace.appspaceTool' },
		};
		await report.check('an agent lists as many users as it asks for', async () => {
			const { id } = await rest.createWorkflow(agentWorkflow(tool, modelCredential));
			const [item] = outputOf(await rest.run(id, startName), 'AI Agent');
			equal(item?.json.output, FINISHED);
			equal(model.answers.length, 1, 'answers of the tool');
			const users = usersIn(model.answers[0]);
			equal(users.length, 2, JSON.stringify(model.answers[0]));
			match(String(users[0]?.id), /^[0-9a-f-]{36}$/);
		});
	} finally {
		await model.close();
	}
}

function agentWorkflow(tool: INode, modelCredential: CredentialReference): WorkflowBody {
	const agent: INode = {
		id: randomUUID(),
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 2,
		position: [220, 0],
		parameters: { promptType: 'define', text: 'List two users.', options: {} },
	};
	const model: INode = {
		id: randomUUID(),
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		position: [120, 200],
		parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
		credentials: { openAiApi: modelCredential },
	};
	const body = workflowOf(agent);
	const to = (type: 'ai_languageModel' | 'ai_tool'): IConnections[string] => ({
		[type]: [[{ node: agent.name, type, index: 0 }]],
	});
	return {
		...body,
		nodes: [...body.nodes, model, tool],
		connections: {
			...body.connections,
			...{ [model.name]: to('ai_languageModel'), [tool.name]: to('ai_tool') },
		},
	};
}

/** A chat model on loopback that calls the first tool with these arguments, and then finishes. */
async function startModel(toolArguments: IDataObject) {
	const answers: unknown[] = [];
	const app = fastify({ forceCloseConnections: true });
	app.post<{ Body: { messages: Message[]; tools?: Array<{ function: { name: string } }> } }>(
		'/v1/chat/completions',
		({ body: { messages, tools } }) => {
			const last = messages.at(-1)!;
			if (last.role === 'tool') answers.push(last.content);
			const call = {
				id: 'call_1',
				type: 'function',
				function: { name: tools?.[0]?.function.name, arguments: JSON.stringify(toolArguments) },
			};
			const message =
				last.role === 'tool' ? { content: FINISHED } : { content: null, tool_calls: [call] };
			return {
				...{ id: randomUUID(), object: 'chat.completion', created: 0, model: 'scripted' },
				choices: [
					{
						index: 0,
						message: { role: 'assistant', ...message },
						finish_reason: last.role === 'tool' ? 'stop' : 'tool_calls',
					},
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			};
		},
	);
	const url = await app.listen({ port: 0, host: '127.0.0.1' });
	return { url: `${url}/v1`, answers, close: () => app.close() };
}

/** The records that a tool gave the model, in whatever wrapping n8n puts them. */
function usersIn(answer: unknown): IDataObject[] {
	const parsed: unknown = typeof answer === 'string' ? JSON.parse(answer) : answer;
	const list = Array.isArray(parsed) ? parsed : [];
	return list.map((one: { json?: IDataObject }) => one.json ?? (one as IDataObject));
}
