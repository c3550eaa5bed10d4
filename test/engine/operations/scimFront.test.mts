import { ENTERPRISE } from '../../../sandbox/scim/accounts.mts';
import { appspaceNode, locators } from '../../support/appspaceNode.mts';
import { listSearch } from '../../support/engine.mts';
import { casesOn } from '../../support/scimCases.mts';
import { EVERYTHING } from '../../support/scimFront.mts';
import { scimFrontUnderTest } from '../../support/scimFrontUnderTest.mts';

// Create or Update says of a user who is deactivated that it is; that is tested elsewhere.
const under = scimFrontUnderTest(40, ({ scimUsers }) => {
	for (const user of scimUsers) user.active = true;
});
const { execute, records, writes } = under;
const userWith = (id: unknown) =>
	structuredClone(under.tenant.scimUsers.find((user) => user.id === id)!);
const methods = () => under.front.requests.map(({ method }) => method);

describe('quotes and backslashes in filters', () => {
	const test = casesOn('our own front, RFC 7644 3.4.2.2: a string in a filter is a JSON string');
	const NAMES = [
		'a"b',
		'a\\b',
		'a\\"b',
		'\\',
		'"',
		'ü " or userName pr',
		'a\nb',
		'名"前\\',
		') or (',
		'\ud83d\ude00"',
	];

	test('by user name, by email and by a condition', async () => {
		for (const [index, name] of NAMES.entries()) {
			const user = under.tenant.scimUsers[index]!;
			Object.assign(user, {
				userName: `${name}@example.com`,
				displayName: name,
				emails: [{ value: `${name}@mail.example` }],
			});
		}
		for (const [index, name] of NAMES.entries()) {
			const { id } = under.tenant.scimUsers[index]!;
			const condition = [{ attribute: 'displayName', operator: 'eq', value: name }];
			for (const filters of [{ email: `${name}@mail.example` }, { conditions: { condition } }]) {
				const found = await records('scimUser.getAll', { returnAll: true, filters });
				expect({ name, found: found.map((user) => user.id) }).toEqual({ name, found: [id] });
			}
			const [same] = await records('scimUser.upsert', { userName: `${name}@example.com` });
			expect(same).toMatchObject({ id, outcome: 'unchanged' });
		}
		expect(writes()).toEqual([]);
	}, 120_000);

	test('in a picker', async () => {
		Object.assign(under.tenant.scimUsers[3]!, { displayName: 'The "\\ one' });
		const { results } = await listSearch({
			method: 'searchScimUsers',
			filter: '"\\',
			credentials: under.credentials,
			credential: 'scim',
			parameters: { resource: 'scimUser' },
		});
		expect(results.map(({ value }) => value)).toEqual([under.tenant.scimUsers[3]!.id]);
	});

	test('case does not count, "or" beside "and", an attribute of an extension', async () => {
		const user = under.tenant.scimUsers[5]!;
		const [same] = await records('scimUser.upsert', { userName: user.userName.toUpperCase() });
		expect(same).toMatchObject({ id: user.id, outcome: 'unchanged' });
		const { employeeNumber } = user[ENTERPRISE] as { employeeNumber: string };
		const condition = [
			{ attribute: `${ENTERPRISE}:employeeNumber`, operator: 'eq', value: employeeNumber },
			{ attribute: 'userName', operator: 'eq', value: 'nobody@example.com' },
		];
		const filters = {
			combine: 'or',
			conditions: { condition },
			filter: 'active eq true or active eq false',
		};
		const found = await records('scimUser.getAll', { returnAll: true, filters });
		expect(found.map(({ id }) => id)).toEqual([user.id]);
	});
});

