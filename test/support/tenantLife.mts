import type { Sandbox } from '../../sandbox/server.mts';

/* What happens in a tenant that triggers watch. Each function returns the record that it is about. */

type User = Sandbox['tenant']['users'][number];
type Device = Sandbox['tenant']['devices'][number];

export function addUser({ tenant }: Sandbox, changes: Partial<User> = {}): User {
	const [model] = tenant.users;
	if (!model) throw new Error('The tenant has no users.');
	const id = crypto.randomUUID();
	const user = { ...model, id, name: 'Newcomer', email: `${id}@example.com`, ...changes };
	tenant.users.push(user);
	return user;
}

/** Moves a user to a department where nobody has been before. */
export function changeUser(user: User): User {
	return Object.assign(user, { department: `Department ${crypto.randomUUID()}` });
}

export function removeUser({ tenant }: Sandbox, index: number): User {
	const [user] = tenant.users.splice(index, 1);
	if (!user) throw new Error(`The tenant has no user ${index}.`);
	return user;
}

/** Takes the first device that is online off the network, some time ago. */
export function takeOffline({ tenant }: Sandbox, minutesAgo = 20): Device {
	const device = tenant.devices.find(({ status }) => status === 'Online');
	if (!device) throw new Error('No device of the tenant is online.');
	const lastOnlineAt = new Date(Date.now() - minutesAgo * 60_000).toISOString();
	return Object.assign(device, { status: 'Offline', lastOnlineAt });
}

/** How many times a list of users was read. */
export function listReads(tenant: Sandbox): number {
	return tenant.count({ path: 'users', status: 200 });
}
