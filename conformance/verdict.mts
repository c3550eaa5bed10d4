import { isSuccess } from './answers.mts';
import { listOf, recordsOf } from './exchange.mts';
import type { Finding } from './finding.mts';
import type { Outcome } from './operations.mts';
import { safe, type SafeText } from './redaction.mts';

export type Result = 'works' | 'differs' | 'not permitted' | 'not there' | 'not tried';

export interface Verdict {
	outcome: Outcome;
	result: Result;
	/** Why, or how it differs. */
	because: SafeText[];
	/** Whether the tenant's descriptions name its endpoints; undefined if they could not be read. */
	described?: 'all' | 'some' | 'none';
}

/** The verdict on an operation, from its run and from the findings at its endpoints. */
export function verdictOn(outcome: Outcome, findings: readonly Finding[]): Verdict {
	const { reason, hasFailed, exchanges, subject } = outcome;
	if (reason) return { outcome, result: 'not tried', because: [reason] };
	const different = findings.filter(
		({ standing, endpoint }) =>
			standing === 'differs' &&
			endpoint !== undefined &&
			subject.operation.endpoints.includes(endpoint),
	);
	const differences = [...new Map(different.map(({ text }) => [text.text, text])).values()];
	if (!hasFailed) {
		if (differences.length > 0) {
			return { outcome, result: 'differs', because: differences };
		}
		return { outcome, result: 'works', because: hasRecords(outcome) ? [] : [NOTHING] };
	}
	const refused = exchanges.findLast((exchange) => !isSuccess(exchange));
	const status = refused?.status ?? 0;
	if (status === 401 || status === 403) {
		return { outcome, result: 'not permitted', because: [safe`refused with status ${status}`] };
	}
	if (status === 404 || status === 405 || status === 501) {
		return { outcome, result: 'not there', because: [safe`refused with status ${status}`] };
	}
	const because = failure(exchanges.length, status);
	return { outcome, result: 'differs', because: [because, ...differences] };
}

const NOTHING = safe`there was no record to compare`;

/** An empty list shows that the endpoint works, but nothing about its records. */
function hasRecords({ exchanges }: Outcome): boolean {
	const lists = exchanges.filter((exchange) => isSuccess(exchange) && listOf(exchange.body));
	return lists.length === 0 || lists.some((exchange) => recordsOf(exchange).length > 0);
}

function failure(requests: number, status: number): SafeText {
	if (requests === 0) return safe`the node stopped before it sent a request, or got no response`;
	if (status === 0) return safe`the node cannot use the response`;
	return safe`refused with status ${status}`;
}
