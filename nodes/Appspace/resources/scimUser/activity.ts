import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { change } from '../../scim/change';
import { path } from '../../transport/path';

/**
 * Lets a user sign in, or no more; nothing but `active` is touched.
 *
 * @throws RequestFailed also when Appspace takes the change and the user is not as wanted afterwards
 */
export async function setActive(call: Call, active: boolean): Promise<IDataObject> {
	const userPath = path`Users/${call.id('scimUserId')}`;
	return await call.runExclusive(userPath, async () => {
		return (await change(call, userPath, { active })).record;
	});
}
