import type { IDataObject } from 'n8n-workflow';
import { mayBeOneOf, mayContain } from '../../runtime/mayMatch';
import { pick } from '../../runtime/pick';

/** The most useful fields of a user, flattened. */
export function simplifyUser(user: IDataObject): IDataObject {
	return pick(user, [
		'id',
		'email',
		'name',
		'firstName',
		'lastName',
		'status',
		'userType',
		'department',
		'jobTitle',
		'cloudGuid',
	]);
}

/** Whether a user matches the filters. The server ignores filters that it does not know. */
export function passes(user: IDataObject, { userType, status, search }: IDataObject): boolean {
	const { name, firstName, lastName, email, userName } = user;
	const fullName = `${String(firstName ?? '')} ${String(lastName ?? '')}`;
	return (
		mayBeOneOf(user.userType, userType === undefined ? [] : [userType]) &&
		mayBeOneOf(user.status, status === undefined ? [] : [status]) &&
		mayContain([name, fullName, email, userName], search)
	);
}
