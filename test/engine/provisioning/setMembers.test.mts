import fc from 'fast-check';
import { appspaceNode, locator } from '../../support/appspaceNode.mts';
import { CredentialStore } from '../../support/credentialStore.mts';
import { run } from '../../support/engine.mts';
import { EVERYTHING, type FrontOptions } from '../../support/scimFront.mts';
import { startScimStore } from '../../support/scimStore.mts';
import { Directory } from './directory.mts';

const CASES = Number(process.env.PROVISIONING_CASES ?? 80);

let directory: Directory;
beforeAll(async () => (directory = await Directory.start(2)));
afterAll(async () => await directory.close());

const NAMES = Array.from('abcdefghijklmnop', (name) => `${name}@example.com`);

beforeEach(() => hold(['a', 'b', 'c']));

function hold(members: string[], options: Partial<FrontOptions> = {}): void {
	directory.hold(NAMES.map((userName) => ({ userName })));
	const { scimGroups } = directory.sandbox.tenant;
	for (const group of scimGroups) group.members = [{ value: directory.users[9]!.id }];
	scimGroups[0]!.members = members.map((name) => ({ value: idOf(name) }));
	// A service that shows no members at all is refused, which is tested elsewhere.
	if (scimGroups.length < 2) throw new Error('The tenant needs another group.');
	directory.front.options = { ...EVERYTHING, ...options };
}

const idOf = (name: string) =>
	directory.users.find(({ userName }) => userName.startsWith(name))!.id;
const membersNow = () => {
	const entries = directory.sandbox.tenant.scimGroups[0]?.members ?? [];
	return entries.map(({ value }) => value).sort();
};
const expected = (members: string[]) => members.map(idOf).sort();

const set = async (members: unknown, parameters: object = {}) =>
	await directory.run('scimGroup.setMembers', {
		mode: 'apply',
		scimGroupId: locator(directory.sandbox.tenant.scimGroups[0]!.id),
		namedBy: 'email',
		members,
		mostRemovals: '100%',
		...parameters,
	});

test('adds who is missing, removes who is not on the list, and says so', async () => {
	const preview = await set('B@example.com, d@example.com', { mode: 'preview' });
	expect(directory.writes).toEqual([]);
	const applied = await set('B@example.com, d@example.com');
	expect(applied.items()).toEqual(preview.items());
	expect(applied.items()[0]?.json).toMatchObject({
		outcome: 'updated',
		summary: expect.stringMatching(/^1 added, 2 removed, 1 unchanged; \+ d@example\.com; - /),
		added: [{ id: idOf('d'), name: 'd@example.com' }],
		unchanged: 1,
	});
	expect(membersNow()).toEqual(expected(['b', 'd']));
});

test.each([
	['SCIM IDs', 'id', () => [idOf('a'), idOf('d')]],
	['user names', 'userName', () => 'A@EXAMPLE.COM,d@example.com,d@example.com'],
	['email addresses in a list', 'email', () => ['a@example.com', 'd@example.com']],
])('by %s', async (_name, namedBy, members) => {
	const expression = `={{ ${JSON.stringify(members())} }}`;
	expect((await set(expression, { namedBy })).error).toBeUndefined();
	expect(membersNow()).toEqual(expected(['a', 'd']));
});

describe('nothing is written if', () => {
	test.each([
		[
			'a user cannot be found',
			'a@example.com, nobody@example.com',
			{},
			'1 of 2 members cannot be found: "nobody@example.com"',
		],
		['the list is empty', ' , ', {}, '"Members" is empty'],
		[
			'too many would be removed',
			'a@example.com',
			{ mostRemovals: '1' },
			'This would remove 2 of 3, and at most 1 are allowed',
		],
		[
			'the limit makes no sense',
			'a@example.com',
			{ mostRemovals: 'many' },
			'"Most Removals" is neither',
		],
	])('%s', async (_name, members, parameters, message) => {
		const { error } = await set(members, parameters);
		expect(error?.message).toContain(message);
		expect(directory.writes).toEqual([]);
	});
});

