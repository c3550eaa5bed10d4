import { appspaceNode, locator } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import { triggerName } from '../../support/workflow.mts';
import { departmentOf, Directory } from './directory.mts';

let directory: Directory;
beforeAll(async () => (directory = await Directory.start(12)));
afterAll(async () => await directory.close());
beforeEach(() => directory.hold(PEOPLE));

const PEOPLE = [
	{ userName: 'anna@example.com', department: 'Sales' },
	{ userName: 'bert@example.com', department: 'Sales' },
	{ userName: 'cara@example.com', department: 'Support', active: false },
	{ userName: 'dora@example.com', department: 'Support' },
];
const row = (name: string, department: string) => ({ name: `${name}@example.com`, department });
const fields = {
	userName: '={{ $json.name }}',
	additionalFields: { department: '={{ $json.department }}' },
};
type Parameters = Record<string, unknown>;
const synchronize = async (parameters: Parameters, input: object[], more = {}) =>
	await directory.run('scimUser.synchronize', { ...fields, ...parameters }, input as never, more);
const rows = [
	row('Anna', 'Sales'),
	row('bert', 'Support'),
	row('cara', 'Support'),
	row('emil', 'Sales'),
];
const outcomesOf = (items: Array<{ json: object }>) =>
	items.map(({ json }) => {
		const { outcome, userName, changes } = json as Record<string, unknown>;
		return [outcome, userName, changes];
	});

test('Preview says what Apply does, and writes nothing', async () => {
	const parameters = { scope: 'all' };
	const preview = await synchronize(parameters, rows);
	expect(preview.error).toBeUndefined();
	expect(outcomesOf(preview.items())).toEqual([
		['unchanged', 'Anna@example.com', 'none'],
		['updated', 'bert@example.com', 'department: Sales → Support'],
		['reactivated', 'cara@example.com', 'active: false → true'],
		['created', 'emil@example.com', 'department: Sales'],
		['deactivated', 'dora@example.com', 'active: true → false'],
	]);
	expect(directory.writes).toEqual([]);
	expect(preview.hints.map(({ message }) => message)).toEqual([
		'This is a preview: nothing was written. With Apply: 1 created, 1 updated, 1 reactivated, 1 deactivated, 1 unchanged.',
	]);

	const applied = await synchronize({ ...parameters, mode: 'apply' }, rows);
	expect(outcomesOf(applied.items())).toEqual(outcomesOf(preview.items()));
	const now = directory.users.map((user) => [user.userName, user.active, departmentOf(user)]);
	expect(now).toEqual([
		['anna@example.com', true, 'Sales'],
		['bert@example.com', true, 'Support'],
		['cara@example.com', true, 'Support'],
		['dora@example.com', false, 'Support'],
		['emil@example.com', true, 'Sales'],
	]);
	directory.front.requests.length = 0;
	const again = await synchronize({ ...parameters, mode: 'apply' }, rows);
	expect(again.items().map(({ json }) => json.outcome)).toEqual(Array(4).fill('unchanged'));
	expect(directory.writes).toEqual([]);
});

test('without Simplify, each change has its attribute and both values', async () => {
	const { items } = await synchronize({ scope: 'all', simplify: false }, rows);
	const department = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';
	expect(items()[1]!.json).toEqual({
		...{ outcome: 'updated', userName: 'bert@example.com', id: directory.users[1]!.id },
		changes: [{ attribute: department, from: 'Sales', to: 'Support' }],
	});
	const [, , , created] = items().map(({ json }) => json.changes);
	expect(created).toContainEqual({ attribute: 'active', from: null, to: true });
	expect(created).toContainEqual({ attribute: department, from: null, to: 'Sales' });
	const summary = await synchronize({ simplify: false, options: { addSummary: true } }, rows);
	expect(summary.items().at(-1)!.json).not.toHaveProperty('changes');
});

test('each output is paired: 1 in 1 out, n in n out, n in 1 out', async () => {
	const pairs = async (parameters: Parameters, input: object[]) =>
		(await synchronize(parameters, input)).items().map(({ pairedItem }) => pairedItem);
	expect(await pairs({}, [rows[0]!])).toEqual([{ item: 0 }]);
	const all = [{ item: 0 }, { item: 1 }, { item: 2 }, { item: 3 }];
	expect(await pairs({ scope: 'all' }, rows)).toEqual([...all, all]);
	const summary = await synchronize({ options: { addSummary: true } }, rows);
	expect(summary.items().at(-1)).toMatchObject({
		json: { outcome: 'summary', created: 1, updated: 1, reactivated: 1, unchanged: 1, failed: 0 },
		pairedItem: all,
	});
});

