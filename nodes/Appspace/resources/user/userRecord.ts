import type { IDataObject } from 'n8n-workflow';
import { anyContains, isSameText, pick } from '../../runtime/pick';

/** The most useful fields of a user, flat. */
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

/** Whether a user passes the filters; the server ignores those that it does not know. */
export function passes(user: IDataObject, { userType, status, search }: IDataObject): boolean {
	const { name, firstName, lastName, email, userName } = user;
	const fullName = `${String(firstName ?? '')} ${String(lastName ?? '')}`;
	return (
		(userType === undefined || isSameText(user.userType, userType)) &&
		(status === undefined || isSameText(user.status, status)) &&
		anyContains([name, fullName, email, userName], search)
	);
}
