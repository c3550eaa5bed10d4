import { resources } from '../nodes/Appspace/resources/resources.ts';
import { appspaceNode } from '../test/support/appspaceNode.mts';
import type { CredentialStore } from '../test/support/credentialStore.mts';
import { run } from '../test/support/engine.mts';
import type { Exchange } from './exchange.mts';
import { Found } from './found.mts';
import { EXCHANGE } from './guard.mts';
import { stepFor, type Subject } from './plan.mts';
import { say, type Said } from './redaction.mts';

/** Everything that the node can do; whatever is added there is covered here, or said not to be. */
export const SUBJECTS: readonly Subject[] = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		resource,
		operation,
		name: `${resource.value}.${operation.value}`,
	})),
);

/** What came of an operation in n8n's engine. */
export interface Outcome {
	subject: Subject;
	/** Why it was not tried. */
	reason?: Said;
	/** Whether a run ended with a message for the user instead of records. */
	hasFailed: boolean;
	/** What went over the wire for it, without token exchanges. */
	exchanges: Exchange[];
}

/**
 * Runs every operation that reads through the built package in n8n's engine, those first whose parameters
 * are at hand, until no answer brings another one within reach.
 *
 * @param exchanges where requests are noted as they go out
 */
export async function runOperations(
	credentials: CredentialStore,
	exchanges: readonly Exchange[],
	tell: (done: number, of: number) => void,
): Promise<Outcome[]> {
	const outcomes = new Map<Subject, Outcome>();
	for (let hasMoved = true; hasMoved;) {
		hasMoved = false;
		for (const subject of SUBJECTS.filter((one) => !outcomes.has(one))) {
			const step = stepFor(subject, new Found(exchanges));
			if ('missing' in step) continue;
			hasMoved = true;
			outcomes.set(
				subject,
				'never' in step
					? { subject, reason: step.never, hasFailed: false, exchanges: [] }
					: await runOne(subject, step.runs, credentials, exchanges),
			);
			tell(outcomes.size, SUBJECTS.length);
		}
	}
	return SUBJECTS.map((subject) => {
		const step = stepFor(subject, new Found(exchanges));
		const reason = 'missing' in step ? step.missing : say`it was not reached`;
		return outcomes.get(subject) ?? { subject, reason, hasFailed: false, exchanges: [] };
	});
}

async function runOne(
	subject: Subject,
	runs: ReadonlyArray<Record<string, unknown>>,
	credentials: CredentialStore,
	exchanges: readonly Exchange[],
): Promise<Outcome> {
	const before = exchanges.length;
	let hasFailed = false;
	for (const parameters of runs) {
		const node = appspaceNode(subject.name as `${string}.${string}`, parameters);
		const { error } = await run({ credentials, nodes: [node] });
		hasFailed ||= error !== undefined;
	}
	const own = exchanges.slice(before).filter(({ by, path }) => by === 'node' && path !== EXCHANGE);
	return { subject, hasFailed, exchanges: own };
}
