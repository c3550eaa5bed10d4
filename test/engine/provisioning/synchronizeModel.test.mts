import fc from 'fast-check';
import { locator } from '../../support/appspaceNode.mts';
import { anotherProcess } from '../../support/engine.mts';
import { EVERYTHING, type FrontOptions } from '../../support/scimFront.mts';
import { until } from '../../support/until.mts';
import { departmentOf, Directory, type User } from './directory.mts';

/** `PROVISIONING_CASES=500` draws more. */
const CASES = Number(process.env.PROVISIONING_CASES ?? 120);
/** A test that runs out of time would go on beside the next one, in the same directory. */
const PATIENCE = Math.max(300_000, CASES * 3_000);

let directory: Directory;
beforeAll(async () => (directory = await Directory.start(2)));
afterAll(async () => await directory.close());

const NAMES = ['anna', 'bert', 'cara', 'dora', 'emil', 'fred', 'gabi'];
const DEPARTMENTS = ['Sales', 'Support', 'sales'];
const inSomeCase = (name: string) =>
	fc.constantFrom(name, name.toUpperCase(), `${name[0]!.toUpperCase()}${name.slice(1)}`);

interface Person {
	userName: string;
	department: string;
	active: boolean;
	isMember: boolean;
}

const person = (name: string): fc.Arbitrary<Person> =>
	fc.record({
		userName: inSomeCase(name).map((one) => `${one}@example.com`),
		department: fc.constantFrom(...DEPARTMENTS),
		active: fc.boolean(),
		isMember: fc.boolean(),
	});
const people = fc
	.subarray(NAMES)
	.chain((names) => fc.tuple(...names.map(person)) as unknown as fc.Arbitrary<Person[]>);
const service = fc.record({
	patch: fc.boolean(),
	etag: fc.boolean(),
	filter: fc.boolean(),
	mindsCase: fc.boolean(),
	silentPatch: fc.boolean(),
	lowerCase: fc.boolean(),
}) as fc.Arbitrary<Partial<FrontOptions>>;

interface Case {
	present: Person[];
	list: Person[];
	scope: 'nobody' | 'all' | 'group' | 'conditions';
	/** Most Deactivations. */
	most?: string;
	service: Partial<FrontOptions>;
}

const cases = fc.record({
	present: people,
	list: people.filter(({ length }) => length > 0),
	scope: fc.constantFrom('nobody', 'all', 'group', 'conditions'),
	service,
}) as fc.Arbitrary<Case>;

const lower = (text: unknown) => String(text).toLowerCase();

/** Whether a user of the directory may be deactivated. */
const isInScope = ({ scope }: Case, { department, isMember }: Person) =>
	({ nobody: false, all: true, group: isMember, conditions: lower(department) === 'sales' })[scope];

/** What the directory must hold afterwards, told without the node: by name, active and department. */
function expectedOf(one: Case): Map<string, [boolean, string]> {
	const wanted = new Map(one.list.map((row) => [lower(row.userName), row.department]));
	const after = new Map<string, [boolean, string]>();
	for (const user of one.present) {
		const { userName, active, department } = user;
		const own = wanted.get(lower(userName));
		const stays = active && !isInScope(one, user);
		after.set(lower(userName), own !== undefined ? [true, own] : [stays, department]);
	}
	for (const [name, department] of wanted) {
		if (!after.has(name)) after.set(name, [true, department]);
	}
	return after;
}

function prepare({ present, service: options }: Case): void {
	directory.hold(present);
	const [group] = directory.sandbox.tenant.scimGroups;
	const members = present.flatMap(({ isMember }, index) =>
		isMember ? [directory.users[index]!] : [],
	);
	// Somebody whom no list names: a service that shows no members at all is refused, which is tested elsewhere.
	group!.members = [...members.map(({ id }) => ({ value: id })), { value: 'somebody-else' }];
	directory.front.options = { ...EVERYTHING, ...options };
}

type More = Parameters<Directory['run']>[3];

const apply = async ({ list, scope, most = '100%' }: Case, mode = 'apply', more: More = {}) =>
	await directory.run(
		'scimUser.synchronize',
		{
			mode,
			simplify: false,
			userName: '={{ $json.userName }}',
			additionalFields: { department: '={{ $json.department }}' },
			scope,
			...(scope !== 'nobody' && { mostDeactivations: most }),
			...(scope === 'group' && {
				scopeGroupId: locator(directory.sandbox.tenant.scimGroups[0]!.id),
			}),
			...(scope === 'conditions' && {
				conditions: {
					condition: [
						{
							attribute: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
							operator: 'eq',
							value: 'Sales',
						},
					],
				},
			}),
		},
		list as never,
		more,
	);

const state = (users: User[]) =>
	new Map(users.map((user) => [lower(user.userName), [user.active, departmentOf(user)]]));

