import { locators } from '../../support/appspaceNode.mts';
import { listSearch } from '../../support/engine.mts';
import type { Parameters } from '../../support/operationRuns.mts';
import { casesOn } from '../../support/scimCases.mts';
import type { Forms } from '../../support/scimForms.mts';
import { EVERYTHING } from '../../support/scimFront.mts';
import { scimFrontUnderTest } from '../../support/scimFrontUnderTest.mts';

const under = scimFrontUnderTest(30);
const { execute, records, users, groups, writes } = under;
const userWith = (id: unknown) => users().find((user) => user.id === id)!;
const membersOf = (id: unknown) =>
	(groups().find((group) => group.id === id)?.members ?? []).map(({ value }) => value);
const active = () => users().find((user) => user.active)!;

const FORMS: Array<Partial<Forms>> = [
	{ entries: 'plain' },
	{ entries: 'single' },
	{ booleans: 'text' },
	{ entries: 'single', booleans: 'text' },
];

describe.each(FORMS.flatMap((forms) => [true, false].map((patch) => ({ ...forms, patch }))))(
	'%j',
	(options) => {
		const test = casesOn(`our own front, RFC 7643 2.4 in ${JSON.stringify(options)}`);
		beforeEach(() => void (under.front.options = { ...EVERYTHING, ...options }));

		test('Update changes the main address and keeps the others; of other attributes all', async () => {
			const user = users()[4]!;
			const second = { value: 'second@example.com', type: 'other' };
			Object.assign(user, {
				emails: [
					{ value: 'first@example.com', type: 'home' },
					{ ...second, primary: true },
				],
				phoneNumbers: [{ value: '+1', type: 'mobile' }],
			});
			if (options.entries === 'plain')
				Object.assign(user, { emails: [second, { value: 'b@example.com' }] });
			const values = () =>
				(userWith(user.id).emails as (typeof second)[]).map(({ value }) => value);
			const others = values().filter((value) => value !== second.value);
			const scimUserId = user.id;
			await records('scimUser.update', { scimUserId, updateFields: { title: 'Head' } });
			expect(values()).toHaveLength(2);
			await records('scimUser.update', { scimUserId, updateFields: { email: 'new@example.com' } });
			expect(new Set(values())).toEqual(new Set([...others, 'new@example.com']));
			expect(userWith(user.id)).toMatchObject({ title: 'Head', phoneNumbers: [{ value: '+1' }] });
			const sent = writes().length;
			const again = { scimUserId, updateFields: { email: 'NEW@example.com', mobilePhone: '+1' } };
			await records('scimUser.update', again);
			expect(writes()).toHaveLength(sent);
		});

		test('a user is found by address, Create or Update runs twice with one write', async () => {
			const user = users()[5]!;
			user.emails = [{ value: 'elsewhere@example.com', type: 'work', primary: true }];
			const [found] = await records('scimUser.getAll', {
				filters: { email: 'ELSEWHERE@example.com' },
			});
			expect(found).toMatchObject({
				id: user.id,
				email: 'elsewhere@example.com',
				active: user.active,
			});
			const additionalFields = { email: 'there@example.com', mobilePhone: '+2', active: true };
			const upsert = { userName: user.userName, additionalFields };
			const outcomes = [
				await records('scimUser.upsert', upsert),
				await records('scimUser.upsert', upsert),
			];
			expect(outcomes.flat().map(({ outcome }) => outcome)).toEqual(['updated', 'unchanged']);
		});

		test('Deactivate and Reactivate', async () => {
			const { id } = active();
			expect(await records('scimUser.deactivate', { scimUserId: id })).toMatchObject([
				{ active: false },
			]);
			expect(userWith(id).active).toBe(false);
			expect(await records('scimUser.reactivate', { scimUserId: id })).toMatchObject([
				{ active: true },
			]);
			expect(userWith(id).active).toBe(true);
		});

		test('Add and Remove Members, and Update, lose nobody', async () => {
			const { id } = groups()[3]!;
			const before = membersOf(id);
			const memberIds = users().find((user) => !before.includes(user.id))!.id;
			await records('scimGroup.addMembers', { scimGroupId: id, memberIds: locators(memberIds) });
			expect(membersOf(id)).toEqual([...before, memberIds]);
			await records('scimGroup.update', {
				scimGroupId: id,
				updateFields: { displayName: 'Other' },
			});
			expect(membersOf(id)).toEqual([...before, memberIds]);
			const [report] = await records('scimGroup.removeMembers', {
				scimGroupId: id,
				memberIds: locators(before[0]!.toUpperCase()),
			});
			expect(report).toMatchObject({ removed: [before[0]], memberCount: before.length });
			expect(membersOf(id)).toEqual([...before.slice(1), memberIds]);
		});
	},
);

