import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { appspaceNode } from '../../support/appspaceNode.mts';
import { CredentialStore } from '../../support/credentialStore.mts';
import { run } from '../../support/engine.mts';
import { casesOn } from '../../support/scimCases.mts';
import { EVERYTHING, startScimFront, type ScimFront } from '../../support/scimFront.mts';

let sandbox: Sandbox;
let front: ScimFront;
let credentials: CredentialStore;
let atStart: Sandbox['tenant'];

beforeAll(async () => {
	sandbox = await startSandbox({ users: 30 });
	front = await startScimFront(sandbox.scimUrl);
	const data = { baseUrl: front.url, scimToken: sandbox.scimToken };
	credentials = new CredentialStore({ scim: { type: 'appspaceScimApi', data } });
	atStart = structuredClone(sandbox.tenant);
});
beforeEach(() => {
	Object.assign(sandbox.tenant, structuredClone(atStart));
	front.options = EVERYTHING;
	front.requests.length = 0;
});
afterAll(async () => {
	await front.close();
	await sandbox.close();
});

type Parameters = Record<string, unknown>;
const execute = async (operation: `${string}.${string}`, parameters: Parameters = {}) =>
	await run({ credentials, nodes: [appspaceNode(operation, parameters)] });
const records = async (operation: `${string}.${string}`, parameters?: Parameters) => {
	const { error, items } = await execute(operation, parameters);
	expect(error).toBeUndefined();
	return items().map(({ json }) => json);
};
const users = () => sandbox.tenant.scimUsers;
const userWith = (id: unknown) => users().find((user) => user.id === id)!;
const writes = () => front.requests.filter(({ method }) => method !== 'GET');

describe('custom attributes', () => {
	const test = casesOn('our own front, RFC 7643 2.1 and RFC 7644 3.10: names and paths');
	const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
	const fields = {
		...{ givenName: 'Ann', department: 'Desks', email: 'ann@example.com', workPhone: '+1' },
		attributes: {
			...{ Name: { FamilyName: 'Example' }, [ENTERPRISE.toUpperCase()]: { Division: 'EU' } },
			...{ 'name.middleName': 'B', [`${ENTERPRISE}:costCenter`]: '7', ID: 'x' },
			'urn:ietf:params:scim:schemas:core:2.0:User:nickName': 'A',
			Emails: [{ value: 'second@example.com', type: 'home' }],
			phoneNumbers: [{ value: '+2', type: 'home' }],
		},
	};
	const made = {
		name: { givenName: 'Ann', familyName: 'Example', middleName: 'B' },
		[ENTERPRISE]: { department: 'Desks', division: 'EU', costCenter: '7' },
		nickName: 'A',
		emails: [
			{ value: 'second@example.com', type: 'home' },
			{ value: 'ann@example.com', type: 'work', primary: true },
		],
		phoneNumbers: [
			{ value: '+2', type: 'home' },
			{ value: '+1', type: 'work' },
		],
	};

	test('are laid over the filled-in fields, sub-attribute by sub-attribute', async () => {
		const input = structuredClone(fields);
		await records('scimUser.create', { userName: 'ann@example.com', additionalFields: fields });
		expect(fields).toEqual(input);
		expect(users().at(-1)).toMatchObject(made);
		for (const patch of [true, false]) {
			front.options = { ...EVERYTHING, patch };
			const user = users()[patch ? 1 : 2]!;
			const kept = structuredClone(user[ENTERPRISE]) as object;
			await records('scimUser.update', { scimUserId: user.id, updateFields: fields });
			expect(userWith(user.id)).toMatchObject({
				...made,
				[ENTERPRISE]: { ...kept, ...(made[ENTERPRISE] as object) },
			});
		}
	});

	test('one object does not take the place of several values', async () => {
		for (const patch of [true, false]) {
			front.options = { ...EVERYTHING, patch };
			for (const attributes of [{ emails: { value: 'x' } }, { 'emails.value': 'x' }]) {
				const updateFields = { attributes };
				const { error } = await execute('scimUser.update', {
					scimUserId: users()[1]!.id,
					updateFields,
				});
				expect(error?.message).toBe(
					'The attribute "emails" has several values and cannot be replaced by a single object',
				);
			}
		}
		expect(writes()).toEqual([]);
	});

	test('the manager is the same in another letter case', async () => {
		const [user, manager] = users();
		const updateFields = { managerId: manager!.id };
		await records('scimUser.update', { scimUserId: user!.id, updateFields });
		const again = { managerId: manager!.id.toUpperCase() };
		await records('scimUser.update', { scimUserId: user!.id, updateFields: again });
		expect(writes()).toHaveLength(1);
	});

	test('a path with a filter is for PATCH alone, and is not left out of a whole record in silence', async () => {
		const user = users()[1]!;
		const attributes = { 'emails[type eq "work"].value': 'work@example.com' };
		const update = { scimUserId: user.id, updateFields: { attributes } };
		await records('scimUser.update', update);
		expect(userWith(user.id).emails).toMatchObject([{ value: 'work@example.com' }]);
		front.requests.length = 0;
		front.options = { ...EVERYTHING, patch: false };
		const create = { userName: 'new@example.com', additionalFields: { attributes } };
		for (const { error } of [
			await execute('scimUser.update', update),
			await execute('scimUser.create', create),
		]) {
			expect(error?.message).toContain('cannot be written as a part of the whole record');
		}
		expect(writes()).toEqual([]);
	});
});
