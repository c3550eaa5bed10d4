import type { Random } from '../data/random.mts';
import type { User, UserGroup } from '../data/people.mts';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The creation time of all initial records, so that tenants with the same seed are identical. */
const AT_START = '2025-01-15T08:00:00.000Z';

export interface ScimMeta {
	created: string;
	lastModified: string;
}

/** A SCIM user (RFC 7643 4.1), without the attributes that a service computes. */
export interface ScimUser {
	id: string;
	userName: string;
	active: boolean;
	meta: ScimMeta;
	[attribute: string]: unknown;
}

/** A SCIM group (RFC 7643 4.2). */
export interface ScimGroup {
	id: string;
	displayName: string;
	members?: Array<{ value: string; display?: string }>;
	meta: ScimMeta;
	[attribute: string]: unknown;
}

/**
 * The accounts behind the people of a tenant. Their IDs differ from those of API v3: no public source
 * says that the two match, so tests must not rely on it. User names are email addresses (appspace-api.md
 * 2.4).
 */
export function makeScimUsers(random: Random, users: readonly User[]): ScimUser[] {
	return users.map(({ email, firstName, lastName, name, status, department, jobTitle }, index) => ({
		id: random.guid(),
		userName: email,
		name: { givenName: firstName, familyName: lastName, formatted: name },
		displayName: name,
		...(jobTitle && { title: jobTitle }),
		active: status === 'Active',
		emails: [{ value: email, type: 'work', primary: true }],
		[ENTERPRISE]: { employeeNumber: String(1000 + index), ...(department && { department }) },
		meta: stamp(AT_START),
	}));
}

/** The groups of a tenant with their members, as a directory would sync them. */
export function makeScimGroups(
	random: Random,
	groups: readonly UserGroup[],
	users: readonly User[],
	accounts: readonly ScimUser[],
): ScimGroup[] {
	const group = (displayName: string, members: readonly ScimUser[]): ScimGroup => ({
		id: random.guid(),
		displayName,
		members: members.map(({ id, displayName }) => ({ value: id, display: String(displayName) })),
		meta: stamp(AT_START),
	});
	const known = groups.map(({ id, name }) => {
		const isMember = (user?: User) => user?.memberships.some((one) => one.id === id);
		return group(
			name,
			accounts.filter((_, index) => isMember(users[index])),
		);
	});
	const ofDirectory = ONLY_IN_DIRECTORY.map((name) => group(name, random.sample(accounts, 4)));
	return [...known, ...ofDirectory];
}

/** Groups that come from a directory and that API v3 does not show. */
const ONLY_IN_DIRECTORY = [
	...['All Staff', 'Contractors', 'First Aid', 'Floor 1', 'Floor 2', 'Floor 3', 'Night Shift'],
	...['Reception', 'Works Council', 'Équipe Paris', '東京オフィス'],
];

/** Created and changed now. */
export function stamp(at = new Date().toISOString()): ScimMeta {
	return { created: at, lastModified: at };
}