describe('who may be deactivated', () => {
	const one = [rows[0]!];
	const deactivated = async (parameters: Parameters, input: object[] = one) => {
		const { error, items } = await synchronize({ mode: 'apply', ...parameters }, input);
		expect(error).toBeUndefined();
		return items()
			.filter(({ json }) => json.outcome === 'deactivated')
			.map(({ json }) => json.userName);
	};

	test('nobody, unless a scope is chosen', async () => {
		expect(await deactivated({})).toEqual([]);
	});

	test('all, but not the protected ones', async () => {
		const options = { protectedUsers: 'Bert@EXAMPLE.com , nobody@example.com' };
		const parameters = { scope: 'all', mostDeactivations: '100%', options };
		expect(await deactivated(parameters)).toEqual(['dora@example.com']);
	});

	test('the members of a group', async () => {
		const [group] = directory.sandbox.tenant.scimGroups;
		group!.members = [{ value: directory.users[3]!.id }, { value: directory.users[0]!.id }];
		const parameters = { scope: 'group', scopeGroupId: locator(group!.id) };
		expect(await deactivated(parameters)).toEqual(['dora@example.com']);
	});

	test('users who match conditions, which are checked here even if the service ignores filters', async () => {
		const condition = [
			{
				attribute: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
				operator: 'eq',
				value: 'SUPPORT',
			},
		];
		directory.front.options = { ...directory.front.options, filter: false };
		const parameters = { scope: 'conditions', conditions: { condition } };
		expect(await deactivated(parameters)).toEqual(['dora@example.com']);
	});

	test('never somebody whom the list names, however it spells the name', async () => {
		const input = PEOPLE.map(({ userName }) => ({ name: userName.toUpperCase(), department: 'X' }));
		expect(await deactivated({ scope: 'all' }, input)).toEqual([]);
	});
});

describe('nothing at all is written if', () => {
	const refused = async (parameters: Parameters, input: object[], more = {}) => {
		const { error } = await synchronize({ mode: 'apply', ...parameters }, input, more);
		expect(directory.writes).toEqual([]);
		return error;
	};

	test('more would be deactivated than is allowed', async () => {
		const error = await refused({ scope: 'all' }, [row('new', 'Sales')]);
		expect(error?.message).toContain(
			'This would deactivate 3 of 3 users, and "Most Deactivations" allows 1',
		);
		expect(error?.message).toContain('"anna@example.com", "bert@example.com"');
	});

	test.each([
		[
			'two items are the same user',
			[rows[0], row('ANNA', 'Support')],
			'Item 0 and item 1 are the same user',
		],
		['an item names nobody', [rows[0], { name: '  ', department: '' }], 'of item 1 is empty'],
	])('%s', async (_name, input, message) => {
		expect((await refused({}, input as object[]))?.message).toContain(message);
	});

	test('an expression gives items different settings', async () => {
		const error = await refused({ mode: '={{ $itemIndex === 2 ? "preview" : "apply" }}' }, rows);
		expect(error?.message).toContain('"Mode" has different values for item 0 and item 2');
	});

	test('the list of users cannot be read to its end', async () => {
		directory.front.options = { ...directory.front.options, announcesMore: 5 };
		const error = await refused({ scope: 'all' }, rows);
		expect(error?.message).toContain('may be incomplete');
	});

	test('there are no conditions', async () => {
		expect((await refused({ scope: 'conditions' }, rows))?.message).toContain('no conditions');
	});

	test('the list is empty', async () => {
		const { error, items } = await synchronize({ scope: 'all', mode: 'apply' }, []);
		expect([error, items()]).toEqual([undefined, []]);
		expect(directory.front.requests).toEqual([]);
	});
});

test('an error of the whole is one item under On Error: Continue', async () => {
	const { items } = await synchronize(
		{ scope: 'all', mode: 'apply' },
		[row('new', 'Sales'), row('other', 'Sales')],
		{ onError: 'continueRegularOutput' },
	);
	expect(items()).toEqual([
		{
			json: {
				error: expect.stringContaining('deactivate 3 of 3 users'),
				message: expect.any(String),
			},
			pairedItem: [{ item: 0 }, { item: 1 }],
		},
	]);
});

test('one failure does not stop the others under On Error: Continue, and a second run takes it up', async () => {
	const input = [row('anna', 'A'), row('bert', 'B'), row('dora', 'D')];
	directory.front.options = { ...directory.front.options, refused: /u-1-/ };
	const first = await synchronize({ mode: 'apply' }, input, { onError: 'continueRegularOutput' });
	expect(first.items().map(({ json }) => json.outcome)).toEqual(['updated', 'failed', 'updated']);
	expect(first.items()[1]).toMatchObject({
		json: { userName: 'bert@example.com', error: expect.stringContaining('does not accept') },
		pairedItem: { item: 1 },
	});
	directory.front.options = { ...directory.front.options, refused: undefined };
	const second = await synchronize({ mode: 'apply' }, input);
	expect(second.items().map(({ json }) => json.outcome)).toEqual([
		'unchanged',
		'updated',
		'unchanged',
	]);
});

