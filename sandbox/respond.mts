import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { json, Refusal, refused, type Answer } from './answer.mts';
import { neverEnd } from './endless.mts';
import { faultAnswer, type FaultRule } from './faults.mts';
import { withFractions } from './recordForms.mts';
import type { RecordedRequest } from './recording.mts';
import { matchesPath } from './settings.mts';
import type { State } from './state.mts';

/** A request that has arrived: its entry in the recording, and the fault that hits it. */
export interface Visit {
	url: URL;
	record: RecordedRequest;
	fault: FaultRule | undefined;
	/** Milliseconds to wait before the request is processed. */
	wait: number;
	isExchange: boolean;
}

/** Records a request as soon as its headers arrive, so that order and faults follow the arrival. */
export function arrive(state: State, request: FastifyRequest, origin: string): Visit {
	const url = new URL(origin + request.url);
	const { loggedRequests, latency, tokenLatency } = state.settings;
	const asSent = new URL(origin + request.originalUrl);
	const record = state.recording.arrived(request.method, asSent, request.headers, loggedRequests);
	const fault = state.faults.strike(request.method, url.pathname);
	const isExchange = matchesPath('authorization/token', url.pathname);
	const wait = latency + (isExchange ? tokenLatency : 0) + (fault?.delay ?? 0);
	return { url, record, fault, wait, isExchange };
}

/** Waits, then responds: with the fault if there is one, otherwise by carrying out the request. */
export async function respond(
	state: State,
	...visited: [Visit, FastifyRequest, FastifyReply, () => Promise<Answer | object>]
): Promise<void> {
	const { load } = state;
	load.began();
	try {
		await waitAndAnswer(state, ...visited);
	} finally {
		load.answered();
	}
}

async function waitAndAnswer(
	state: State,
	visit: Visit,
	request: FastifyRequest,
	reply: FastifyReply,
	carryOut: () => Promise<Answer | object>,
): Promise<void> {
	visit.record.body = request.body;
	// Unreferenced, so that a pending response does not keep a process alive.
	if (visit.wait > 0) await sleep(visit.wait, undefined, { ref: false });
	const { fault } = visit;
	if (fault?.reset === 'beforeHeaders') return breakOff(reply);
	if (fault?.endless) return neverEnd(reply, fault.endless);

	const carriedOut = async () =>
		(fault && faultAnswer(fault)) ?? withFractions(await outcome(state, carryOut), state.settings);
	const answer = await (visit.isExchange ? carriedOut() : underLoad(state, carriedOut));
	if (fault?.reset === 'afterHandling') return breakOff(reply);
	visit.record.status = answer.status;
	const headers = { ...answer.headers, ...fault?.headers };
	if (fault?.reset || fault?.truncate) return sendInPart({ ...answer, headers }, fault, reply);
	await reply
		.code(answer.status)
		.headers(headers)
		.send(answer.body === '' ? undefined : answer.body);
}

/** The answer of a tenant that can take so much and no more. */
async function underLoad(state: State, carryOut: () => Promise<Answer>): Promise<Answer> {
	const { load, settings } = state;
	const { errorBody, workers } = settings;
	const retryAfter = load.lookedAt(settings);
	if (retryAfter !== undefined) {
		const answer = refused(new Refusal(429, 'Too many requests.'), errorBody, state.random);
		const named = retryAfter !== '' && { 'retry-after': retryAfter };
		return { ...answer, headers: { ...answer.headers, ...named } };
	}
	if (workers) await load.work(workers, async () => await sleep(workers.milliseconds));
	return await carryOut();
}

async function outcome(state: State, carryOut: () => Promise<Answer | object>): Promise<Answer> {
	try {
		const result = await carryOut();
		return isAnswer(result) ? result : json(200, result);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return refused(error, state.settings.errorBody, state.random);
	}
}

function isAnswer(result: Answer | object): result is Answer {
	return 'status' in result && 'headers' in result && 'body' in result;
}

function breakOff(reply: FastifyReply): void {
	reply.hijack();
	reply.raw.socket?.resetAndDestroy();
}

/** All headers, then half of the body or nothing, then the end of the connection. */
function sendInPart(answer: Answer, fault: FaultRule, reply: FastifyReply): void {
	reply.hijack();
	const body = Buffer.from(answer.body);
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
	if (fault.reset === 'afterHeaders') reply.raw.flushHeaders();
	else reply.raw.write(body.subarray(0, body.length / 2));
	reply.raw.socket?.destroySoon();
}
