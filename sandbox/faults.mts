import { STATUS_CODES } from 'node:http';
import { json, text, type Answer } from './answer.mts';
import type { Endless } from './endless.mts';
import type { Random } from './data/random.mts';
import { matchesPath, type PathPattern } from './settings.mts';

/** Something that goes wrong for the requests it matches. */
export interface FaultRule {
	/** Paths that it applies to; all by default. */
	path?: PathPattern;
	/** Methods that it applies to; all by default. */
	method?: string;
	/** How many requests it hits. Default: 1, or no limit if there is a `probability`. */
	times?: number;
	/** How many matching requests pass unharmed first. */
	after?: number;
	/** The share of matching requests that it hits, 0 to 1, drawn from the seed. */
	probability?: number;
	/** Responds with this status instead of carrying out the request. */
	status?: number;
	/** The body of that response: an object goes out as JSON, text that begins with `<` as HTML. */
	body?: string | object;
	/** Headers added to the response. */
	headers?: Record<string, string>;
	/** Milliseconds to wait first. */
	delay?: number;
	/**
	 * Breaks the connection: before any response, after the response headers, or after carrying out the
	 * request but before responding.
	 */
	reset?: 'beforeHeaders' | 'afterHeaders' | 'afterHandling';
	/** Sends only half of the body that the headers announce, then breaks the connection. */
	truncate?: boolean;
	/**
	 * Never ends, without carrying out the request: sends nothing, sends the headers or the body byte by byte,
	 * sends interim responses, or switches protocols.
	 */
	endless?: Endless;
	/** Redirects to this address (302 unless `status` says otherwise). */
	redirect?: string;
}

interface RuleInForce {
	rule: FaultRule;
	toSkip: number;
	left: number;
}

/** The active rules. The first one that matches a request applies; exhausted rules are dropped. */
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

	/** The remaining rules, for reading over HTTP. */
	remaining(): Array<FaultRule & { left: number }> {
		return this.rules.map(({ rule, left }) => ({ ...rule, left }));
	}

	/** The fault that hits this request, if any. */
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

/** The response that a fault gives in place of the service; undefined if the request is carried out. */
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
