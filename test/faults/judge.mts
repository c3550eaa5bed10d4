import type { RecordedRequest } from '../../sandbox/server.mts';
import type { RunResult } from '../support/runResult.mts';
import type { Fault, Plan } from './plan.mts';
import { unclear, type ShownError } from './unclear.mts';

/** A request as it arrived, with the fault that hit it. */
export interface Arrival {
	method: string;
	path: string;
	query: string;
	body: string;
	fault: Fault | undefined;
}

/** The requests of an operation without faults. */
export interface Expectation {
	/** The records of the item, as text. */
	output: string;
	arrivals: Arrival[];
}

export type Verdict =
	/** The result is the same as without faults. */
	| 'fine'
	/** It failed and said so: all attempts were used, or the response was final. */
	| 'reported'
	/** A read that returned neither its records nor an error, or gave up although another attempt was due. */
	| 'lost'
	/** A write that was sent again although Appspace may have carried it out. */
	| 'doubled'
	/** A write whose outcome differs from what the user is told. */
	| 'unreported';

/** All attempts of a read. */
const ATTEMPTS = 4;
const SAYS_UNCERTAIN =
	/(may have|has) carried out|already changed something|are not what was just written/;

/** The requests of one execution with the fault that hit each, without those for tokens. */
export function arrivalsIn(requests: readonly RecordedRequest[], plan?: Plan): Arrival[] {
	const counts = new Map<string, number>();
	return requests.flatMap(({ method, path, query, body }) => {
		const line = `${method} ${path}`;
		const nth = counts.get(line) ?? 0;
		counts.set(line, nth + 1);
		if (path.endsWith('/authorization/token')) return [];
		const fault = plan?.of(method, path, nth);
		const texts = { query: JSON.stringify(query), body: JSON.stringify(body) ?? '' };
		return [{ method, path, ...texts, fault }];
	});
}

/** The outcome of an item; content addresses at `origin` count as those of any tenant. */
export function outcomeOf(
	result: RunResult,
	item: number,
	origin: string,
): { output: string; error?: ShownError } {
	if (result.error) return { output: '', error: result.error };
	const records = result
		.items()
		.filter(({ pairedItem }) => {
			return [pairedItem]
				.flat()
				.some((one) => (one as { item: number } | undefined)?.item === item);
		})
		.map(({ json }) => json);
	const [first] = records;
	if (records.length === 1 && typeof first?.error === 'string') {
		return { output: '', error: { message: first.error, description: first.message as string } };
	}
	return { output: JSON.stringify(records).replaceAll(origin, '') };
}

/**
 * A read must return what it returns without faults. Otherwise it must report a failure, and only after a
 * final response or after all its attempts.
 */
export function judgeRead(
	expected: Expectation,
	output: string,
	error: ShownError | undefined,
	arrivals: Arrival[],
): Verdict {
	if (!error) return output === expected.output ? 'fine' : 'lost';
	if (isAboutAccess(error)) return 'reported';
	const paths = new Set(expected.arrivals.map(({ path }) => path));
	const tries = new Map<string, Arrival[]>();
	for (const arrival of arrivals.filter(({ path }) => paths.has(path))) {
		const request = `${arrival.path} ${arrival.query}`;
		tries.set(request, [...(tries.get(request) ?? []), arrival]);
	}
	const isGivenUpRightly = [...tries.values()].some((of) => {
		const last = of.at(-1)?.fault;
		const isFinal = last !== undefined && !last.repeatsRead && !last.harmless;
		return isFinal || of.length >= ATTEMPTS || of.filter(({ fault }) => is401(fault)).length > 1;
	});
	return isGivenUpRightly ? 'reported' : 'lost';
}

/**
 * A write that succeeds was carried out exactly once, as without faults. One that fails says whether it
 * may have been carried out. It is never sent again after a response that leaves this open.
 * @param takesAnyReply the form of the reply is not public, so any valid response means success
 */
export function judgeWrite(
	expected: Expectation,
	error: ShownError | undefined,
	arrivals: Arrival[],
	takesAnyReply: boolean,
): Verdict {
	const wanted = writesIn(expected.arrivals).map(asText);
	const sent = writesIn(arrivals);
	for (const [index, arrival] of sent.entries()) {
		const isOver = !arrival.fault?.repeatsWrite;
		if (
			isOver &&
			sent
				.slice(index + 1)
				.map(asText)
				.includes(asText(arrival))
		)
			return 'doubled';
	}
	const isDone = ({ fault }: Arrival) =>
		!fault || fault.carriedOut || (!error && takesAnyReply && fault.plausible);
	const done = sent.filter(isDone).map(asText);
	if (done.length > wanted.length) return 'doubled';
	if (!error) return done.join() === wanted.join() ? 'fine' : 'unreported';
	return done.length === 0 || saysUncertain(error) ? 'reported' : 'unreported';
}

/** What is wrong with the message, apart from the wording: a false alarm is unclear as well. */
export function complaints(
	error: ShownError,
	secrets: string[],
	arrivals: Arrival[],
	item?: number,
): string[] {
	const falseAlarm = saysUncertain(error) && writesIn(arrivals).length === 0;
	return [
		...unclear(error, secrets, item),
		...(falseAlarm ? ['says that a write is uncertain that was never sent'] : []),
	];
}

/** Requests other than reads, as this API has them. */
const writesIn = (arrivals: Arrival[]) => arrivals.filter(({ method }) => method !== 'GET');

const asText = ({ method, path, body }: Arrival): string => `${method} ${path} ${body}`;
const is401 = (fault: Fault | undefined): boolean => fault?.name === '401';
const saysUncertain = ({ message, description }: ShownError): boolean =>
	SAYS_UNCERTAIN.test(`${message} ${description ?? ''}`);
/** The token could not be fetched: its endpoint has a separate plan and policy. */
const isAboutAccess = ({ message, description }: ShownError): boolean =>
	/credential|access/i.test(`${message} ${description ?? ''}`);