describe('matched by External ID', () => {
	beforeEach(() => {
		directory.hold([
			{ userName: 'anna@example.com', externalId: 'E1' },
			{ userName: 'bert@example.com', externalId: 'E2' },
			{ userName: 'bart@example.com', externalId: 'E2' },
			{ userName: 'cara@example.com' },
		]);
	});
	const byId = {
		matchBy: 'externalId',
		additionalFields: { externalId: '={{ $json.id }}' },
		mode: 'apply',
	};

	test('a user gets another name', async () => {
		const { items } = await synchronize(byId, [{ name: 'anne@example.com', id: 'E1' }]);
		expect(outcomesOf(items())).toEqual([
			[
				'updated',
				'anne@example.com',
				expect.stringContaining('userName: anna@example.com → anne@example.com'),
			],
		]);
		expect(directory.users[0]!.userName).toBe('anne@example.com');
	});

	test('an ID that differs by letter case alone is that of another user', async () => {
		const list = [
			{ name: 'anna@example.com', id: 'E1' },
			{ name: 'emil@example.com', id: 'e1' },
		];
		for (const outcomes of [
			['unchanged', 'created'],
			['unchanged', 'unchanged'],
		]) {
			const { error, items } = await synchronize(byId, list);
			expect(error).toBeUndefined();
			expect(items().map(({ json }) => json.outcome)).toEqual(outcomes);
		}
		const [anna, emil] = [directory.users[0], directory.users.at(-1)];
		expect(anna).toMatchObject({ userName: 'anna@example.com', externalId: 'E1' });
		expect(emil).toMatchObject({ userName: 'emil@example.com', externalId: 'e1' });
	});

	test('a new hire does not take over the account of a leaver', async () => {
		const parameters = { ...byId, scope: 'all', mostDeactivations: '100%' };
		const { items } = await synchronize(parameters, [{ name: 'emil@example.com', id: 'e1' }]);
		expect(items()[0]!.json).toMatchObject({ outcome: 'created', userName: 'emil@example.com' });
		expect(directory.users[0]).toMatchObject({ userName: 'anna@example.com', active: false });
	});

	test.each([
		['an ID that fits two users', 'new@example.com', 'E2', 'fits several users'],
		[
			'a name whose ID has another letter case',
			'ANNA@example.com',
			'e1',
			'with another External ID',
		],
		['a name that exists without the ID', 'cara@example.com', 'E9', 'with another External ID'],
		['no ID', 'cara@example.com', '', '"External ID" of item 0 is empty'],
	])('%s is refused', async (_name, name, id, message) => {
		const { error } = await synchronize(byId, [{ name, id }]);
		expect(error?.message).toContain(message);
		expect(directory.writes).toEqual([]);
	});
});

test('a part of the list is not the list: in a loop, only with the scope Nobody, and from the first round on', async () => {
	const looped = async (parameters: Parameters) => {
		const appspace = appspaceNode('scimUser.synchronize', {
			...fields,
			mode: 'apply',
			...parameters,
		});
		const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
		return await run({
			credentials: directory.credentials,
			input: [row('anna', 'New')] as never,
			nodes: [appspace, { name: 'Next', type: 'noOp', parameters: {} }],
			connections: { [triggerName]: to('Appspace'), Appspace: to('Next'), Next: to('Appspace') },
		});
	};
	const { error } = await looped({ scope: 'all' });
	expect(error?.message).toContain('must be Nobody here');
	expect(error?.description).toContain('In a loop');
	expect(directory.writes).toEqual([]);
});

test('5,000 users with 50 changes: pages, changes, and five requests more at most', async () => {
	const many = Array.from({ length: 5_000 }, (_, index) => ({
		userName: `user${index}@example.com`,
		department: 'Sales',
	}));
	directory.hold(many);
	const input = many.map(({ userName }, index) => ({
		name: userName,
		department: index % 100 === 0 ? 'Support' : 'Sales',
	}));
	const { error, items } = await synchronize({ scope: 'all', mode: 'apply' }, input);
	expect(error).toBeUndefined();
	expect(items().filter(({ json }) => json.outcome === 'updated')).toHaveLength(50);
	expect(directory.writes).toHaveLength(50);
	expect(directory.front.requests.length).toBeLessThanOrEqual(50 + 50 + 5);
}, 120_000);
