import type { IDataObject } from 'n8n-workflow';
import { ENTERPRISE } from '../../../sandbox/scim/accounts.mts';
import { appspaceNode, locator } from '../../support/appspaceNode.mts';
import { anotherProcess, run } from '../../support/engine.mts';
import { casesOn, SCIMMY } from '../../support/scimCases.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest({ groupSync: true, scimPageCap: null });
const test = casesOn(SCIMMY);

const BASE = '/identity/scim';
const users = () => under.tenant.scimUsers;
const userWith = (id: unknown) => structuredClone(users().find((user) => user.id === id)!);
const writes = () => under.sandbox.requests.filter(({ method }) => method !== 'GET');
const lines = () =>
	under.sandbox.requests.map(({ method, path }) => `${method} ${path.replace(BASE, '')}`);
const ids = (records: IDataObject[]) => records.map(({ id }) => id);
const condition = (attribute: string, operator: string, value?: string) => ({
	attribute,
	operator,
	...(value !== undefined && { value }),
});
const filtered = (combine: string, ...condition: object[]) => ({
	returnAll: true,
	filters: { combine, conditions: { condition } },
});

test('Get Many: pages of 100 from 1 on, flat records, and raw ones without Simplify', async () => {
	const flat = await under.records('scimUser.getAll', { limit: 7 });
	expect(ids(flat)).toEqual(
		users()
			.slice(0, 7)
			.map(({ id }) => id),
	);
	for (const user of flat) expect(Object.keys(user).length).toBeLessThanOrEqual(10);
	expect(under.sandbox.requests.at(-1)?.query).toEqual({ startIndex: '1', count: '7' });
	expect(under.sandbox.requests.at(-1)?.headers.accept).toBe('application/scim+json');
	const [raw] = await under.records('scimUser.getAll', { limit: 1, simplify: false });
	expect(raw).toMatchObject({ schemas: [expect.any(String), ENTERPRISE], meta: expect.anything() });
});

test('Get Many: a service that gives smaller pages than asked for', async () => {
	under.sandbox.set({ scimPageCap: 7 });
	const found = await under.records('scimUser.getAll', { returnAll: true });
	expect(ids(found)).toEqual(users().map(({ id }) => id));
});

test('Get Many: nothing fits', async () => {
	const filters = filtered('and', condition('userName', 'eq', 'nobody@example.com'));
	expect(await under.records('scimUser.getAll', filters)).toEqual([]);
});

test('Get Many: by email, which is the way from a v3 user to a SCIM ID', async () => {
	const { email, id: v3Id } = under.tenant.users[5]!;
	const [found, ...others] = await under.records('scimUser.getAll', { filters: { email } });
	expect(others).toEqual([]);
	expect(found).toMatchObject({ id: users()[5]!.id, userName: email });
	expect(found!.id).not.toBe(v3Id);
});

test('Get Many: conditions with and, with or, present, boolean and date', async () => {
	const inactive = users().filter(({ active }) => !active);
	expect(inactive.length).toBeGreaterThan(0);
	const none = condition('active', 'eq', 'False');
	expect(ids(await under.records('scimUser.getAll', filtered('and', none)))).toEqual(
		ids(inactive as IDataObject[]),
	);
	const titled = inactive.filter(({ title }) => title !== undefined);
	const both = filtered('and', none, condition('title', 'pr'));
	expect(ids(await under.records('scimUser.getAll', both))).toEqual(titled.map(({ id }) => id));
	const [first, second] = users();
	const either = filtered(
		'or',
		condition('userName', 'eq', first!.userName),
		condition('userName', 'eq', second!.userName),
	);
	expect(ids(await under.records('scimUser.getAll', either))).toEqual([first!.id, second!.id]);
	const recent = filtered('and', condition('meta.lastModified', 'gt', '2025-06-01'));
	expect(await under.records('scimUser.getAll', recent)).toEqual([]);
	expect(under.sandbox.requests.at(-1)?.query.filter).toMatch(
		/^meta\.lastModified gt "20\d\d-\d\d-\d\dT[\d:.]+Z"$/,
	);
});

