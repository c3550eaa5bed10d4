import { listSearch } from '../../support/engine.mts';
import { locator, locators } from '../../support/appspaceNode.mts';
import { casesOn, SCIMMY } from '../../support/scimCases.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest({ groupSync: true, scimPageCap: null });
const test = casesOn(SCIMMY);

const groups = () => under.tenant.scimGroups;
const membersOf = (id: unknown) =>
	(groups().find((group) => group.id === id)?.members ?? []).map(({ value }) => value);
const writes = () => under.sandbox.requests.filter(({ method }) => method !== 'GET');
const outside = (id: string) =>
	under.tenant.scimUsers.filter((user) => !membersOf(id).includes(user.id));

test('Get Many: all, by name in every script, by member', async () => {
	const all = await under.records('scimGroup.getAll', { returnAll: true });
	expect(all.map(({ id }) => id)).toEqual(groups().map(({ id }) => id));
	const filters = { displayName: '東京オフィス' };
	const [tokyo, ...others] = await under.records('scimGroup.getAll', { filters });
	expect(others).toEqual([]);
	expect(tokyo).toMatchObject({ displayName: '東京オフィス', memberCount: 4 });
	const [member] = membersOf(tokyo!.id);
	const condition = [{ attribute: 'members.value', operator: 'eq', value: member }];
	const ofMember = await under.records('scimGroup.getAll', {
		returnAll: true,
		filters: { conditions: { condition } },
	});
	expect(ofMember.map(({ id }) => id)).toEqual(
		groups()
			.filter(({ id }) => membersOf(id).includes(member!))
			.map(({ id }) => id),
	);
});

test('Get: the whole group without Simplify', async () => {
	const { id, members } = groups()[1]!;
	const [group] = await under.records('scimGroup.get', {
		scimGroupId: locator(id),
		simplify: false,
	});
	expect(group!.members).toEqual(members);
});

test('Create, Update, Delete', async () => {
	const memberIds = under.tenant.scimUsers.slice(0, 2).map(({ id }) => id);
	const [made] = await under.records('scimGroup.create', {
		displayName: 'Façade "North"',
		additionalFields: { externalId: 'north', memberIds: locators(memberIds.join(', ')) },
	});
	expect(made).toMatchObject({ displayName: 'Façade "North"', memberCount: 2 });
	expect(membersOf(made!.id)).toEqual(memberIds);
	const scimGroupId = made!.id;
	const [renamed] = await under.records('scimGroup.update', {
		scimGroupId,
		updateFields: { displayName: 'South' },
	});
	expect(renamed).toMatchObject({ displayName: 'South', externalId: 'north', memberCount: 2 });
	expect(await under.records('scimGroup.delete', { scimGroupId })).toEqual([
		{ deleted: true, id: scimGroupId },
	]);
	expect(groups().some(({ id }) => id === scimGroupId)).toBe(false);
});

test('Update: nothing to update', async () => {
	const { error } = await under.execute('scimGroup.update', { scimGroupId: groups()[0]!.id });
	expect(error?.message).toBe('There is nothing to update');
	expect(under.sandbox.requests).toEqual([]);
});

test('Add Members: the others stay, who is in already is not sent', async () => {
	const { id } = groups()[2]!;
	const before = membersOf(id);
	const [one, two] = outside(id);
	const memberIds = locators(before[0]!, one!.id, two!.id);
	const [report] = await under.records('scimGroup.addMembers', { scimGroupId: id, memberIds });
	expect(report).toEqual({
		...{ id, displayName: groups()[2]!.displayName },
		...{ added: [one!.id, two!.id], memberCount: before.length + 2 },
	});
	expect(membersOf(id)).toEqual([...before, one!.id, two!.id]);
	expect(
		writes().map(({ method, body }) => [method, (body as { Operations: unknown }).Operations]),
	).toEqual([
		['PATCH', [{ op: 'add', path: 'members', value: [{ value: one!.id }, { value: two!.id }] }]],
	]);
	under.sandbox.clearRequests();
	const [again] = await under.records('scimGroup.addMembers', { scimGroupId: id, memberIds });
	expect(again).toMatchObject({ added: [], memberCount: before.length + 2 });
	expect(writes()).toEqual([]);
});

test('Remove Members: the others stay, who is not in is not sent', async () => {
	const { id } = groups()[3]!;
	const before = membersOf(id);
	const [stranger] = outside(id);
	const [first, , third] = before;
	const memberIds = locators([first, third, stranger!.id]);
	const [report] = await under.records('scimGroup.removeMembers', { scimGroupId: id, memberIds });
	expect(report).toMatchObject({ removed: [first, third], memberCount: before.length - 2 });
	expect(membersOf(id)).toEqual(before.filter((value) => ![first, third].includes(value)));
});

test('Add Members: nobody named, and somebody whom the service does not know', async () => {
	const scimGroupId = groups()[0]!.id;
	const { error } = await under.execute('scimGroup.addMembers', {
		scimGroupId,
		memberIds: locators(),
	});
	expect(error?.message).toBe('The parameter "SCIM Users" is empty');
	// An ID of API v3 is not one of SCIM.
	const memberIds = under.tenant.users[0]!.id;
	const unknown = await under.execute('scimGroup.addMembers', {
		scimGroupId,
		memberIds: locators(memberIds),
	});
	expect(unknown.error?.message).toContain('does not accept one of the values');
});

test('items that change the same group take turns', async () => {
	const { id } = groups()[4]!;
	const before = membersOf(id);
	const added = outside(id)
		.slice(0, 6)
		.map((user) => user.id);
	const runs = added.map(async (memberIds) => {
		return await under.records('scimGroup.addMembers', {
			scimGroupId: id,
			memberIds: locators(memberIds),
		});
	});
	await Promise.all(runs);
	expect(new Set(membersOf(id))).toEqual(new Set([...before, ...added]));
});

test('the picker of groups pages and searches on the server, and says which option is missing', async () => {
	const search = async (filter?: string) =>
		await listSearch({
			...{ method: 'searchScimGroups', filter, credential: 'scim' },
			...{ credentials: under.credentials, parameters: { resource: 'scimGroup' } },
		});
	const { results } = await search('Équipe');
	const paris = groups().find(({ displayName }) => displayName === 'Équipe Paris')!;
	expect(results).toEqual([{ name: 'Équipe Paris (4 members)', value: paris.id }]);
	expect((await search()).results.map(({ value }) => value)).toEqual(groups().map(({ id }) => id));
	under.sandbox.set({ groupSync: false });
	await expect(search()).rejects.toMatchObject({
		message: expect.stringContaining('List of SCIM groups: not found at this address'),
		description: expect.stringContaining('"Enable User Group Sync"'),
	});
});

test('a tenant without group sync says so', async () => {
	under.sandbox.set({ groupSync: false });
	for (const [operation, parameters] of [
		['scimGroup.getAll', {}],
		['scimGroup.get', { scimGroupId: groups()[0]!.id }],
		['scimGroup.create', { displayName: 'New' }],
	] as const) {
		const { error } = await under.execute(operation, parameters);
		expect(error?.httpCode).toBe('404');
		expect(error?.description).toContain('"Enable User Group Sync"');
	}
});
