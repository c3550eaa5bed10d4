import type { Words } from './names.mts';
import type { Random } from './random.mts';
import type { Location } from './locations.mts';

export interface Reference {
	id: string;
	name: string;
}

/**
 * Fields of appspace-api.md 5.3. The structure of `homeLocation`, `memberships`, and `roles` is not
 * public.
 */
export interface User {
	id: string;
	cloudGuid: string;
	email: string;
	userName: string;
	firstName: string;
	lastName: string;
	name: string;
	status: string;
	userType: string;
	department?: string;
	jobTitle?: string;
	homeLocation?: Reference;
	memberships: Reference[];
	roles: Reference[];
}

export interface UserGroup {
	id: string;
	name: string;
	networkId: string;
	networkName: string;
	userGroupType: string;
	roles: Reference[];
	isLibraryEnabled: boolean;
	libraryConfiguration?: LibraryConfiguration;
}

/** Seen only in the body of a PATCH (appspace-api.md 5.3). */
export interface LibraryConfiguration {
	contentExpiryDuration?: number;
	contentExpiryType?: 'Any' | 'Unallocated' | 'Undefined';
	isContentExpiryEnabled?: boolean;
}

const ROLES = ['User Manager', 'Device Writer', 'Reservation Writer', 'Library Writer', 'User'];
// Two groups share a name: names are not unique (appspace-api.md 3.2).
const GROUP_NAMES = [
	'Facilities',
	'Front desk',
	'Editors',
	'Visitors desk',
	'Editors',
	'Leadership',
];

export function makeUserGroups(random: Random, locations: readonly Location[]): UserGroup[] {
	return GROUP_NAMES.map((name) => {
		const location = random.pick(locations);
		return {
			id: random.guid(),
			name,
			networkId: location.id,
			networkName: location.name,
			userGroupType: random.pick(['Static', 'Dynamic']),
			roles: [{ id: random.guid(), name: random.pick(ROLES) }],
			isLibraryEnabled: random.chance(0.5),
		};
	});
}

/**
 * The users of a tenant. The first is the service user that the application token acts as; it is a
 * regular user of the tenant, so `count` includes it.
 */
export function makeUsers(
	random: Random,
	words: Words,
	groups: readonly UserGroup[],
	locations: readonly Location[],
	count: number,
): User[] {
	const roles = ROLES.map((name) => ({ id: random.guid(), name }));
	const homes = locations.map(({ id, name }) => ({ id, name }));
	const memberships = groups.map(({ id, name }) => ({ id, name }));
	const serviceUser = { ...makeUser(0), roles, status: 'Active', userType: 'User' };
	Object.assign(serviceUser, named('Automation', 'Service', 'automation@example.com'));
	return Array.from({ length: count }, (_, index) => (index === 0 ? serviceUser : makeUser(index)));

	function makeUser(index: number): User {
		const pool = random.pick(words.namePools);
		const firstName = random.pick(pool.firstNames);
		const lastName = random.pick(pool.lastNames);
		return {
			id: random.guid(),
			cloudGuid: random.guid(),
			...named(firstName, lastName, emailOf(firstName, lastName, index)),
			status: random.chance(0.9) ? 'Active' : random.pick(['Inactive', 'Pending']),
			userType: random.chance(0.9) ? 'User' : 'Visitor',
			...(random.chance(0.8) && { department: random.pick(words.departments) }),
			...(random.chance(0.8) && { jobTitle: random.pick(words.jobTitles) }),
			...(random.chance(0.7) && { homeLocation: random.pick(homes) }),
			memberships: random.sample(memberships, random.int(0, 3)),
			roles: [random.pick(roles)],
		};
	}
}

/** Members by group ID. */
export function membersByGroup(
	groups: readonly UserGroup[],
	users: readonly User[],
): Record<string, User[]> {
	const members: Record<string, User[]> = Object.fromEntries(groups.map(({ id }) => [id, []]));
	for (const user of users) {
		for (const { id } of user.memberships) members[id]?.push(user);
	}
	return members;
}

function named(firstName: string, lastName: string, email: string) {
	return { firstName, lastName, name: `${firstName} ${lastName}`, email, userName: email };
}

function emailOf(firstName: string, lastName: string, index: number): string {
	const plain = `${firstName}.${lastName}`
		.normalize('NFD')
		.replace(/[^a-zA-Z.]/g, '')
		.replace(/^\.+|\.+$/g, '')
		.toLowerCase();
	return `${plain || 'user'}.${index}@example.com`;
}