describe.each(['absent', 'empty'] as const)(
	'a service whose groups show members as %s',
	(members) => {
		const test = casesOn('our own front, RFC 7643 2.5 and 7: what is not shown may be there');
		const remove = async (memberIds: unknown) =>
			await execute('scimGroup.removeMembers', {
				scimGroupId: groups()[3]!.id,
				memberIds: locators(memberIds),
			});
		beforeEach(() => void (under.front.options = { ...EVERYTHING, members }));

		test('a removal is sent, and an addition is no failure', async () => {
			const { id } = groups()[3]!;
			const [first, ...others] = membersOf(id);
			const stranger = users().find((user) => !membersOf(id).includes(user.id))!.id;
			expect((await remove(first)).items().map(({ json }) => json)).toEqual([
				{ id, displayName: groups()[3]!.displayName, removed: [first] },
			]);
			expect(membersOf(id)).toEqual(others);
			const [added] = await records('scimGroup.addMembers', {
				scimGroupId: id,
				memberIds: locators(stranger),
			});
			expect(added).not.toHaveProperty('memberCount');
			expect(membersOf(id)).toEqual([...others, stranger]);
		});

		test('without PATCH nothing is written, as the members would be lost', async () => {
			under.front.options = { ...EVERYTHING, members, patch: false };
			const before = structuredClone(groups());
			const { id } = groups()[3]!;
			for (const { error } of [
				await remove(membersOf(id)[0]),
				await execute('scimGroup.addMembers', {
					scimGroupId: id,
					memberIds: locators(users()[0]!.id),
				}),
				await execute('scimGroup.update', { scimGroupId: id, updateFields: { displayName: 'X' } }),
			]) {
				expect(error?.message).toBe(
					`Appspace does not show the members of the group "${before[3]!.displayName}"`,
				);
			}
			expect(writes()).toEqual([]);
			expect(groups()).toEqual(before);
		});
	},
);

describe('a group without members, where others show theirs', () => {
	const test = casesOn('our own front, RFC 7643 4.2');
	test('has none: nothing is sent to remove one, and the first can be added without PATCH', async () => {
		const group = groups()[2]!;
		group.members = [];
		const [id] = [users()[0]!.id];
		const change = { scimGroupId: group.id, memberIds: locators(id) };
		expect(await records('scimGroup.removeMembers', change)).toMatchObject([
			{ removed: [], memberCount: 0 },
		]);
		expect(writes()).toEqual([]);
		under.front.options = { ...EVERYTHING, patch: false };
		expect(await records('scimGroup.addMembers', change)).toMatchObject([{ memberCount: 1 }]);
	});
});

describe.each(['location', 'nothing'] as const)('201 with %s', (created) => {
	const test = casesOn('our own front, RFC 7644 3.3');
	beforeEach(() => void (under.front.options = { ...EVERYTHING, created }));

	test('a new user is read all the same', async () => {
		for (const [index, operation] of (['create', 'upsert'] as const).entries()) {
			const userName = `made.${index}@example.com`;
			const [made] = await records(`scimUser.${operation}`, { userName });
			expect(made).toMatchObject({ id: users().at(-1)!.id, userName });
		}
		expect(writes().map(({ method }) => method)).toEqual(['POST', 'POST']);
	});

	test('a new group too', async () => {
		const memberIds = users()[0]!.id;
		const additionalFields = { memberIds: locators(memberIds) };
		const [made] = await records('scimGroup.create', {
			displayName: 'Made "now"',
			additionalFields,
		});
		expect(made).toMatchObject({ id: groups().at(-1)!.id, memberCount: 1 });
	});

	test('one that has a namesake is not mistaken for it', async () => {
		const { displayName, id } = groups()[1]!;
		const { error, items } = await execute('scimGroup.create', { displayName });
		if (created === 'location') expect(items()[0]?.json.id).not.toBe(id);
		else expect(error?.message).toBe('Appspace created the group and does not show it');
		if (created === 'nothing') expect(error?.description).toContain('already changed something');
	});
});

describe('letter case that counts in filters', () => {
	const test = casesOn('our own front, RFC 7643 2.2: what is taken, whatever its letter case');
	beforeEach(() => void (under.front.options = { ...EVERYTHING, mindsCase: true }));

	test('Create or Update finds the holder in the whole list after a 409, and updates', async () => {
		const user = users()[25]!;
		const userName = user.userName.toUpperCase();
		const [after] = await records('scimUser.upsert', {
			userName,
			additionalFields: { title: 'Found' },
		});
		expect(after).toMatchObject({ id: user.id, title: 'Found' });
		expect(String(after!.outcome)).toMatch(/^updated/);
	});

	test('another attribute that is taken: the message does not advise what was just done', async () => {
		const [one, other] = users();
		const description = async (operation: string, parameters: Parameters) => {
			under.front.requests.length = 0;
			const { error } = await execute(`scimUser.${operation}`, parameters);
			expect(error?.httpCode).toBe('409');
			return String(error?.description);
		};
		const taken = { attributes: { userName: other!.userName.toUpperCase() } };
		const upsert = await description('upsert', {
			userName: one!.userName,
			additionalFields: taken,
		});
		expect(upsert).toContain(other!.id);
		expect(upsert).not.toContain('Create or Update');
		const update = await description('update', { scimUserId: one!.id, updateFields: taken });
		expect(update).not.toContain('Create or Update');
		const create = await description('create', { userName: other!.userName.toUpperCase() });
		expect(create).toContain('or use Create or Update');
	});
});