test('Get Many: a raw filter beside conditions and an email', async () => {
	const { userName, id } = users()[3]!;
	const found = await under.records('scimUser.getAll', {
		returnAll: true,
		filters: {
			email: userName,
			filter: 'userName pr',
			conditions: { condition: [condition('userName', 'sw', userName.slice(0, 3))] },
		},
	});
	expect(ids(found)).toEqual([id]);
});

test('Get Many: a long filter travels in a body, and is sent again like any read', async () => {
	const { userName, id } = users()[8]!;
	const filter = `userName eq "${'x'.repeat(1_500)}" or userName eq "${userName}"`;
	under.sandbox.fault({ path: `${BASE}/Users/.search`, status: 503 });
	const found = await under.records('scimUser.getAll', { filters: { filter } });
	expect(ids(found)).toEqual([id]);
	expect(lines().filter((line) => line === 'POST /Users/.search').length).toBe(2);
});

test('Get Many: a filter that the service does not understand', async () => {
	const { error } = await under.execute('scimUser.getAll', {
		filters: { filter: 'userName eq "' },
	});
	expect(error?.message).toBe(
		'Get many provisioned users: Appspace does not understand the filter',
	);
	expect(error?.httpCode).toBe('400');
});

test('Get Many: values that cannot be compared are told before anything is sent', async () => {
	for (const wrong of [
		condition('active', 'eq', 'maybe'),
		condition('meta.created', 'gt', 'soon'),
	]) {
		const { error } = await under.execute('scimUser.getAll', filtered('and', wrong));
		expect(error?.message).toContain(`"${wrong.attribute}" has no value`);
	}
	expect(writes()).toEqual([]);
	expect(lines()).not.toContain('GET /Users');
});

test('Get: from the list, by ID, as text; and who was not found', async () => {
	const { id, userName } = users()[7]!;
	for (const scimUserId of [locator(id, 'list'), locator(id), id]) {
		expect(await under.records('scimUser.get', { scimUserId })).toMatchObject([{ id, userName }]);
	}
	const { error } = await under.execute('scimUser.get', { scimUserId: under.tenant.users[7]!.id });
	expect(error?.message).toBe(`SCIM User "${under.tenant.users[7]!.id}" was not found`);
	expect(error?.description).toContain('Use its SCIM ID');
});

test("Create: name, email, enterprise fields, manager, phones and attributes of one's own", async () => {
	const manager = users()[0]!;
	const [made] = await under.records('scimUser.create', {
		userName: ' jana.nováková@example.com ',
		additionalFields: {
			...{ givenName: 'Jana "Janka"', familyName: 'Nov\\áková', displayName: 'Jana 诺' },
			...{ department: 'Facilities', managerId: locator(manager.id), workPhone: '+420 1' },
			...{ mobilePhone: '+420 2', attributes: '{ "honorificIgnored": 1, "nickName": "J" }' },
		},
	});
	expect(made).toMatchObject({ userName: 'jana.nováková@example.com', active: true });
	expect(userWith(made!.id)).toMatchObject({
		userName: 'jana.nováková@example.com',
		name: { givenName: 'Jana "Janka"', familyName: 'Nov\\áková' },
		emails: [{ value: 'jana.nováková@example.com', type: 'work', primary: true }],
		phoneNumbers: [
			{ type: 'work', value: '+420 1' },
			{ type: 'mobile', value: '+420 2' },
		],
		nickName: 'J',
		[ENTERPRISE]: { department: 'Facilities', manager: { value: manager.id } },
	});
	expect(writes()[0]?.headers['content-type']).toBe('application/scim+json');
	expect(lines()).toEqual(['POST /Users']);
});

