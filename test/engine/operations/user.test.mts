import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, locator } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { operationRuns } from '../../support/operationRuns.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeAll(async () => {
	sandbox = await startSandbox({ users: 430 });
	credentials = sandboxCredential(sandbox);
});
beforeEach(() => {
	sandbox.set({ forbiddenPaths: [] });
	sandbox.clearRequests();
});
afterAll(async () => await sandbox.close());

const { execute, records } = operationRuns(() => credentials);
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const paths = () => apiCalls(sandbox).map(({ path }) => path.replace('/api/v3/', ''));
const SIMPLE = ['id', 'email', 'name', 'firstName', 'lastName'].concat([
	'status',
	'userType',
	'department',
	'jobTitle',
	'cloudGuid',
]);

describe('Get Many', () => {
	it('asks for 50 unless told and gives ten flat fields, as far as they are filled in', async () => {
		const users = await records('user.getAll');
		expect(apiCalls(sandbox)).toEqual([
			{
				method: 'GET',
				path: '/api/v3/users',
				query: { start: '0', limit: '50' },
				body: undefined,
			},
		]);
		expect(ids(users)).toEqual(ids(sandbox.tenant.users.slice(0, 50)));
		for (const [index, user] of users.entries()) {
			const record = sandbox.tenant.users[index]!;
			expect(Object.keys(user)).toEqual(SIMPLE.filter((name) => Object.hasOwn(record, name)));
		}
	});

	it('gives records as they are without Simplify, in every script', async () => {
		const users = await records('user.getAll', { returnAll: true, simplify: false });
		expect(users).toEqual(sandbox.tenant.users);
		expect(users.some(({ name }) => /\p{Script=Arabic}/u.test(String(name)))).toBe(true);
		expect(users.some(({ name }) => /\p{Script=Han}/u.test(String(name)))).toBe(true);
	});

	it('asks the server for a user type and checks the answer', async () => {
		const wanted = sandbox.tenant.users.filter(({ userType }) => userType === 'Visitor');
		expect(wanted.length).toBeGreaterThan(0);
		const filters = { userType: 'visitor' };
		expect(ids(await records('user.getAll', { returnAll: true, filters }))).toEqual(ids(wanted));
		expect(apiCalls(sandbox)[0]?.query).toMatchObject({ userType: 'visitor' });
	});

	it('checks the user type where the server ignores it', async () => {
		const { id } = sandbox.tenant.userGroups[0]!;
		const filters = { userGroupId: id, userType: 'Visitor' };
		const wanted = sandbox.tenant.members[id]!.filter(({ userType }) => userType === 'Visitor');
		expect(wanted.length).toBeGreaterThan(0);
		expect(ids(await records('user.getAll', { returnAll: true, filters }))).toEqual(ids(wanted));
	});

	it('checks the status, which never travels', async () => {
		const wanted = sandbox.tenant.users.filter(({ status }) => status === 'Pending');
		expect(wanted.length).toBeGreaterThan(0);
		const filters = { status: 'pending' };
		expect(ids(await records('user.getAll', { returnAll: true, filters }))).toEqual(ids(wanted));
		for (const { query } of apiCalls(sandbox)) expect(query).not.toHaveProperty('status');
	});

	it('searches in names and email addresses', async () => {
		const { email, firstName, lastName } = sandbox.tenant.users[300]!;
		for (const search of [email.toUpperCase(), `${firstName} ${lastName}`]) {
			const found = await records('user.getAll', { returnAll: true, filters: { search } });
			expect(found.map((user) => user.email)).toContain(email);
			expect(found.length).toBeLessThan(50);
		}
	});

	it('lists the members of a group, chosen from the list or typed', async () => {
		const { id } = sandbox.tenant.userGroups[1]!;
		for (const userGroupId of [locator(id, 'list'), locator(id), id]) {
			const found = await records('user.getAll', { returnAll: true, filters: { userGroupId } });
			expect(ids(found)).toEqual(ids(sandbox.tenant.members[id]!));
		}
		expect(new Set(paths())).toEqual(new Set([`users/usergroups/${id}/members`]));
	});

	it('counts towards the limit only what passes', async () => {
		const wanted = sandbox.tenant.users.filter(({ status }) => status === 'Inactive');
		expect(wanted.length).toBeGreaterThan(4);
		const found = await records('user.getAll', { limit: 4, filters: { status: 'Inactive' } });
		expect(ids(found)).toEqual(ids(wanted.slice(0, 4)));
	});

	it('says which group a filter names when it is not there', async () => {
		const { error } = await execute('user.getAll', { filters: { userGroupId: locator('gone') } });
		expect(error?.httpCode).toBe('404');
		expect(error?.message).toContain('"gone"');
	});
});