describe('a service that shows no user who is deactivated', () => {
	const test = casesOn('our own front, a service that keeps deactivated users apart');
	it.each([{}, { silentPatch: true }, { patch: false }])('%j', async (more) => {
		under.front.options = { ...EVERYTHING, hidesInactive: true, ...more };
		const [one, other] = users().filter((user) => user.active);
		expect(await records('scimUser.deactivate', { scimUserId: one!.id })).toMatchObject([
			{ id: one!.id, userName: one!.userName, active: false },
		]);
		const updateFields = { active: false, title: 'Left' };
		expect(await records('scimUser.update', { scimUserId: other!.id, updateFields })).toMatchObject(
			[{ id: other!.id, active: false, title: 'Left' }],
		);
		expect([one, other].map((user) => userWith(user!.id).active)).toEqual([false, false]);
	});

	test('Create or Update of such a user is refused, and says where to look', async () => {
		under.front.options = { ...EVERYTHING, hidesInactive: true };
		const user = active();
		user.active = false;
		const { error } = await execute('scimUser.upsert', { userName: user.userName });
		expect(error?.message).toContain('a value that must be unique is already in use');
		expect(error?.description).toContain('such as a deactivated user');
		expect(`${error?.message} ${error?.description}`).not.toMatch(/use Create or Update|existing/);
	});

	test('who is gone without being deactivated was not updated', async () => {
		under.front.options = { ...EVERYTHING, hidesInactive: true, silentPatch: true };
		const { id } = active();
		const shown = (record: object) => {
			userWith(id).active = false;
			return { ...record };
		};
		under.front.options = { ...under.front.options, shown };
		const { error } = await execute('scimUser.update', {
			scimUserId: id,
			updateFields: { title: 'x' },
		});
		expect(error?.httpCode).toBe('404');
	});
});

describe('onboarding a user who was deactivated', () => {
	const test = casesOn('our own front, RFC 7643 4.1.1: active');
	test('says so, whatever else it did, unless it was asked for', async () => {
		const user = users()[7]!;
		user.active = false;
		const { userName } = user;
		const outcomes = async (additionalFields: object) =>
			(await records('scimUser.upsert', { userName, additionalFields })).map(
				({ outcome }) => outcome,
			);
		expect(await outcomes({})).toEqual(['unchanged, active: false']);
		expect(await outcomes({ title: 'Back' })).toEqual(['updated, active: false']);
		expect(await outcomes({ active: false })).toEqual(['unchanged']);
		expect(await outcomes({ active: true })).toEqual(['updated']);
		expect(await outcomes({})).toEqual(['unchanged']);
	});
});

describe('"or" that a service does not understand', () => {
	const test = casesOn('our own front, RFC 7644 3.12: invalidFilter');
	beforeEach(() => void (under.front.options = { ...EVERYTHING, or: false }));

	test('Get Many by address asks twice, and Limit is for both', async () => {
		const [one, other] = users();
		other!.emails = [{ value: one!.userName, type: 'work', primary: true }];
		const filters = { email: one!.userName };
		const both = await records('scimUser.getAll', { returnAll: true, filters });
		expect(both.map(({ id }) => id)).toEqual([one!.id, other!.id]);
		expect(await records('scimUser.getAll', { limit: 1, filters })).toHaveLength(1);
	});

	test('Get Many with one of several conditions, and with all of others', async () => {
		const [one, other] = users();
		const equal = (value: string) => ({ attribute: 'userName', operator: 'eq', value });
		const condition = [equal(one!.userName), equal(other!.userName), equal(one!.userName)];
		const found = async (filter: string) =>
			(
				await records('scimUser.getAll', {
					returnAll: true,
					filters: { combine: 'or', conditions: { condition }, filter },
				})
			).map(({ id }) => id);
		expect(await found('')).toEqual([one!.id, other!.id]);
		expect(await found(`userName eq "${other!.userName}"`)).toEqual([other!.id]);
	});

	test('text in the words of SCIM cannot be taken apart: the refusal is shown', async () => {
		const { error } = await execute('scimUser.getAll', {
			filters: { filter: 'active pr or title pr' },
		});
		expect(error?.message).toContain('does not understand the filter');
	});

	test('who holds a name is found, and the picker searches', async () => {
		const { userName, id } = users()[3]!;
		const { error } = await execute('scimUser.create', { userName });
		expect(error?.description).toContain(id);
		const { results } = await listSearch({
			...{ method: 'searchScimUsers', filter: userName, credential: 'scim' },
			...{ credentials: under.credentials, parameters: { resource: 'scimUser' } },
		});
		expect(results.map(({ value }) => value)).toEqual([id]);
	});
});
