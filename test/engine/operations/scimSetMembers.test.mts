import { appspaceNode } from '../../support/appspaceNode.mts';
import { casesOn } from '../../support/scimCases.mts';
import { EVERYTHING } from '../../support/scimFront.mts';
import { scimFrontUnderTest } from '../../support/scimFrontUnderTest.mts';

const under = scimFrontUnderTest(220, ({ scimGroups, scimUsers }) => {
	// A tenant whose groups are all empty could as well be one that hides members.
	scimGroups[0]!.members = scimUsers.slice(100, 104).map(({ id }) => ({ value: id }));
});
const { users, groups, writes } = under;

type Item = Record<string, unknown>;
const set = async (parameters: Item, input?: Item[]) =>
	await under.run({
		...(input && { input: input as never }),
		nodes: [
			appspaceNode('scimGroup.setMembers', {
				...{ scimGroupId: groups()[0]!.id, mode: 'apply', mostRemovals: '100%', ...parameters },
			}),
		],
	});
const output = async (parameters: Item, input?: Item[]) => {
	const { error, items } = await set(parameters, input);
	expect(error).toBeUndefined();
	return items().map(({ json }) => json);
};
const members = (index = 0) => (groups()[index]!.members ?? []).map(({ value }) => value);
const sent = () =>
	under.front.requests.map(({ method, path }) => `${method} ${path.split('/')[1]}`);
const addressOf = ({ emails }: Record<string, unknown>) => (emails as [{ value: string }])[0].value;
/** Users by their place in the tenant. */
const some = (from: number, to: number) => users().slice(from, to);
const ids = (from: number, to: number) => some(from, to).map(({ id }) => id);
const names = (from: number, to: number) => some(from, to).map(({ userName }) => userName);

