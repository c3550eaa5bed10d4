import type { INode } from 'n8n-workflow';
import { builtInNodes } from './testNodes.mts';
import type { WorkflowJson } from './workflow.mts';

const MANUAL = 'n8n-nodes-base.manualTrigger';
const START = /Trigger$|\.webhook$/;
const CHAT = 'n8n-nodes-base.httpRequest';

/**
 * An example for the engine of tests, which has few of n8n's nodes: a manual trigger in place of the node
 * that starts it, and nothing in place of nodes that only pass on what comes in or send it elsewhere. The
 * real n8n runs all of them (test/n8n/checks/examples.mts, outsideExamples.mts).
 *
 * @param start the node that starts it, if there are several
 */
export function exampleForEngine<T extends WorkflowJson>(example: T, start?: string): T {
	const isStart = ({ name, type }: INode) => START.test(type) && name === (start ?? name);
	const others = example.nodes.filter((node) => START.test(node.type) && !isStart(node));
	const nodes = example.nodes
		.filter((node) => !others.includes(node))
		.map((node): INode => {
			if (isStart(node)) return { ...node, type: MANUAL, typeVersion: 1, parameters: {} };
			const isThere = node.type in builtInNodes && node.type !== CHAT;
			if (isThere || node.type.startsWith('n8n-nodes-appspace.')) return node;
			return { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
		});
	return { ...example, nodes };
}
