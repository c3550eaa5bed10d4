import type { Case } from './cases.mts';
import type { Outcome } from './round.mts';

/** The result of all rounds of a case. */
export interface Verdict {
	subject: Case;
	rounds: Outcome[];
	/** Broken promises; empty if there are none. */
	complaints: string[];
}

export function judge(subject: Case, rounds: Outcome[]): Verdict {
	const failed = rounds.flatMap(({ failures }) => failures);
	const most = subject.exchanges ?? 1;
	const granted = rounds.flatMap(({ exchanges }) => [...exchanges.values()]);
	const lost = rounds.filter(({ endsCurrent }) => !endsCurrent).length;
	const wentDown = rounds.reduce((all, outcome) => all + outcome.wentDown, 0);
	const isKilled = subject.event?.does === 'kill a worker';
	const complaints = [
		...(failed.length > 0 ? [`${failed.length} executions failed: ${failed[0]}`] : []),
		...(granted.some((count) => count.granted > most)
			? [`a process exchanged more than ${most} times`]
			: []),
		...(lost > 0 ? [`${lost} rounds ended with a token pair that is not the current one`] : []),
		...(wentDown > 0 && !isKilled ? [`${wentDown} executions went down with a worker`] : []),
	];
	return { subject, rounds, complaints };
}

const COLUMNS = [34, 10, 6, 9, 9, 7, 28, 7, 12] as const;

const row = (...cells: Array<string | number>) =>
	cells.map((cell, index) => String(cell).padEnd(COLUMNS[index] ?? 0)).join('  ');

export const heading = (): string =>
	row(
		...['case', 'executions', 'failed', 'went down', 'exchanges', 'refused'],
		...['granted to each, by round', 'current', 'seconds'],
	);

export function line({ subject, rounds }: Verdict): string {
	const sum = (of: (outcome: Outcome) => number) => rounds.reduce((all, one) => all + of(one), 0);
	const total = (kind: 'granted' | 'refused') =>
		sum(({ exchanges }) => [...exchanges.values()].reduce((all, one) => all + one[kind], 0));
	const shares = rounds.map(
		({ exchanges }) => [...exchanges.values()].map(({ granted }) => granted).join('+') || '0',
	);
	const current = rounds.filter(({ endsCurrent }) => endsCurrent).length;
	return row(
		subject.name,
		sum(({ executions }) => executions),
		sum(({ failures }) => failures.length),
		sum(({ wentDown }) => wentDown),
		total('granted'),
		total('refused'),
		shares.join(' '),
		current === rounds.length ? 'yes' : `no: ${current} of ${rounds.length}`,
		rounds.map(({ took }) => (took / 1_000).toFixed(1)).join(' '),
	);
}

/** The totals over all cases. */
export function totals(verdicts: Verdict[]): Array<[what: string, count: number]> {
	const rounds = verdicts.flatMap((verdict) => verdict.rounds);
	const sum = (of: (outcome: Outcome) => number) => rounds.reduce((all, one) => all + of(one), 0);
	const exchanges = (kind: 'granted' | 'refused') =>
		sum((one) => [...one.exchanges.values()].reduce((all, count) => all + count[kind], 0));
	return [
		['cases', verdicts.length],
		['executions', sum(({ executions }) => executions)],
		['calls', sum(({ calls }) => calls)],
		['executions failed', sum(({ failures }) => failures.length)],
		['went down with a worker', sum(({ wentDown }) => wentDown)],
		['exchanges granted', exchanges('granted')],
		['exchanges refused', exchanges('refused')],
		['token pairs lost', sum(({ endsCurrent }) => (endsCurrent ? 0 : 1))],
	];
}
