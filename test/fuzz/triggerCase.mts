import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { INode, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { events } from '../../nodes/AppspaceTrigger/events/events.ts';
import { poll } from '../../nodes/AppspaceTrigger/poll.ts';
import { fieldsOf } from '../../nodes/AppspaceTrigger/properties.ts';
import { decode } from '../../nodes/AppspaceTrigger/state.ts';
import type { TriggerEvent } from '../../nodes/AppspaceTrigger/triggerEvent.ts';
import { isRecord } from '../../nodes/Appspace/transport/record.ts';
import { anyAnswer } from './answers.mts';
import { complaintsAboutError, type Outcome } from './operationCase.mts';
import { anyParameters, fittingParameters } from './parameters.mts';
import { SECRETS, StubOfN8n, type FuzzCase } from './stub.mts';
import type { Words } from './words.mts';

/** The polls of one trigger: the same parameters, other answers each time. */
export interface TriggerCase extends FuzzCase {
	/** Whether it is a test in the editor. */
	isTest: boolean;
	/** What another node or an older version left as the state. */
	state: unknown;
}

/** Every event, as a subject of the campaign. */
export const EVENTS = events.map((event) => ({ name: `trigger.${event.value}`, event }));

const POLLS = 3;
/** In milliseconds. */
const BUDGET = 300;
const MOST_ANSWERS = 6;

/**
 * Any three polls of a trigger: arbitrary parameters, state, and answers. Failures that pass make the
 * limiter slow down in real time; the fault suite covers them.
 */
export function anyTriggerCase(event: TriggerEvent, words: Words): fc.Arbitrary<TriggerCase> {
	const fields = fieldsOf(event).filter(({ type }) => type !== 'notice');
	const state = fc.oneof(
		{ weight: 3, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.anything() },
	);
	const anyCaseOn = (item: ReturnType<typeof anyParameters>, isFitting: boolean) =>
		fc.record({
			items: item.map((one) => [one]),
			isFitting: fc.constant(isFitting),
			answers: fc.array(anyAnswer(words, false), { minLength: 1, maxLength: MOST_ANSWERS }),
			continuesOnFail: fc.constant(false),
			isTest: fc.boolean(),
			state,
		});
	return fc.oneof(
		anyCaseOn(fittingParameters(fields, words), true),
		anyCaseOn(anyParameters(fields, words), false),
	);
}

/** Polls three times, without n8n's engine. */
export async function complaintsAboutPolls(
	event: TriggerEvent,
	fuzz: TriggerCase,
): Promise<string[]> {
	const stub = new StubOfPolls(event, fuzz);
	const complaints: string[] = [];
	for (let nth = 0; nth < POLLS; nth++) {
		const outcome = await poll(stub.asPollContext(), event).then(
			(output) => ({ output: output?.flat() ?? [] }),
			(error: NonNullable<Outcome['error']>) => ({ output: [], error }),
		);
		complaints.push(...complaintsAboutOutcome(event, outcome, fuzz));
	}
	const { state } = stub.staticData;
	const texts = [JSON.stringify(state) ?? '', ...stub.log];
	return [
		...complaints,
		...(stub.isEndless ? ['sends requests without end'] : []),
		...[...stub.undeclared].map((name) => `reads "${name}", which it does not declare`),
		...(state !== fuzz.state && !decode(state) ? ['leaves a state that it cannot read'] : []),
		...(SECRETS.some((secret) => texts.some((text) => text.includes(secret)))
			? ['a secret is in the state or the log']
			: []),
	];
}

function complaintsAboutOutcome(
	event: TriggerEvent,
	{ output, error }: { output: INodeExecutionData[]; error?: Outcome['error'] },
	fuzz: TriggerCase,
): string[] {
	const isSound = ({ json }: INodeExecutionData) =>
		isRecord(json) &&
		isRecord(json.trigger) &&
		json.trigger.event === event.value &&
		typeof json.trigger.eventId === 'string' &&
		!Number.isNaN(Date.parse(String(json.trigger.detectedAt)));
	return [
		...(error ? complaintsAboutError(error, fuzz) : []),
		...(output.every(isSound) ? [] : ['an item does not tell its event']),
		...(Object.keys(Object.prototype).length > 0 ? ['the prototype of all objects changed'] : []),
	];
}

/** The part of n8n that a poll sees. Each stub is another workflow. */
class StubOfPolls extends StubOfN8n {
	readonly staticData: { state?: unknown };
	readonly log: string[] = [];
	private readonly workflow = { id: randomUUID(), name: 'Fuzz', active: true };

	constructor(
		event: TriggerEvent,
		private readonly polls: TriggerCase,
	) {
		super({ event: event.value }, polls);
		this.staticData = { state: polls.state };
	}

	asPollContext(): IPollFunctions {
		const note = (text: string) => void this.log.push(text);
		const parameters = this.polls.items[0] as INode['parameters'];
		const own: Partial<Record<keyof IPollFunctions, unknown>> = {
			getMode: () => (this.polls.isTest ? 'manual' : 'trigger'),
			getActivationMode: () => 'activate',
			getWorkflow: () => this.workflow,
			getWorkflowStaticData: () => this.staticData,
			getPollBudgetMs: () => BUDGET,
			getNode: () => ({ ...this.node, parameters }),
			getNodeParameter: (name: string, fallback?: unknown) => this.parameter(name, 0, fallback),
			logger: { info: note, warn: note, error: note, debug: note },
		};
		return { ...this.asContext(), ...own } as unknown as IPollFunctions;
	}
}