describe('without PATCH', () => {
	const test = casesOn('our own front, RFC 7644 3.5.2 and RFC 7643 5: PATCH is optional');
	beforeEach(() => void (under.front.options = { ...EVERYTHING, patch: false }));

	test('Update, Deactivate and Reactivate read, change and write whole', async () => {
		const { id } = under.tenant.scimUsers.find(({ active }) => active)!;
		const before = userWith(id);
		await records('scimUser.deactivate', { scimUserId: id });
		expect(methods()).toEqual(['GET', 'GET', 'PUT']);
		await records('scimUser.reactivate', { scimUserId: id });
		const { meta: _, ...kept } = before;
		expect(userWith(id)).toEqual({ ...kept, meta: expect.anything() });
		await records('scimUser.update', { scimUserId: id, updateFields: { department: 'Desks' } });
		const enterprise = { ...(before[ENTERPRISE] as object), department: 'Desks' };
		expect(userWith(id)).toEqual({ ...kept, [ENTERPRISE]: enterprise, meta: expect.anything() });
		expect(methods()).not.toContain('PATCH');
	});

	test('Add and Remove Members lose nobody', async () => {
		const { id, members = [] } = under.tenant.scimGroups[1]!;
		const present = members.map(({ value }) => value);
		const memberIds = under.tenant.scimUsers.find((user) => !present.includes(user.id))!.id;
		await records('scimGroup.addMembers', { scimGroupId: id, memberIds: locators(memberIds) });
		const now = () => under.tenant.scimGroups[1]!.members?.map(({ value }) => value);
		expect(now()).toEqual([...present, memberIds]);
		await records('scimGroup.removeMembers', { scimGroupId: id, memberIds: locators(present[0]) });
		expect(now()).toEqual([...present.slice(1), memberIds]);
		expect(new Set(writes().map(({ method }) => method))).toEqual(new Set(['PUT']));
	});
});