describe('Set Members', () => {
	const test = casesOn('our own front, the optional features of RFC 7643 5 on and off');

	test('gives a row for each group, with counts before members', async () => {
		const [first] = await output({ members: names(0, 3) });
		expect(members()).toHaveLength(3);
		const simplify = false;
		const [row] = await output({ members: `${names(1, 4).join(', ')},`, simplify });
		expect(row).toEqual({
			...{ id: groups()[0]!.id, displayName: groups()[0]!.displayName },
			...{ added: 1, removed: 1, unchanged: 2, nestedGroups: 0, notFound: [] },
			addedMembers: [{ id: users()[3]!.id, name: users()[3]!.userName }],
			removedMembers: [{ id: users()[0]!.id, name: expect.any(String) }],
			unchangedMembers: expect.arrayContaining([
				{ id: users()[1]!.id, name: users()[1]!.userName },
				{ id: users()[2]!.id, name: users()[2]!.userName },
			]),
		});
		expect(new Set(members())).toEqual(new Set(ids(1, 4)));
		const [simple] = await output({ members: names(0, 2) });
		expect(simple).toEqual({
			...{ id: groups()[0]!.id, displayName: groups()[0]!.displayName },
			...{ added: 1, removed: 2, unchanged: 1, nestedGroups: 0, notFound: 'none' },
			...{ addedMembers: users()[0]!.userName, removedMembers: expect.stringContaining(', ') },
		});
		expect(Object.keys(simple!)).toEqual(Object.keys(first!));
	});

	test('finds users by user name, email, and ID, in any letter case, each once', async () => {
		under.front.options = { ...EVERYTHING, mindsCase: true };
		const email = (index: number) => addressOf(users()[index]!);
		const name = users()[0]!.userName;
		await output({ members: [name.toUpperCase(), name, users()[1]!.userName] });
		expect(new Set(members())).toEqual(new Set(ids(0, 2)));
		await output({ identifyBy: 'email', members: [email(2).toUpperCase(), email(3), email(3)] });
		expect(new Set(members())).toEqual(new Set(ids(2, 4)));
		await output({ identifyBy: 'id', members: ids(4, 6) });
		expect(new Set(members())).toEqual(new Set(ids(4, 6)));
	});

	test('Preview is the default, writes nothing, and says so', async () => {
		const before = members();
		const { items, hints } = await set({ mode: undefined, members: names(0, 3) });
		expect(writes()).toEqual([]);
		expect(members()).toEqual(before);
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('This is a preview') }),
		]);
		const [preview] = items().map(({ json }) => json);
		expect(await output({ members: names(0, 3) })).toEqual([preview]);
	});

	test('writes one group after another if an expression names the mode by its label', async () => {
		const input = groups().map(({ id }, index) => ({
			id,
			list: names(index * 10, index * 10 + 5),
		}));
		const [scimGroupId, list] = ['={{ $json.id }}', '={{ $json.list }}'];
		await output({ scimGroupId, members: list, mode: '={{ "Apply" }}' }, input);
		const perGroup = under.front.requests.filter(({ path }) => path.startsWith('/Groups/'));
		const asked = perGroup.map(({ path }) => groups().findIndex(({ id }) => path.endsWith(id)));
		expect(new Set(asked).size).toBe(groups().length);
		expect(asked).toEqual([...asked].sort((left, right) => left - right));
	});

	test('refuses more removals than allowed, in both modes, before the first write', async () => {
		await output({ members: names(0, 30) });
		under.front.requests.length = 0;
		for (const mode of ['preview', 'apply']) {
			const parameters = { mode, mostRemovals: '', members: [...names(0, 20), ...names(40, 50)] };
			const { error } = await set(parameters);
			expect(error?.message).toContain(
				'would remove 10 of 30 members, and "Most Removals" allows 3',
			);
			expect(error?.description).toContain('set "Most Removals" to 10 or more');
		}
		expect(writes()).toEqual([]);
		const [row] = await output({ mostRemovals: 10, members: names(0, 20) });
		expect(row).toMatchObject({ removed: 10 });
		expect((await set({ mostRemovals: 'abc', members: names(0, 20) })).error?.message).toContain(
			'"Most Removals" is "abc"',
		);
	});

	test('refuses an empty list', async () => {
		const before = members();
		for (const list of ['', ' , ', [], ['']]) {
			const { error } = await set({ members: '={{ $json.list }}' }, [{ list }]);
			expect(error?.message).toContain('The parameter "Members" is empty');
			expect(error?.description).toContain('use Remove Members');
		}
		expect([members(), under.front.requests]).toEqual([before, []]);
	});

	test('names users that it does not find, and writes nothing unless told to', async () => {
		const before = members();
		const wanted = ['gone@example.com', ...names(0, 2), 'left@example.com'];
		const { error } = await set({ members: wanted });
		expect(error?.message).toContain(
			'2 of 4 users were not found: "gone@example.com", "left@example.com"',
		);
		expect(members()).toEqual(before);
		const byId = await set({ identifyBy: 'id', members: [...ids(0, 2), 'nobody'] });
		expect(byId.error?.message).toContain('1 of 3 users were not found: "nobody"');
		expect(members()).toEqual(before);
		const [row] = await output({ members: wanted, ifNotFound: 'skip' });
		expect(row).toMatchObject({ notFound: 'gone@example.com, left@example.com' });
		expect(new Set(members())).toEqual(new Set(ids(0, 2)));
		const none = await set({ members: 'gone@example.com', ifNotFound: 'skip' });
		expect(none.error?.message).toContain('1 of 1 users were not found');
	});

	test('refuses an address of two users', async () => {
		users()[1]!.emails = structuredClone(users()[0]!.emails);
		const address = addressOf(users()[0]!);
		const before = members();
		const { error } = await set({ identifyBy: 'email', members: address });
		expect(error?.message).toContain(`"${address}" fits 2 users`);
		expect(members()).toEqual(before);
	});

	test('writes large groups in batches, and reads the users in pages', async () => {
		await output({ members: names(0, 5) });
		under.front.requests.length = 0;
		const [row] = await output({ members: names(5, 215) });
		expect(row).toMatchObject({ added: 210, removed: 5, unchanged: 0 });
		expect(new Set(members())).toEqual(new Set(ids(5, 215)));
		const pages = sent().filter((one) => one === 'GET Users').length;
		expect(pages).toBeLessThanOrEqual(4);
		expect(sent().filter((one) => one !== 'GET Users')).toEqual([
			// The second one lists the groups: this service does not say which members are groups.
			...['GET Groups', 'GET Groups', 'GET ServiceProviderConfig'],
			...['PATCH Groups', 'PATCH Groups', 'PATCH Groups', 'PATCH Groups', 'GET Groups'],
		]);
		under.front.requests.length = 0;
		await output({ members: names(5, 215) });
		expect(writes()).toEqual([]);
	});

	test('reads the users once for all groups', async () => {
		const input = groups().map(({ id }, index) => ({
			id,
			list: names(index * 10, index * 10 + 10),
		}));
		await output({ scimGroupId: '={{ $json.id }}', members: '={{ $json.list }}' }, input);
		for (const index of groups().keys()) {
			expect(new Set(members(index))).toEqual(new Set(ids(index * 10, index * 10 + 10)));
		}
		const lookups = sent().filter((one) => one === 'GET Users').length;
		// 10 for the first group, then every user in pages.
		expect(lookups).toBeLessThanOrEqual(14);
	});

	test('refuses a second list for the same group', async () => {
		const input = names(0, 2).map((name) => ({ name }));
		const { error } = await set({ members: '={{ $json.name }}' }, input);
		expect(error?.message).toContain('Another item has a different list of members');
		expect(members()).toEqual(ids(0, 1));
	});

	test('writes the whole group with its version if there is no PATCH', async () => {
		under.front.options = { ...EVERYTHING, patch: false, etag: true };
		await output({ members: names(3, 9) });
		expect(new Set(members())).toEqual(new Set(ids(3, 9)));
		expect(writes().map(({ method, ifMatch }) => [method, ifMatch])).toEqual([
			['PUT', expect.stringMatching(/^W\//)],
		]);
	});

	test('does not need filters, and does not trust them', async () => {
		under.front.options = { ...EVERYTHING, filter: false };
		await output({ members: names(200, 203) });
		expect(new Set(members())).toEqual(new Set(ids(200, 203)));
	});

	test('says so if the service drops the change', async () => {
		under.front.options = { ...EVERYTHING, ignored: ['members'] };
		const { error } = await set({ members: [...names(0, 3), ...names(100, 102)] });
		expect(error?.message).toContain('The members are not what was just written');
	});
});
