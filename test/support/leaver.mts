import type { Sandbox } from '../../sandbox/server.mts';

/** Creates the user that `examples/offboard-user.json` is about, in two groups. Returns the SCIM ID. */
export function makeLeaver({ tenant }: Sandbox): string {
	const user = tenant.scimUsers[3]!;
	const userName = 'leaver@example.com';
	Object.assign(user, { userName, active: true, emails: [{ value: userName, primary: true }] });
	for (const group of tenant.scimGroups) {
		group.members = (group.members ?? []).filter(({ value }) => value !== user.id);
	}
	for (const group of tenant.scimGroups.slice(0, 2)) group.members?.push({ value: user.id });
	return user.id;
}
