import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
import { isSameText } from '../../runtime/pick';
import { RequestFailed } from '../../transport/failure';
import { keyOf } from './customFields';

/**
 * Compares a visitor read back with what was written. A field that Appspace does not show counts as written.
 *
 * @throws RequestFailed naming the fields that differ
 */
export function checkUpdated(written: IDataObject, after: IDataObject): void {
	const { customFields, ...plain } = written;
	const values = new Map(fieldsIn(after.customFields).map((field) => [keyOf(field), field.value]));
	const differing = [
		...Object.keys(plain).filter(
			(name) => after[name] !== undefined && !isSameText(after[name], plain[name]),
		),
		...fieldsIn(customFields)
			.filter((field) => !isSameText(values.get(keyOf(field)), field.value))
			.map(({ id }) => `customFields ${String(id)}`),
	];
	if (differing.length === 0) return;
	throw new RequestFailed({
		kind: 'input',
		message: 'The visitor is not what was just written',
		description: `Different after the change: ${firstFew(differing)}. Someone else may have changed the visitor at the same time. Check the visitor and run the operation again.`,
	});
}

function fieldsIn(value: unknown): IDataObject[] {
	return Array.isArray(value) ? (value as IDataObject[]) : [];
}
