import { STATUS_CODES } from 'node:http';
import { json, text, type Answer } from './answer.mts';
import type { Endless } from './endless.mts';
import type { Random } from './data/random.mts';
import { matchesPath, type PathPattern } from './settings.mts';

/** Something that goes wrong, for the requests it matches. */
export interface FaultRule {
	/** Which requests it is for, by their path; all unless told. */
	path?: PathPattern;
	/** And by their method. */
	method?: string;
	/** How many requests it hits; 1 unless told, without end when there is a `probability`. */
	times?: number;
	/** How many matching requests pass unharmed first. */
	after?: number;
	/** The share of matching requests that are hit, 0 to 1, drawn from the seed. */
	probability?: number;
	/** Answer with this instead of carrying the request out. */
	status?: number;
	/** The body of that answer: an object goes out as JSON, a text that begins with `<` as HTML. */
	body?: string | object;
	/** Added to the answer. */
	headers?: Record<string, string>;
	/** Milliseconds to wait first. */
	delay?: number;
	/**
	 * Break the connection: before any answer, after the answer's head, or without an answer although the
	 * request was carried out.
	 */
	reset?: 'beforeHeaders' | 'afterHeaders' | 'afterHandling';
	/** Send only half of the body that the answer's head announces, then break the connection. */
	truncate?: boolean;
	/**
	 * Never come to an end, though the request is not carried out: say nothing, send the head or the body byte
	 * by byte, send interim answers, or switch protocols.
	 */
	endless?: Endless;
	/** Redirect there (302 unless `status` says otherwise). */
	redirect?: string;
}

interface RuleInForce {
	rule: FaultRule;
	toSkip: number;
	left: number;
}

/** The rules in force. The first that matches a request is used; rules that are used up are dropped. */
export class Faults {
	private rules: RuleInForce[] = [];

	constructor(private readonly random: Random) {}

	add(rule: FaultRule): void {
		const left = rule.times ?? (rule.probability === undefined ? 1 : Infinity);
		this.rules.push({ rule, toSkip: rule.after ?? 0, left });
	}

	clear(): void {
		this.rules = [];
	}

	/** What is left, for reading over HTTP. */
	remaining(): Array<FaultRule & { left: number }> {
		return this.rules.map(({ rule, left }) => ({ ...rule, left }));
	}

	/** The fault that befalls this request, if any. */
	strike(method: string, path: string): FaultRule | undefined {
		const struck = this.rules.find((candidate) => this.hits(candidate, method, path));
		if (!struck) return undefined;
		struck.left -= 1;
		if (struck.left <= 0) this.rules = this.rules.filter((candidate) => candidate !== struck);
		return struck.rule;
	}

	private hits(candidate: RuleInForce, method: string, path: string): boolean {
		const { rule } = candidate;
		if (rule.method && rule.method.toUpperCase() !== method) return false;
		if (rule.path !== undefined && !matchesPath(rule.path, path)) return false;
		if (candidate.toSkip > 0) {
			candidate.toSkip -= 1;
			return false;
		}
		return rule.probability === undefined || this.random.chance(rule.probability);
	}
}

/** The answer that a fault gives in place of the service; undefined when the request is carried out. */
export function faultAnswer(rule: FaultRule): Answer | undefined {
	if (rule.redirect !== undefined) {
		const answer = text(rule.status ?? 302, '');
		return { ...answer, headers: { ...answer.headers, location: rule.redirect } };
	}
	if (rule.status === undefined && rule.body === undefined) return undefined;
	const status = rule.status ?? 200;
	const body = rule.body ?? { message: STATUS_CODES[status] ?? 'Failed' };
	if (typeof body !== 'string') return json(status, body);
	const answer = text(status, body);
	return body.startsWith('<')
		? { ...answer, headers: { 'content-type': 'text/html; charset=utf-8' } }
		: answer;
}
