import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { isSameText } from '../../runtime/pick';
import { firstOfAny } from '../../scim/alternatives';
import { firstOf } from '../../scim/listing';
import { mainOf } from '../../scim/multiValued';
import { catchStatus, isRefusal, RequestFailed, type Refusal } from '../../transport/failure';
import { attribute, entries, entryValue } from '../../transport/scim/attributes';
import { addressFilters, hasAddress, simplifyScimUser } from './scimUserRecord';

/** What is known beside the values that were written. */
interface About {
	/** The user that they were written to, where there is one. */
	self?: IDataObject;
	/** What to do about it, beside choosing another name. */
	remedy?: string;
}

/**
 * What comes of writing a user, or, where a value of it is taken, who has it.
 *
 * @param user the values that are written
 * @throws RequestFailed that names the other user
 */
export async function orHolder<T>(
	call: Call,
	work: Promise<T>,
	user: IDataObject,
	about: About = {},
): Promise<T> {
	const done = await catchStatus(work, 409);
	if (!isRefusal(done)) return done;
	throw await takenBy(call, done, user, about);
}

/** The refusal of a value that is taken, in words that say by whom. */
export async function takenBy(
	call: Call,
	refusal: Refusal,
	user: IDataObject,
	{ self, remedy = 'Update that one, or choose another name.' }: About = {},
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
			description: `That user has the SCIM ID "${String(id)}". ${remedy}`,
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
	// A filter that is case-sensitive may not find the user.
	return (
		(await firstOfAny(call, 'Users', addressFilters(name), matches)) ??
		(await firstOf(call, 'Users', '', matches))
	);
}
