import type { IDataObject } from 'n8n-workflow';
import type { Subject } from '../faults/examples.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { reply, startRawServer, type RawServer, type Reply } from '../support/rawServer.mts';
import type { Answer } from './answers.mts';
import { complaintsAboutOutcome } from './operationCase.mts';
import type { FuzzCase } from './stub.mts';

/** n8n itself refuses values that do not fit their fields, in words of its own. */
const WORDS_OF_N8N = /^Invalid input for /;

/** n8n's engine with the built package, before a server that answers anything. */
export class FuzzedEngine {
	private answers: Answer[] = [];
	private asked = 0;

	private server!: RawServer;

	static async start(): Promise<FuzzedEngine> {
		const engine = new FuzzedEngine();
		engine.server = await startRawServer(() => engine.next());
		return engine;
	}

	/** Runs one case as a workflow: each parameter is an expression that reads it from the item. */
	async complaintsAbout({ name }: Subject, fuzz: FuzzCase): Promise<string[]> {
		this.answers = fuzz.answers;
		this.asked = 0;
		const names = Object.keys(fuzz.items[0] ?? {});
		const { items, error } = await run({
			credentials: this.server.store,
			input: fuzz.items as IDataObject[],
			nodes: [
				appspaceNode(
					name as `${string}.${string}`,
					Object.fromEntries(
						names.map((field) => [field, `={{ $json[${JSON.stringify(field)}] }}`]),
					),
					fuzz.continuesOnFail ? { onError: 'continueRegularOutput' } : {},
				),
			],
		});
		if (error && WORDS_OF_N8N.test(error.message)) return [];
		return complaintsAboutOutcome({ output: error ? [] : items(), error }, fuzz);
	}

	async close(): Promise<void> {
		await this.server.close();
	}

	private next(): Reply {
		const answer = this.answers[this.asked++ % this.answers.length];
		if (answer?.kind !== 'answer') return reply.reset();
		const { status, headers, body } = answer;
		const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
		// Anything else is no HTTP, which takes its time: every read is tried four times.
		const isSound = Object.values(headers).every((value) => /^[ -~]*$/.test(value));
		return reply.text(status === 204 ? '' : text, { status, headers: isSound ? headers : {} });
	}
}
