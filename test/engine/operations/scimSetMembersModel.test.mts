import fc from 'fast-check';
import { appspaceNode } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { run } from '../../support/engine.mts';
import { scimCredential } from '../../support/sandboxCredential.mts';
import { casesOn } from '../../support/scimCases.mts';
import type { Json } from '../../support/scimRecords.mts';
import { startScimStore, type ScimStore } from '../../support/scimStore.mts';

const RUNS = 100;
const GROUP = '/Groups/g1';
const USERS = Array.from({ length: 14 }, (_, index) => `u${index}`);
const NESTED = ['g2', 'g3'];

let store: ScimStore;
let credentials: CredentialStore;
beforeAll(async () => {
	store = await startScimStore();
	credentials = scimCredential(store.url);
});
afterAll(async () => await store.close());

const test = casesOn('our own front, a service that keeps to the letter what is written to it');

interface World {
	members: Json[];
	patch: boolean;
	wanted: string[];
	identifyBy: 'userName' | 'email' | 'id';
	spelling: number[];
}

/** A member as services show them: with its type, with its address, or with nothing but its ID. */
const entryOf = (id: string) => {
	const type = NESTED.includes(id) ? 'Group' : 'User';
	return fc.constantFrom<Json>(
		{ value: id, type },
		{ value: id, display: `The ${id}`, $ref: `https://x.example/scim/${type}s/${id}` },
		{ $ref: `../${type}s/${id}` },
		{ value: id },
	);
};
const world: fc.Arbitrary<World> = fc.record({
	members: fc
		.subarray([...USERS, ...NESTED])
		.chain((ids) => fc.tuple(...ids.map(entryOf)))
		.chain((list) => fc.constantFrom(list, [...list, ...list.slice(0, 1)])),
	patch: fc.boolean(),
	wanted: fc
		.subarray(USERS, { minLength: 1 })
		.chain((ids) => fc.constantFrom(ids, [...ids, ids[0]!])),
	identifyBy: fc.constantFrom('userName', 'email', 'id'),
	spelling: fc.array(fc.nat(1), { minLength: USERS.length + 1, maxLength: USERS.length + 1 }),
});

function build({ members, patch }: World): void {
	store.cut = undefined;
	store.patch = patch;
	store.records.clear();
	for (const id of USERS) {
		const emails = [{ value: `${id}@Example.com` }];
		store.records.set(`/Users/${id}`, { id, userName: `Name-${id}`, emails });
	}
	store.records.set(GROUP, { id: 'g1', displayName: 'One', externalId: 'kept', members });
	store.records.set('/Groups/g2', { id: 'g2', displayName: 'Two', members: [{ value: 'u0' }] });
	store.records.set('/Groups/g3', { id: 'g3', displayName: 'Three', members: [] });
	store.writes.length = 0;
	store.requests = 0;
}

/** The list, as its author writes it: in any letter case. */
function listOf({ wanted, identifyBy, spelling }: World): string[] {
	const text = { userName: 'Name-', email: '', id: '' }[identifyBy];
	return wanted.map((id, index) => {
		const name = `${text}${id}${identifyBy === 'email' ? '@example.com' : ''}`;
		return identifyBy !== 'id' && spelling[index] ? name.toUpperCase() : name;
	});
}

const set = async (one: World, mode: string, wanted = listOf(one)) =>
	await run({
		credentials,
		nodes: [
			appspaceNode('scimGroup.setMembers', {
				...{ scimGroupId: 'g1', identifyBy: one.identifyBy, mode, mostRemovals: '100%' },
				members: wanted,
			}),
		],
	});
const outputOf = async (one: World, mode: string) => {
	const { items, error } = await set(one, mode);
	expect(error).toBeUndefined();
	return items().map(({ json }) => json);
};
const idOf = (entry: Json) => String(entry.value ?? String(entry.$ref).split('/').at(-1));
const membersNow = () => {
	const members = store.records.get(GROUP)!.members as Json[];
	return [...new Set(members.map(idOf))].sort();
};
const everything = () => structuredClone([...store.records]);
const others = () => everything().filter(([path]) => path !== GROUP);
const expected = ({ members, wanted }: World) => {
	const nested = members.map(idOf).filter((id) => NESTED.includes(id));
	return [...new Set([...wanted, ...nested])].sort();
};

test('any group, any list: Preview writes nothing and says what Apply does', async () => {
	await fc.assert(
		fc.asyncProperty(world, async (one) => {
			build(one);
			const atStart = everything();
			const [preview] = await outputOf(one, 'preview');
			expect(everything()).toEqual(atStart);
			expect(store.writes).toEqual([]);

			const [applied] = await outputOf(one, 'apply');
			expect(applied).toEqual(preview);
			expect(membersNow()).toEqual(expected(one));
			expect(others()).toEqual(atStart.filter(([path]) => path !== GROUP));
			expect(store.records.get(GROUP)).toMatchObject({ displayName: 'One', externalId: 'kept' });
			expect(applied).toMatchObject({
				added: expected(one).filter((id) => !one.members.map(idOf).includes(id)).length,
				nestedGroups: expected(one).length - new Set(one.wanted).size,
			});

			store.writes.length = 0;
			const [again] = await outputOf(one, 'apply');
			expect(store.writes).toEqual([]);
			expect(again).toMatchObject({ added: 0, removed: 0, unchanged: new Set(one.wanted).size });
		}),
		{ numRuns: RUNS, interruptAfterTimeLimit: 300_000 },
	);
}, 300_000);

test('cut at any request and run again, the group gets there', async () => {
	const cuts = fc.record({ at: fc.integer({ min: 1, max: 8 }), isCarriedOut: fc.boolean() });
	await fc.assert(
		fc.asyncProperty(world, cuts, async (one, cut) => {
			build(one);
			const untouched = others();
			store.cut = cut;
			await set(one, 'apply');
			store.cut = undefined;
			await outputOf(one, 'apply');
			expect(membersNow()).toEqual(expected(one));
			expect(others()).toEqual(untouched);
		}),
		{ numRuns: 12, interruptAfterTimeLimit: 300_000 },
	);
}, 300_000);

test('two runs at once leave the group as one of them wants it', async () => {
	await fc.assert(
		fc.asyncProperty(world, fc.subarray(USERS, { minLength: 1 }), async (one, wanted) => {
			build(one);
			const other = { ...one, wanted };
			const [first, second] = await Promise.all([set(one, 'apply'), set(other, 'apply')]);
			expect([first.error, second.error]).toEqual([undefined, undefined]);
			expect([expected(one), expected(other)]).toContainEqual(membersNow());
		}),
		{ numRuns: 30, interruptAfterTimeLimit: 300_000 },
	);
}, 300_000);
