import type { IDataObject } from 'n8n-workflow';
import type { Subject } from '../faults/examples.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { readFromItem } from '../support/readFromItem.mts';
import { reply, startRawServer, type RawServer, type Reply } from '../support/rawServer.mts';
import type { RunResult } from '../support/runResult.mts';
import { triggerName } from '../support/workflow.mts';
import type { Answer } from './answers.mts';
import { complaintsAboutOutcome } from './operationCase.mts';
import type { FuzzCase } from './stub.mts';

/** n8n itself refuses values that do not fit their fields, in its own words. */
const WORDS_OF_N8N = /^Invalid input for /;

/** n8n's engine with the built package, in front of a server that returns anything. */
export class FuzzedEngine {
	private answers: Answer[] = [];
	private asked = 0;

	private server!: RawServer;

	static async start(): Promise<FuzzedEngine> {
		const engine = new FuzzedEngine();
		engine.server = await startRawServer(() => engine.next());
		return engine;
	}

	/** What is wrong with the result of a case. */
	async complaintsAbout(subject: Subject, fuzz: FuzzCase): Promise<string[]> {
		const { items, error } = await this.run(subject, fuzz);
		if (error && WORDS_OF_N8N.test(error.message)) return [];
		return complaintsAboutOutcome({ output: error ? [] : items(), error }, fuzz);
	}

	/** The output of the previous node, as it is after the node has run. */
	async inputAfter(subject: Subject, fuzz: FuzzCase): Promise<IDataObject[]> {
		return (await this.run(subject, fuzz)).items(triggerName).map(({ json }) => json);
	}

	/** Runs one case as a workflow: each parameter is an expression that reads it from the item. */
	private async run(subject: Subject, fuzz: FuzzCase): Promise<RunResult> {
		this.answers = fuzz.answers;
		this.asked = 0;
		return await run({
			credentials: this.server.store,
			input: fuzz.items as IDataObject[],
			nodes: [
				appspaceNode(
					subject.name as `${string}.${string}`,
					readFromItem(fuzz.items[0] ?? {}),
					fuzz.continuesOnFail ? { onError: 'continueRegularOutput' } : {},
				),
			],
		});
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	private next(): Reply {
		const answer = this.answers[this.asked++ % this.answers.length];
		if (answer?.kind !== 'answer') return reply.reset();
		const { status, headers, body } = answer;
		const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
		// Anything else is not HTTP and takes time: every read is tried four times.
		const isSound = Object.values(headers).every((value) => /^[ -~]*$/.test(value));
		return reply.text(status === 204 ? '' : text, { status, headers: isSound ? headers : {} });
	}
}
