import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
import type { Result } from '../../runtime/operation';
import type { AnyRecord } from '../../transport/page';
import { attribute, entryValue, severalIn } from '../../transport/scim/attributes';
import type { Outcome, Step } from './synchronization';

const OUTCOMES = ['created', 'updated', 'reactivated', 'deactivated', 'unchanged', 'failed'];

/** What happened to a user, with the old and new value of each attribute; null is none. */
export function recordOf(
	{ userName, changes }: Step,
	user: IDataObject | undefined,
	outcome: Outcome | 'failed',
): IDataObject {
	return {
		...{ outcome, userName, id: attribute(user, 'id') ?? null },
		changes: changes.map(({ path, from, value }) => ({
			...{ attribute: path, from: from ?? null, to: value ?? null },
		})) as IDataObject[],
	};
}

/** The same with the changes as text, which leaves a table one line for each user. */
export function simplifySynchronized({ changes, id, ...record }: AnyRecord): IDataObject {
	// The summary has none.
	if (!Array.isArray(changes)) return record;
	const isNew = record.outcome === 'created' || id === null;
	const texts = (changes as IDataObject[]).flatMap(({ attribute: name, from, to }) => {
		const [old, value] = [textOf(from), textOf(to)];
		const isImplied = isNew && (value === record.userName || (name === 'active' && to === true));
		const short = String(name).split(':').at(-1) ?? '';
		return isImplied ? [] : [`${short}: ${isNew ? value : `${old} → ${value}`}`];
	});
	// n8n shows empty text in red, as if something were wrong.
	return { ...record, changes: texts.join('; ') || 'none', id };
}

function textOf(value: unknown): string {
	const texts = severalIn(value as IDataObject[string]).map((one) => {
		const plain = entryValue(one);
		return typeof plain === 'object' ? JSON.stringify(one) : String(plain);
	});
	return texts.length > 0 ? texts.join(', ') : '(empty)';
}

/** The item with the numbers, which comes from all items. */
export function summaryOf(results: Result[], items: number): Result {
	return {
		json: { outcome: 'summary', ...countsOf(results) },
		items: Array.from({ length: items }, (_, item) => item),
	};
}

/** What stands above the table: what a preview is, and which users on the list are protected. */
export function hintsFor(steps: Step[], results: Result[], isApplied: boolean): string[] {
	const counts = Object.entries(countsOf(results)).filter(([, count]) => count > 0);
	const told = counts.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
	const spared = steps.filter(({ isSpared }) => isSpared).map(({ userName }) => userName);
	return [
		...(isApplied ? [] : [`This is a preview: nothing was written. With Apply: ${told}.`]),
		...(spared.length > 0
			? [`The list would change protected users, who stay as they are: ${firstFew(spared)}.`]
			: []),
	];
}

function countsOf(results: Result[]): Record<string, number> {
	const count = (outcome: string) => results.filter(({ json }) => json.outcome === outcome).length;
	return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)]));
}