describe('Get', () => {
	it.each([
		['from the list', (id: string) => locator(id, 'list')],
		['by ID', (id: string) => locator(id)],
		['as plain text', (id: string) => id],
	])('finds a user %s', async (_, given) => {
		const user = sandbox.tenant.users[7]!;
		const [found] = await records('user.get', { userId: given(user.id) });
		expect(found).toEqual(Object.fromEntries(SIMPLE.map((name) => [name, user[name as 'id']])));
		expect(paths()).toEqual([`users/${user.id}`]);
	});

	it('gives the record as it is without Simplify', async () => {
		const user = sandbox.tenant.users[8]!;
		expect(await records('user.get', { userId: user.id, simplify: false })).toEqual([user]);
	});

	it('says who was not found', async () => {
		const { error } = await execute('user.get', { userId: 'nobody' });
		expect(error).toMatchObject({ httpCode: '404', message: 'User "nobody" was not found' });
	});

	it('names the role that the service user needs', async () => {
		sandbox.set({ forbiddenPaths: [/\/users/] });
		const { error } = await execute('user.get', { userId: sandbox.tenant.users[9]!.id });
		expect(error).toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('User Manager'),
		});
	});
});

describe('Get by Email', () => {
	it('reads page by page and stops where the user is', async () => {
		const user = sandbox.tenant.users[250]!;
		const [found] = await records('user.getByEmail', { email: ` ${user.email.toUpperCase()} ` });
		expect(found).toMatchObject({ id: user.id, email: user.email });
		const starts = apiCalls(sandbox).map(({ path, query }) => [path, query.start, query.limit]);
		expect(starts).toEqual(['0', '100', '200'].map((start) => ['/api/v3/users', start, '100']));
	});

	it('looks at the user name where the address is missing', async () => {
		const user = sandbox.tenant.users[300]!;
		const { email } = user;
		for (const missing of [{}, { email: null }, { email: '' }]) {
			const items = [{ id: 'other' }, { id: user.id, userName: email.toUpperCase(), ...missing }];
			const body = { items, start: 0, limit: 100, size: 2 };
			sandbox.fault({ path: 'users', status: 200, body });
			expect(ids(await records('user.getByEmail', { email }))).toEqual([user.id]);
		}
		const items = [{ id: 'other', userName: email, email: 'someone@example.com' }];
		sandbox.fault({ path: 'users', status: 200, body: { items, start: 0, limit: 100, size: 1 } });
		const { error } = await execute('user.getByEmail', { email });
		expect(error?.message).toContain(`"${email}"`);
	});

	it('takes the whole address, not a part of it', async () => {
		const user = sandbox.tenant.users[20]!;
		const { error, items } = await execute('user.getByEmail', { email: user.email.slice(1) });
		expect(items()).toEqual([]);
		expect(error?.message).toContain(`"${user.email.slice(1)}"`);
		expect(apiCalls(sandbox).length).toBeGreaterThanOrEqual(5);
	});

	it('gives the record as it is without Simplify', async () => {
		const user = sandbox.tenant.users[3]!;
		const parameters = { email: user.email, simplify: false };
		expect(await records('user.getByEmail', parameters)).toEqual([user]);
	});

	it.each([
		['an empty address', '={{ "  " }}', 'is empty'],
		['a list', '={{ ["a@example.com"] }}', 'contains a list'],
		['an object', '={{ { email: "a@example.com" } }}', 'contains an object'],
	])('refuses %s before anything is sent', async (_, email, sentence) => {
		const { error } = await execute('user.getByEmail', { email });
		expect(error?.message).toContain(`"Email" ${sentence}`);
		expect(apiCalls(sandbox)).toEqual([]);
	});
});

test('Get Current gives the service user', async () => {
	const [me] = await records('user.getCurrent');
	expect(me).toMatchObject({ id: sandbox.tenant.serviceUser.id, email: 'automation@example.com' });
	expect(paths()).toEqual(['users/me']);
	expect(await records('user.getCurrent', { simplify: false })).toEqual([
		sandbox.tenant.serviceUser,
	]);
});

describe('user groups', () => {
	it('Get Many asks for them by name', async () => {
		const groups = await records('userGroup.getAll');
		expect(apiCalls(sandbox)[0]).toMatchObject({
			path: '/api/v3/users/usergroups',
			query: { sort: 'Name', start: '0', limit: '50' },
		});
		const names = groups.map(({ name }) => String(name));
		expect(names).toEqual([...names].sort((left, right) => left.localeCompare(right)));
		expect(new Set(ids(groups))).toEqual(new Set(ids(sandbox.tenant.userGroups)));
	});

	it('Get Many gives namesakes apart', async () => {
		const editors = (await records('userGroup.getAll')).filter(({ name }) => name === 'Editors');
		expect(new Set(ids(editors)).size).toBe(2);
	});

	it('Get Members lists users, all or up to a limit', async () => {
		const { id } = sandbox.tenant.userGroups[2]!;
		const members = sandbox.tenant.members[id]!;
		expect(members.length).toBeGreaterThan(50);
		const all = await records('userGroup.getMembers', {
			userGroupId: locator(id, 'list'),
			returnAll: true,
		});
		expect(ids(all)).toEqual(ids(members));
		expect(Object.keys(all[0]!)).toEqual(SIMPLE.filter((name) => Object.hasOwn(members[0]!, name)));
		expect(new Set(paths())).toEqual(new Set([`users/usergroups/${id}/members`]));
		const raw = await records('userGroup.getMembers', { userGroupId: id, simplify: false });
		expect(raw).toEqual(members.slice(0, 50));
	});

	it('Get Members says which group was not found', async () => {
		const { error } = await execute('userGroup.getMembers', { userGroupId: 'gone' });
		expect(error?.message).toBe('User Group "gone" was not found');
	});
});