function expectResult(one: Case): void {
	const names = directory.users.map(({ userName }) => lower(userName));
	expect(new Set(names).size).toBe(names.length);
	expect(state(directory.users)).toEqual(expectedOf(one));
}

/** What stays as it was: everything but what was to change. */
function untouched(before: User[]): void {
	for (const user of before) {
		const now = directory.users.find(({ id }) => id === user.id);
		expect(now).toMatchObject({ displayName: user.displayName, emails: user.emails });
	}
}

test(
	'Apply makes the directory as wanted; Preview says the same; a second run writes nothing',
	async () => {
		await fc.assert(
			fc.asyncProperty(cases, async (one) => {
				prepare(one);
				const before = structuredClone(directory.users);
				const preview = await apply(one, 'preview');
				expect(directory.writes).toEqual([]);
				const applied = await apply(one);
				expect(applied.error).toBeUndefined();
				const told = (run: typeof preview) =>
					run
						.items()
						.map(({ json: { outcome, userName, changes } }) => [outcome, userName, changes]);
				expect(told(preview)).toEqual(told(applied));
				expectResult(one);
				untouched(before);
				const { length } = directory.writes;
				const again = await apply(one);
				expect(again.items().every(({ json }) => json.outcome === 'unchanged')).toBe(true);
				expect(directory.writes).toHaveLength(length);
			}),
			{ numRuns: CASES, interruptAfterTimeLimit: PATIENCE },
		);
	},
	PATIENCE,
);

test(
	'over Most Deactivations, neither Preview nor Apply gets by, and nothing is written',
	async () => {
		const guarded = fc.record({ one: cases, most: fc.constantFrom('', '0', '1', '3', '50%') });
		await fc.assert(
			fc.asyncProperty(guarded, async ({ one: unguarded, most }) => {
				const one = { ...unguarded, most };
				prepare(one);
				const before = structuredClone(directory.users);
				const scope = one.present.filter((user) => user.active && isInScope(one, user));
				const listed = new Set(one.list.map(({ userName }) => lower(userName)));
				const leavers = scope.filter(({ userName }) => !listed.has(lower(userName)));
				const allowed = {
					...{ '': Math.max(1, Math.floor(scope.length / 10)), '0': 0, '1': 1, '3': 3 },
					'50%': Math.floor(scope.length / 2),
				}[most]!;
				const isOver = leavers.length > allowed;
				expect((await apply(one, 'preview')).error !== undefined).toBe(isOver);
				const { error } = await apply(one);
				expect(error !== undefined).toBe(isOver);
				if (!isOver) return expectResult(one);
				expect(error?.message).toContain(`${leavers.length} of ${scope.length} users`);
				expect(directory.writes).toEqual([]);
				expect(directory.users).toEqual(before);
			}),
			{ numRuns: CASES, interruptAfterTimeLimit: PATIENCE },
		);
	},
	PATIENCE,
);

test(
	'cut off or canceled anywhere, and run again, it ends the same',
	async () => {
		await fc.assert(
			fc.asyncProperty(cases, fc.nat(12), fc.boolean(), async (one, request, isCut) => {
				prepare(one);
				const before = structuredClone(directory.users);
				if (isCut) {
					directory.front.options = { ...directory.front.options, cutAt: request };
					await apply(one);
				} else {
					let isOver = false;
					const reached = async () =>
						await until('the request', () => isOver || directory.front.requests.length > request);
					await apply(one, 'apply', { cancelAfter: reached });
					isOver = true;
				}
				directory.front.options = { ...directory.front.options, cutAt: undefined };
				expect((await apply(one)).error).toBeUndefined();
				expectResult(one);
				untouched(before);
			}),
			{ numRuns: Math.ceil(CASES / 4), interruptAfterTimeLimit: PATIENCE },
		);
	},
	PATIENCE,
);

test(
	'two runs at once create nobody twice, and end the same',
	async () => {
		await fc.assert(
			fc.asyncProperty(cases, async (one) => {
				prepare(one);
				const runs = await Promise.all([apply(one), apply(one)]);
				for (const { error } of runs) expect(error).toBeUndefined();
				expectResult(one);
				// Even a service that does not enforce unique names would have each of them once.
				const creations = directory.writes.filter(({ method }) => method === 'POST');
				expect(creations).toHaveLength(directory.users.length - one.present.length);
			}),
			{ numRuns: Math.ceil(CASES / 4), interruptAfterTimeLimit: PATIENCE },
		);
	},
	PATIENCE,
);

test(
	'two processes at once create nobody twice, and end the same',
	async () => {
		const engine = await anotherProcess();
		await fc.assert(
			fc.asyncProperty(cases, async (one) => {
				prepare(one);
				const runs = await Promise.all([apply(one), apply(one, 'apply', { engine })]);
				for (const { error } of runs) expect(error).toBeUndefined();
				expectResult(one);
			}),
			{ numRuns: Math.ceil(CASES / 4), interruptAfterTimeLimit: PATIENCE },
		);
	},
	PATIENCE,
);
