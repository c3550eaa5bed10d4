import type { IDataObject } from 'n8n-workflow';
import type { Call, Operation } from '../../runtime/operation';
import { change } from '../../scim/change';
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
import { orHolder, takenBy } from './takenNames';

export const upsert: Operation = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update provisioned user',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	endpoints: [
		'GET /identity/scim/Users',
		'POST /identity/scim/Users',
		'PATCH /identity/scim/Users/{id}',
		'GET /identity/scim/ServiceProviderConfig',
	],
	evidence: { grade: 'DOCUMENTED', sources: 'S13' },
	fields: [userNameField, userFieldsCollection('Additional Fields', 'additionalFields')],
	simplify: (user) => ({ ...simplifyScimUser(user), outcome: user.outcome }),

	async run(call) {
		const userName = userNameIn(call);
		const given = call.collection('additionalFields');
		return await call.runExclusive(`user ${userName.toLowerCase()}`, async () => {
			const present = await userNamed(call, userName);
			if (present) return await bringUpToDate(call, present, given);
			const body = newUser(userName, given);
			const making = createRecord(call, 'Users', body, () => userNamedAtAll(call, userName));
			const made = await catchStatus(making, 409);
			if (!isRefusal(made)) return { ...made, outcome: 'created' };
			// Somebody else was faster, the filter is case-sensitive, or another attribute is taken.
			const holder = await userNamedAtAll(call, userName);
			if (holder) return await bringUpToDate(call, holder, given);
			throw await takenBy(call, made, body);
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
	const changing = change(call, userPath, values, present);
	const first = await catchStatus(orHolder(call, changing, values, { self: present }), 412);
	// Changed by somebody else since it was found: nothing was written, so what differs now is written.
	const { record, isChanged } = isRefusal(first) ? await change(call, userPath, wanted) : first;
	const outcome = isChanged ? 'updated' : 'unchanged';
	const isLeftOut = isActive(record) === false && attribute(values, 'active') === undefined;
	// A new colleague could not sign in, and the workflow did not ask for that.
	return { ...record, outcome: isLeftOut ? `${outcome}, active: false` : outcome };
}
