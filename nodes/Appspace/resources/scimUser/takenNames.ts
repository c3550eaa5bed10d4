import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { isSameText } from '../../runtime/pick';
import { firstOfAny } from '../../scim/alternatives';
import { firstOf } from '../../scim/listing';
import { mainOf } from '../../scim/multiValued';
import { catchStatus, isRefusal, RequestFailed, type Refusal } from '../../transport/failure';
import { attribute, entries, entryValue } from '../../transport/scim/attributes';
import { addressFilters, hasAddress, simplifyScimUser } from './scimUserRecord';

/** Context of a write, for the message. */
interface Context {
	/** The user that the write changes, if there is one. */
	self?: IDataObject;
	/** What the user can do about it. */
	advice?: string;
}

/**
 * The result of a write. If a value is taken, the error message names the user who has it.
 *
 * @param user the written values
 * @throws RequestFailed naming the other user
 */
export async function explainTaken<T>(
	call: Call,
	work: Promise<T>,
	user: IDataObject,
	context: Context = {},
): Promise<T> {
	const result = await catchStatus(work, 409);
	if (!isRefusal(result)) return result;
	throw await takenBy(call, result, user, context);
}

/** The failure that names the user who has a taken value, or the refusal itself if no such user is found. */
export async function takenBy(
	call: Call,
	refusal: Refusal,
	user: IDataObject,
	{ self, advice = 'Update that user, or choose another name.' }: Context = {},
): Promise<RequestFailed> {
	const names = [attribute(user, 'userName'), entryValue(mainOf(entries(user, 'emails')))];
	for (const name of names.filter((one) => typeof one === 'string')) {
		const holder = await holderOf(call, name, self).catch(() => undefined);
		if (!holder) continue;
		const { displayName, userName, id } = simplifyScimUser(holder);
		const who = [displayName, userName].filter(Boolean).join(', ');
		return new RequestFailed({
			...{ kind: 'input', status: 409 },
			message: `"${name}" is taken by another user: ${who}`,
			description: `That user has the SCIM ID "${String(id)}". ${advice}`,
		});
	}
	return refusal;
}

async function holderOf(
	call: Call,
	name: string,
	self?: IDataObject,
): Promise<IDataObject | undefined> {
	const own = attribute(self, 'id');
	const matches = (user: IDataObject) =>
		hasAddress(user, name) && (own === undefined || !isSameText(attribute(user, 'id'), own));
	// A case-sensitive filter may miss the user.
	return (
		(await firstOfAny(call, 'Users', addressFilters(name), matches)) ??
		(await firstOf(call, 'Users', '', matches))
	);
}