describe('versions', () => {
	const test = casesOn('our own front, RFC 7644 3.14: ETags and If-Match');
	const isOnce = ({ userName }: { userName: string }) => ({
		userName,
		additionalFields: { title: 'Changed' },
	});

	test('are sent along where the service has them', async () => {
		under.front.options = { ...EVERYTHING, etag: true };
		const { id } = under.tenant.scimUsers[0]!;
		const updateFields = { title: 'First' };
		await records('scimUser.update', { scimUserId: id, updateFields });
		await records('scimUser.upsert', isOnce(under.tenant.scimUsers[0]!));
		expect(writes().map(({ ifMatch }) => ifMatch)).toEqual([
			expect.stringMatching(/^W\/"/),
			expect.stringMatching(/^W\/"/),
		]);
		expect(userWith(id).title).toBe('Changed');
	});

	test('are not sent where it has none, though records carry one', async () => {
		under.front.options = EVERYTHING;
		const { id } = under.tenant.scimUsers[0]!;
		await records('scimUser.update', { scimUserId: id, updateFields: { title: 'First' } });
		expect(writes().map(({ ifMatch }) => ifMatch)).toEqual([undefined]);
	});

	test('a record that somebody else changed meanwhile is not written over', async () => {
		under.front.options = { ...EVERYTHING, etag: true, patch: false };
		const user = under.tenant.scimUsers[2]!;
		const isRead = changeAfterReading(() => Object.assign(userNow(user.id), { title: 'Theirs' }));
		const { error } = await execute('scimUser.update', {
			scimUserId: user.id,
			updateFields: { displayName: 'Mine' },
		});
		expect(isRead()).toBe(true);
		expect(error).toMatchObject({
			httpCode: '412',
			message: `Update provisioned user: SCIM User "${user.id}" was changed by someone else in the meantime`,
		});
		expect(userWith(user.id)).toMatchObject({ title: 'Theirs', displayName: user.displayName });
	});

	test('Create or Update then looks again and writes what still differs', async () => {
		under.front.options = { ...EVERYTHING, etag: true };
		const user = under.tenant.scimUsers[2]!;
		const isRead = changeAfterReading(() =>
			Object.assign(userNow(user.id), { nickName: 'Theirs' }),
		);
		const [after] = await records('scimUser.upsert', isOnce(user));
		expect(isRead()).toBe(true);
		expect(after).toMatchObject({ outcome: 'updated' });
		expect(userWith(user.id)).toMatchObject({ nickName: 'Theirs', title: 'Changed' });
	});
});

describe('groups that are not synced', () => {
	const test = casesOn('our own front, RFC 7644 3.12: 404 and 501 for what is not offered');
	test('say which option they need', async () => {
		for (const status of [404, 501] as const) {
			under.front.options = { ...EVERYTHING, groups: status };
			const { error } = await execute('scimGroup.getAll');
			expect(error?.httpCode).toBe(String(status));
			expect(error?.description).toContain('"Enable User Group Sync"');
		}
	});
});

describe('what else a service may do', () => {
	const test = casesOn('our own front, RFC 7643 2.1 and 5, RFC 7644 3.5.2 and 4');

	test('without filters a user is looked for in the whole list, and filters are refused', async () => {
		under.front.options = { ...EVERYTHING, filter: false };
		const { userName, id } = under.tenant.scimUsers[30]!;
		const [same] = await records('scimUser.upsert', { userName });
		expect(same).toMatchObject({ id, outcome: 'unchanged' });
		const { error } = await execute('scimUser.getAll', { filters: { email: userName } });
		expect(error?.message).toBe('The SCIM service of this tenant does not support filters');
		expect(under.front.requests.some(({ query }) => query.filter !== undefined)).toBe(false);
	});

	test('without a configuration it is taken for a usual one', async () => {
		under.front.options = { ...EVERYTHING, config: false };
		const { id } = under.tenant.scimUsers[1]!;
		await records('scimUser.update', { scimUserId: id, updateFields: { title: 'Usual' } });
		expect(writes().map(({ method }) => method)).toEqual(['PATCH']);
	});

	test('a PATCH that is answered with nothing is read back', async () => {
		under.front.options = { ...EVERYTHING, silentPatch: true };
		const { id } = under.tenant.scimUsers[1]!;
		const [after] = await records('scimUser.update', {
			scimUserId: id,
			updateFields: { title: 'Silent' },
		});
		expect(after).toMatchObject({ id, title: 'Silent' });
		expect(methods().at(-1)).toBe('GET');
	});

	test('names of attributes in lower case', async () => {
		under.front.options = { ...EVERYTHING, lowerCase: true };
		const { userName, id } = under.tenant.scimUsers[12]!;
		const [user] = await records('scimUser.getAll', { filters: { email: userName } });
		expect(user).toMatchObject({ id, userName, email: userName });
		const [same] = await records('scimUser.upsert', { userName });
		expect(same).toMatchObject({ outcome: 'unchanged' });
	});

	test('the configuration is read once for all items of a run', async () => {
		const input = under.tenant.scimUsers.slice(0, 6).map(({ id }) => ({ id }));
		const parameters = { scimUserId: '={{ $json.id }}', updateFields: { title: 'Once' } };
		const { error } = await under.run({
			input,
			nodes: [appspaceNode('scimUser.update', parameters)],
		});
		expect(error).toBeUndefined();
		const configs = under.front.requests.filter(({ path }) => path === '/ServiceProviderConfig');
		expect(configs.length).toBe(1);
	});
});

describe('attributes that are taken and not kept', () => {
	const test = casesOn('our own front, RFC 7644 3.5.1 and 3.5.2: the answer is the record');
	const DEPARTMENT = `${ENTERPRISE}:department`;
	const given = { department: 'Desks', displayName: 'Kept' };
	const REMEDY = expect.stringContaining('Everything else was changed.');

	test('Update names them, whether the record comes as the answer or is read back', async () => {
		for (const silentPatch of [false, true]) {
			under.front.options = { ...EVERYTHING, silentPatch, ignored: [DEPARTMENT] };
			const { id } = under.tenant.scimUsers[silentPatch ? 1 : 2]!;
			const changes = { scimUserId: id, updateFields: given };
			const { error } = await execute('scimUser.update', changes);
			expect(error).toMatchObject({
				message: 'Appspace did not apply "department"',
				description: REMEDY,
			});
			expect(userWith(id).displayName).toBe('Kept');
			expect(writes().filter(({ path }) => path.endsWith(id))).toHaveLength(1);
		}
	});

	test('Update names them where a record is written whole', async () => {
		under.front.options = { ...EVERYTHING, patch: false, ignored: ['title', 'name'] };
		const { id } = under.tenant.scimUsers[1]!;
		const updateFields = { title: 'Gone', givenName: 'Gone' };
		const { error } = await execute('scimUser.update', { scimUserId: id, updateFields });
		expect(error?.message).toBe('Appspace did not apply "title", "name.givenName"');
		expect(error?.description).not.toContain('Everything else was changed');
	});

	test('Create or Update fails every time instead of updating every time', async () => {
		under.front.options = { ...EVERYTHING, ignored: [DEPARTMENT] };
		const { userName } = under.tenant.scimUsers[2]!;
		for (let round = 0; round < 2; round++) {
			const { error } = await execute('scimUser.upsert', { userName, additionalFields: given });
			expect(error?.message).toBe('Appspace did not apply "department"');
		}
	});

	test('so do Deactivate, and Update of a group', async () => {
		under.front.options = { ...EVERYTHING, ignored: ['active', 'externalId'] };
		const { id } = under.tenant.scimUsers.find(({ active }) => active)!;
		const off = await execute('scimUser.deactivate', { scimUserId: id });
		expect(off.error?.message).toBe('Appspace did not apply "active"');
		const scimGroupId = under.tenant.scimGroups[1]!.id;
		const updateFields = { externalId: 'x', displayName: 'Kept' };
		const { error } = await execute('scimGroup.update', { scimGroupId, updateFields });
		expect(error?.message).toBe('Appspace did not apply "externalId"');
	});

	test('an answer of the moment before is no proof: the record is read', async () => {
		const { id } = under.tenant.scimUsers[3]!;
		const before = userWith(id);
		const shown = (record: object, method: string) => (method === 'PATCH' ? before : { ...record });
		under.front.options = { ...EVERYTHING, shown };
		const [after] = await records('scimUser.update', { scimUserId: id, updateFields: given });
		expect(after).toMatchObject({ displayName: 'Kept', department: 'Desks' });
	});
});

describe('attributes that a service writes in its own way', () => {
	const test = casesOn(
		'our own front, RFC 7643 2.2, 2.4 and 4.1: what may differ from what was sent',
	);
	const updateFields = {
		...{ active: false, displayName: '  Jana  NOVÁKOVÁ', title: 'Head', email: 'New@Example.com' },
		...{
			workPhone: '+420 1 23',
			mobilePhone: '+420 (4) 56',
			department: 'Desks',
			employeeNumber: '7',
		},
		attributes: { password: 'never shown', nickName: null, 'name.givenName': 'Jana' },
	};
	/** Everything that may differ, at once. */
	const shown = (record: Record<string, unknown>) => {
		const { password: _, ...user } = record;
		const list = (name: string) => (user[name] ?? []) as Array<{ value: string; type?: string }>;
		return {
			...user,
			active: String(user.active).replace(/^./, (letter) => letter.toUpperCase()),
			displayName: String(user.displayName).normalize('NFD').replace(/\s+/g, ' ').trim(),
			title: String(user.title).toUpperCase(),
			emails: list('emails').map(({ value }) => ({ value: value.toLowerCase(), primary: true })),
			phoneNumbers: list('phoneNumbers')
				.map(({ value, type }) => {
					return { value: `tel:${value.replace(/[^+\d]+/g, '-')}`, type, display: value };
				})
				.reverse(),
			nickName: user.nickName ?? '',
			[ENTERPRISE]: { ...(user[ENTERPRISE] as object), employeeNumber: 7 },
		};
	};

	test('are taken over', async () => {
		under.front.options = { ...EVERYTHING, shown };
		const { id } = under.tenant.scimUsers[4]!;
		const { error, items } = await execute('scimUser.update', { scimUserId: id, updateFields });
		expect(error).toBeUndefined();
		expect(items()[0]?.json).toMatchObject({ title: 'HEAD', department: 'Desks' });
		expect(methods()).toEqual(['GET', 'GET', 'PATCH']);
	});
});

const userNow = (id: string) => under.tenant.scimUsers.find((user) => user.id === id)!;

/** Changes something in between: when the first write is about to be looked at. */
function changeAfterReading(act: () => unknown): () => boolean {
	let isDone = false;
	const { push } = under.front.requests;
	under.front.requests.push = (...requests) => {
		if (!isDone && requests[0]?.method !== 'GET') {
			isDone = true;
			act();
		}
		return push.apply(under.front.requests, requests);
	};
	return () => {
		under.front.requests.push = push;
		return isDone;
	};
}
