import type { IDataObject } from 'n8n-workflow';
import type { Call, Operation } from '../../runtime/operation';
import { attribute } from '../../transport/scim/attributes';
import { change } from '../../scim/change';
import { isRefusal, catchStatus } from '../../transport/failure';
import { path } from '../../transport/path';
import {
	attributesIn,
	newUser,
	userFieldsCollection,
	userNameField,
	userNameIn,
} from './scimUserFields';
import { orHolder, simplifyScimUser, takenBy, userNamed } from './scimUserRecord';

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
			const made = await catchStatus(call.record({ method: 'POST', path: 'Users', body }), 409);
			if (!isRefusal(made)) return { ...made, outcome: 'created' };
			// Somebody else was faster, or another attribute is taken.
			const rival = await userNamed(call, userName);
			if (rival) return await bringUpToDate(call, rival, given);
			throw await takenBy(call, made, body);
		});
	},
};

async function bringUpToDate(
	call: Call,
	present: IDataObject,
	given: IDataObject,
): Promise<IDataObject> {
	const userPath = path`Users/${String(attribute(present, 'id'))}`;
	const wanted = (user: IDataObject) => attributesIn(given, user);
	const writing = change(call, userPath, wanted, present);
	const first = await catchStatus(orHolder(call, writing, wanted(present)), 412);
	// Changed by somebody else since it was found: nothing was written, so what differs now is written.
	const { record, isChanged } = isRefusal(first) ? await change(call, userPath, wanted) : first;
	return { ...record, outcome: isChanged ? 'updated' : 'unchanged' };
}
