import type { Sandbox } from '../../sandbox/server.mts';
import { ENTERPRISE } from '../../sandbox/scim/accounts.mts';

/**
 * Gives a group the name of a department, for `examples/department-groups.json`: one of its members has
 * left the department. Returns the ID of the group and the IDs of the users that should be in it.
 */
export function makeDepartmentGroup({ tenant }: Sandbox): { id: string; wanted: string[] } {
	const department = 'Night Shift';
	const group = tenant.scimGroups.find(({ displayName }) => displayName === department)!;
	const staff = tenant.scimUsers.slice(10, 14);
	for (const user of staff) {
		user[ENTERPRISE] = { ...(user[ENTERPRISE] as object), department };
		user.active = true;
	}
	const stays = staff.slice(0, 3).map(({ id }) => ({ value: id }));
	group.members = [...stays, { value: tenant.scimUsers[20]!.id }];
	return { id: group.id, wanted: staff.map(({ id }) => id) };
}
