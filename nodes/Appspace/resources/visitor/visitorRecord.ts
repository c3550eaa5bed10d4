import type { IDataObject } from 'n8n-workflow';
import { mayBeOneOf, mayContain } from '../../runtime/mayMatch';
import { pick } from '../../runtime/pick';

/** The most useful fields of a visitor, flattened. */
export function simplifyVisitor(visitor: IDataObject): IDataObject {
	const { lastVisit } = visitor as { lastVisit?: IDataObject | null };
	return {
		...pick(visitor, ['id', 'fullName', 'firstName', 'lastName', 'email', 'visitorType']),
		...pick(visitor, ['visitorRegistrationStatus']),
		lastVisitAt: lastVisit?.startAt ?? null,
		...pick(visitor, ['createdAt', 'updatedAt']),
	};
}

/** Whether a visitor matches the filters. None of them is sent to Appspace. */
export function passes(visitor: IDataObject, { search, visitorType }: IDataObject): boolean {
	const { fullName, firstName, lastName, email } = visitor;
	const name = `${String(firstName ?? '')} ${String(lastName ?? '')}`;
	return (
		mayBeOneOf(visitor.visitorType, visitorType === undefined ? [] : [visitorType]) &&
		mayContain([fullName, name, email], search)
	);
}
