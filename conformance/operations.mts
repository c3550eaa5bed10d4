import { resources } from '../nodes/Appspace/resources/resources.ts';
import { appspaceNode } from '../test/support/appspaceNode.mts';
import type { CredentialStore } from '../test/support/credentialStore.mts';
import { run } from '../test/support/engine.mts';
import type { Exchange } from './exchange.mts';
import { Found } from './found.mts';
import { EXCHANGE } from './guard.mts';
import { stepFor, type Subject } from './plan.mts';
import { safe, type SafeText } from './redaction.mts';

/** Everything that the node can do. A new operation is covered here, or the check says that it is not. */
export const SUBJECTS: readonly Subject[] = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		resource,
		operation,
		name: `${resource.value}.${operation.value}`,
	})),
);

/** The outcome of an operation in n8n's engine. */
export interface Outcome {
	subject: Subject;
	/** Why it was not tried. */
	reason?: SafeText;
	/** Whether the run ended with a message for the user instead of records. */
	hasFailed: boolean;
	/** The requests that it sent, without token exchanges. */
	exchanges: Exchange[];
}

/**
 * Runs every read operation through the built package in n8n's engine, starting with those whose
 * parameters are available, until no response makes another one possible.
 * @param exchanges records requests as they go out
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
		const reason = 'missing' in step ? step.missing : safe`it was not reached`;
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
