import { ENTERPRISE } from '../../sandbox/scim/accounts.mts';
import type { Sandbox } from '../../sandbox/server.mts';

/** Users by name: whether they may sign in, and their department. */
export type Directory = Record<string, [active: boolean, department: string | undefined]>;

export interface HrList {
	rows: Array<{ email: string; firstName: string; lastName: string; department: string }>;
	csv: string;
	/** What Appspace has when it agrees with the list. */
	wanted: Directory;
	/** What happens to whom, in the order of the list, with who is missing from it at the end. */
	changes: Array<[userName: string, outcome: string]>;
}

export function directoryOf({ tenant }: Sandbox): Directory {
	return Object.fromEntries(
		tenant.scimUsers.map((user) => {
			const { department } = (user[ENTERPRISE] ?? {}) as { department?: string };
			return [user.userName, [user.active, department]];
		}),
	);
}

/** A list from HR on which a user is back, one is missing, one has moved, and one is new. */
export function makeHrList(sandbox: Sandbox): HrList {
	const { scimUsers } = sandbox.tenant;
	for (const [index, user] of scimUsers.entries()) user.active = index > 0;
	const [back = '', left = '', moved = ''] = scimUsers.map(({ userName }) => userName);
	const joined = 'joiner@example.com';
	const wanted = directoryOf(sandbox);
	wanted[back] = [true, wanted[back]?.[1]];
	wanted[left] = [false, wanted[left]?.[1]];
	wanted[moved] = [true, 'Moved'];
	wanted[joined] = [true, 'New'];
	const names = new Map(scimUsers.map(({ userName, name }) => [userName, name]));
	const rows = Object.entries(wanted).flatMap(([email, [active, department = '']]) => {
		const { givenName: firstName = 'Jo', familyName: lastName = 'Iner' } = (names.get(email) ??
			{}) as { givenName?: string; familyName?: string };
		return active ? [{ email, firstName, lastName, department }] : [];
	});
	const lines = rows.map((row) => Object.values(row).map((cell) => `"${cell}"`));
	return {
		...{ rows, wanted },
		csv: [['email', 'firstName', 'lastName', 'department'], ...lines].join('\n'),
		changes: [
			[back, 'reactivated'],
			[moved, 'updated'],
			[joined, 'created'],
			[left, 'deactivated'],
		],
	};
}
