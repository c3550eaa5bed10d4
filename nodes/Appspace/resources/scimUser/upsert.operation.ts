import type { IDataObject } from 'n8n-workflow';
import { KEPT } from '../../fields/updateFields';
import type { Call, Operation } from '../../runtime/operation';
import { change, type Changed } from '../../scim/change';
import { changesTo } from '../../scim/changes';
import { createRecord } from '../../scim/create';
import { catchStatus, isRefusal } from '../../transport/failure';
import { attribute } from '../../transport/scim/attributes';
import {
	attributesIn,
	newUser,
	userFieldsCollection,
	userNameField,
	userNameIn,
} from './scimUserFields';
import {
	isActive,
	simplifyScimUser,
	userNamed,
	userNamedAtAll,
	userPathOf,
} from './scimUserRecord';
import { explainTaken, takenBy } from './takenNames';

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update provisioned user',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	endpoints: [
		'GET /identity/scim/Users',
		'POST /identity/scim/Users',
		'GET /identity/scim/Users/{id}',
		'PATCH /identity/scim/Users/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	fields: [userNameField, userFieldsCollection('Additional Fields', 'additionalFields', KEPT)],
	simplify: (user) => ({ ...simplifyScimUser(user), outcome: user.outcome }),

	async run(call) {
		const userName = userNameIn(call);
		const given = call.collection('additionalFields');
		// This key sorts before the path of a user, which allows a turn on the user inside it; see `Turns.take`.
		return await call.runExclusive(`user name ${userName}`, async () => {
			const present = await userNamed(call, userName);
			if (present) return await bringUpToDate(call, present, given);
			const body = newUser(userName, given);
			const creating = createRecord(call, 'Users', body, () => userNamedAtAll(call, userName));
			const created = await catchStatus(creating, 409);
			if (!isRefusal(created)) return { ...created, outcome: 'created' };
			// Another client was faster, the filter is case-sensitive, or another attribute is taken.
			const holder = await userNamedAtAll(call, userName);
			if (holder) return await bringUpToDate(call, holder, given);
			throw await takenBy(call, created, body);
		});
	},
};

async function bringUpToDate(
	call: Call,
	present: IDataObject,
	given: IDataObject,
): Promise<IDataObject> {
	const userPath = userPathOf(present);
	const wanted = (user: IDataObject) => attributesIn(given, user);
	const values = wanted(present);
	const { record, isChanged } =
		changesTo(present, values).length === 0
			? { record: present, isChanged: false }
			: await call.runExclusive(userPath, async () => await changeUser(call, present, wanted));
	const outcome = isChanged ? 'updated' : 'unchanged';
	// Say so if the user cannot sign in and the workflow did not ask for that.
	const staysInactive = isActive(record) === false && attribute(values, 'active') === undefined;
	return { ...record, outcome: staysInactive ? `${outcome}, active: false` : outcome };
}

/** Reads the user again, because another execution may have changed it in the meantime. */
async function changeUser(
	call: Call,
	self: IDataObject,
	wanted: (user: IDataObject) => IDataObject,
): Promise<Changed> {
	const userPath = userPathOf(self);
	const changing = change(call, userPath, wanted);
	const first = await catchStatus(explainTaken(call, changing, wanted(self), { self }), 412);
	// Another client changed the user in between and nothing was written, so try once more.
	return isRefusal(first) ? await change(call, userPath, wanted) : first;
}
