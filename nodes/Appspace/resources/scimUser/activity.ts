import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../runtime/operation';
import { change } from '../../scim/change';
import { path } from '../../transport/path';

/**
 * Activates or deactivates a user and changes no other attribute.
 *
 * @throws RequestFailed also if Appspace accepts the change but the user stays as before
 */
export async function setActive(call: Call, active: boolean): Promise<IDataObject> {
	const userPath = path`Users/${call.id('scimUserId')}`;
	return await call.runExclusive(userPath, async () => {
		return (await change(call, userPath, { active })).record;
	});
}
