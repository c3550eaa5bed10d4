import { casesOn } from '../../support/scimCases.mts';
import { EVERYTHING } from '../../support/scimFront.mts';
import { scimFrontUnderTest } from '../../support/scimFrontUnderTest.mts';

const under = scimFrontUnderTest(30);
const { execute, records, users, writes } = under;
const userWith = (id: unknown) => users().find((user) => user.id === id)!;

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
			under.front.options = { ...EVERYTHING, patch };
			const user = users()[patch ? 1 : 2]!;
			const kept = structuredClone(user[ENTERPRISE]) as object;
			await records('scimUser.update', { scimUserId: user.id, updateFields: fields });
			expect(userWith(user.id)).toMatchObject({
				...made,
				[ENTERPRISE]: { ...kept, ...(made[ENTERPRISE] as object) },
			});
		}
	});

	test('are kept where an expression finds no value for them', async () => {
		for (const patch of [true, false]) {
			under.front.options = { ...EVERYTHING, patch };
			const user = users()[patch ? 1 : 2]!;
			Object.assign(user, { title: 'Guide', nickName: 'Nate' });
			const attributes =
				'={{ ({ title: $json.titel, name: { givenName: $json.nam }, nickName: "N" }) }}';
			await records('scimUser.update', { scimUserId: user.id, updateFields: { attributes } });
			const { name } = user;
			expect(userWith(user.id)).toMatchObject({ title: 'Guide', nickName: 'N', name });
		}
	});

	test('one object does not take the place of several values', async () => {
		for (const patch of [true, false]) {
			under.front.options = { ...EVERYTHING, patch };
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
		under.front.requests.length = 0;
		under.front.options = { ...EVERYTHING, patch: false };
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