test('Create: a user name that is taken names the user who has it, also in another case', async () => {
	const { userName, displayName, id } = users()[4]!;
	for (const name of [userName, userName.toUpperCase()]) {
		const { error } = await under.execute('scimUser.create', { userName: name });
		expect(error?.httpCode).toBe('409');
		expect(error?.message).toBe(
			`"${name}" is taken by another user: ${String(displayName)}, ${userName}`,
		);
		expect(error?.description).toContain(`SCIM ID "${id}"`);
	}
	expect(users().filter((user) => user.userName.toLowerCase() === userName).length).toBe(1);
});

test('Create: no user name, nothing sent', async () => {
	const { error } = await under.execute('scimUser.create', { userName: '={{ "  " }}' });
	expect(error?.message).toContain('"User Name (Email)" is empty');
	expect(under.sandbox.requests).toEqual([]);
});

test('Update: sends what differs and nothing else', async () => {
	const before = userWith(users()[6]!.id);
	const [after] = await under.records('scimUser.update', {
		scimUserId: locator(before.id),
		updateFields: { title: 'Head of Desks', displayName: before.displayName, department: 'Desks' },
	});
	expect(after).toMatchObject({ title: 'Head of Desks', department: 'Desks' });
	expect(writes().map(({ method, body }) => [method, body])).toEqual([
		[
			'PATCH',
			{
				schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
				Operations: [
					{ op: 'replace', path: 'title', value: 'Head of Desks' },
					{ op: 'replace', path: `${ENTERPRISE}:department`, value: 'Desks' },
				],
			},
		],
	]);
	const enterprise = { ...(before[ENTERPRISE] as object), department: 'Desks' };
	const { meta: _, ...kept } = { ...before, title: 'Head of Desks', [ENTERPRISE]: enterprise };
	expect(userWith(before.id)).toMatchObject(kept);
});

test('Update: of several addresses one changes; null takes an attribute away', async () => {
	const user = users()[6]!;
	Object.assign(user, {
		title: 'Gone',
		emails: [
			{ value: 'home@example.com', type: 'home' },
			{ value: user.userName, type: 'work', primary: true },
		],
	});
	await under.records('scimUser.update', {
		scimUserId: user.id,
		updateFields: { email: 'new@example.com', attributes: '{ "title": null }' },
	});
	const after = userWith(user.id);
	expect(after).not.toHaveProperty('title');
	expect(after.emails).toEqual([
		{ value: 'home@example.com', type: 'home' },
		{ value: 'new@example.com', type: 'work', primary: true },
	]);
});

test('Update: nothing to update, and a name that somebody else has', async () => {
	const { id } = users()[2]!;
	const { error } = await under.execute('scimUser.update', { scimUserId: id });
	expect(error?.message).toBe('There is nothing to update');
	expect(under.sandbox.requests).toEqual([]);
	const taken = await under.execute('scimUser.update', {
		scimUserId: id,
		updateFields: { userName: users()[1]!.userName },
	});
	expect(taken.error?.message).toContain(`is taken by another user`);
});

test('Create or Update: run twice, the second changes nothing and sends no write', async () => {
	const parameters = {
		userName: 'twice@example.com',
		additionalFields: {
			givenName: 'Twice',
			department: 'Desks',
			workPhone: '+1 2',
			email: 'TWICE@example.com',
		},
	};
	const [made] = await under.records('scimUser.upsert', parameters);
	expect(made).toMatchObject({ outcome: 'created', userName: 'twice@example.com' });
	const stored = userWith(made!.id);
	under.sandbox.clearRequests();
	const [again] = await under.records('scimUser.upsert', parameters);
	expect(again).toMatchObject({ outcome: 'unchanged', id: made!.id });
	expect(writes()).toEqual([]);
	expect(userWith(made!.id)).toEqual(stored);

	parameters.additionalFields.department = 'Chairs';
	const [changed] = await under.records('scimUser.upsert', parameters);
	expect(changed).toMatchObject({ outcome: 'updated', id: made!.id, department: 'Chairs' });
});