test('many names cost pages, not a request each; other groups cost nothing more', async () => {
	const { error } = await set(NAMES.join(','));
	expect(error).toBeUndefined();
	expect(directory.writes).toHaveLength(1);
	// The group twice, the configuration, the users, and the change.
	expect(directory.front.requests).toHaveLength(5);
});

test('groups among the members stay', async () => {
	const store = await startScimStore();
	const user = (id: string) => ({ id, userName: `${id}@example.com` });
	for (const id of ['a', 'b']) store.records.set(`/Users/${id}`, user(id));
	const nested = [
		{ value: 'g1', type: 'Group' },
		{ value: 'g2', $ref: 'https://scim.example/Groups/g2' },
	];
	const group = { id: 'g', displayName: 'G', members: [{ value: 'a', type: 'User' }, ...nested] };
	store.records.set('/Groups/g', group);
	const data = { baseUrl: store.url, scimToken: crypto.randomUUID() };
	const credentials = new CredentialStore({ scim: { type: 'appspaceScimApi', data } });
	for (const patch of [true, false]) {
		store.patch = patch;
		store.records.set('/Groups/g', structuredClone(group));
		const parameters = { mode: 'apply', scimGroupId: locator('g'), members: 'b@example.com' };
		const nodes = [appspaceNode('scimGroup.setMembers', parameters)];
		expect((await run({ credentials, nodes })).error).toBeUndefined();
		const { members } = store.records.get('/Groups/g') as typeof group;
		expect(members.map(({ value }) => value)).toEqual(['g1', 'g2', 'b']);
	}
	await store.close();
});

const service = fc.record({
	patch: fc.boolean(),
	etag: fc.boolean(),
	filter: fc.boolean(),
	mindsCase: fc.boolean(),
	silentPatch: fc.boolean(),
}) as fc.Arbitrary<Partial<FrontOptions>>;
const letters = Array.from('abcdefgh');
const lists = fc.record({
	present: fc.subarray(letters),
	wanted: fc.subarray(letters, { minLength: 1 }),
	isUpper: fc.boolean(),
	service,
});
const listOf = ({ wanted, isUpper }: { wanted: string[]; isUpper: boolean }) =>
	wanted
		.map((name) => (isUpper ? name.toUpperCase() : name))
		.map((name) => `${name}@example.com`)
		.join();

test('random groups and lists: as wanted, the rest as it was, and a second run writes nothing', async () => {
	await fc.assert(
		fc.asyncProperty(lists, async (one) => {
			hold(one.present, one.service);
			const others = structuredClone(directory.sandbox.tenant.scimGroups.slice(1));
			const preview = await set(listOf(one), { mode: 'preview' });
			const applied = await set(listOf(one));
			expect(applied.error).toBeUndefined();
			expect(applied.items()).toEqual(preview.items());
			expect(membersNow()).toEqual(expected(one.wanted));
			expect(directory.sandbox.tenant.scimGroups.slice(1)).toEqual(others);
			const { length } = directory.writes;
			await set(listOf(one));
			expect(directory.writes).toHaveLength(length);
		}),
		{ numRuns: CASES },
	);
}, 300_000);

test('cut off anywhere and run again, or twice at once, it ends the same', async () => {
	await fc.assert(
		fc.asyncProperty(lists, fc.nat(8), async (one, cutAt) => {
			hold(one.present, { ...one.service, cutAt });
			await set(listOf(one));
			directory.front.options = { ...directory.front.options, cutAt: undefined };
			for (const { error } of await Promise.all([set(listOf(one)), set(listOf(one))])) {
				expect(error).toBeUndefined();
			}
			expect(membersNow()).toEqual(expected(one.wanted));
		}),
		{ numRuns: Math.ceil(CASES / 4) },
	);
}, 300_000);