test('Create or Update: two processes that race make one user', async () => {
	const other = await anotherProcess();
	const node = (userName: string) => appspaceNode('scimUser.upsert', { userName });
	for (let round = 0; round < 5; round++) {
		const userName = `race.${round}@example.com`;
		// Both have looked before either writes: the answers come late.
		under.sandbox.fault({ path: `${BASE}/Users`, method: 'GET', times: 2, delay: 150 });
		const outcomes = await Promise.all(
			[run, other.run.bind(other)].map(async (runIn) => {
				const { credentials } = under;
				const { error, items } = await runIn({ credentials, nodes: [node(userName)] });
				expect(error).toBeUndefined();
				return items().map(({ json }) => json);
			}),
		);
		expect(users().filter((user) => user.userName === userName).length).toBe(1);
		const said = outcomes.flat().map(({ outcome }) => outcome);
		expect(said.sort()).toEqual(['created', 'unchanged']);
		expect(new Set(outcomes.flat().map(({ id }) => id)).size).toBe(1);
	}
	const conflicts = under.sandbox.requests.filter(({ status }) => status === 409);
	expect(conflicts.length).toBeGreaterThan(0);
});

test('Deactivate, then Reactivate: every other attribute is as it was', async () => {
	const { id } = users().find(({ active }) => active)!;
	const before = userWith(id);
	const [off] = await under.records('scimUser.deactivate', { scimUserId: id });
	expect(off).toMatchObject({ id, active: false });
	expect(writes().at(-1)?.body).toMatchObject({
		Operations: [{ op: 'replace', path: 'active', value: false }],
	});
	const between = userWith(id);
	for (const name of Object.keys(before).filter((key) => !['active', 'meta'].includes(key))) {
		expect({ name, value: between[name] }).toEqual({ name, value: before[name] });
	}
	expect(between.active).toBe(false);
	await under.records('scimUser.reactivate', { scimUserId: id });
	const after = userWith(id);
	expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
	for (const name of Object.keys(before).filter((key) => key !== 'meta')) {
		expect({ name, value: after[name] }).toEqual({ name, value: before[name] });
	}
});

test('Deactivate: who is inactive already stays so without a write', async () => {
	const { id } = users().find(({ active }) => !active)!;
	expect(await under.records('scimUser.deactivate', { scimUserId: id })).toMatchObject([
		{ id, active: false },
	]);
	expect(writes()).toEqual([]);
});

test('Delete: says what it deleted, and the user is gone', async () => {
	const { id } = users()[9]!;
	expect(await under.records('scimUser.delete', { scimUserId: id })).toEqual([
		{ deleted: true, id },
	]);
	expect(users().some((user) => user.id === id)).toBe(false);
});

test('writes are not sent again when Appspace may have acted, reads are', async () => {
	const { id } = users()[0]!;
	under.sandbox.fault({ method: 'POST', path: `${BASE}/Users`, reset: 'afterHandling' });
	const { error } = await under.execute('scimUser.create', { userName: 'once@example.com' });
	expect(error?.description).toContain('Appspace may have carried out the request');
	expect(users().filter(({ userName }) => userName === 'once@example.com').length).toBe(1);
	expect(lines()).toEqual(['POST /Users']);

	under.sandbox.fault({ method: 'POST', path: `${BASE}/Users`, status: 429 });
	await under.records('scimUser.create', { userName: 'again@example.com' });
	under.sandbox.fault({ path: `${BASE}/Users/${id}`, status: 503, times: 2 });
	expect(await under.records('scimUser.get', { scimUserId: id })).toMatchObject([{ id }]);
});

test('what this token may not do', async () => {
	under.sandbox.set({ forbiddenPaths: [/\/Users\//] });
	const { error } = await under.execute('scimUser.get', { scimUserId: users()[0]!.id });
	expect(error).toMatchObject({
		httpCode: '403',
		message: 'Get provisioned user: Appspace does not permit this with the SCIM token',
	});
});
