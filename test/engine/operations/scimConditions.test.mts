import { ENTERPRISE, type ScimUser } from '../../../sandbox/scim/accounts.mts';
import type { Parameters } from '../../support/operationRuns.mts';
import { casesOn } from '../../support/scimCases.mts';
import { EVERYTHING } from '../../support/scimFront.mts';
import { scimFrontUnderTest } from '../../support/scimFrontUnderTest.mts';

const USERS = 230;
const under = scimFrontUnderTest(USERS, ({ scimUsers }) => {
	for (const [index, user] of scimUsers.entries()) user.active = index % 10 !== 3;
});
const { records, users, groups } = under;

const condition = (attribute: string, operator: string, value?: string) => ({
	...{ attribute, operator },
	...(value !== undefined && { value }),
});
const find = async (filters: Parameters, more: Parameters = { returnAll: true }) =>
	(await records('scimUser.getAll', { ...more, filters })).map(({ id }) => id);
const idsOf = (wanted: (user: ScimUser) => boolean) =>
	users()
		.filter(wanted)
		.map(({ id }) => id);
const DEPARTMENT = `${ENTERPRISE}:department`;
const departmentOf = (user: ScimUser) => (user[ENTERPRISE] as { department?: string }).department;

describe('a service that ignores filters', () => {
	const test = casesOn('our own front, RFC 7644 3.4.2.2: filters that are taken and ignored');
	beforeEach(() => void (under.front.options = { ...EVERYTHING, ignoresFilters: true }));
	const INACTIVE = condition('active', 'eq', 'false');
	const isInactive = ({ active }: ScimUser) => !active;

	test('Get Many returns only users who fit the conditions', async () => {
		const conditions = { condition: [INACTIVE] };
		const inactive = idsOf(isInactive);
		expect(inactive).toHaveLength(USERS / 10);
		expect(await find({ conditions })).toEqual(inactive);
		expect(under.front.requests.some(({ query }) => query.filter === 'active eq false')).toBe(true);
	});

	test('all conditions, one of them, and both beside an email address', async () => {
		const { userName, id } = users()[3]!;
		const two = { condition: [INACTIVE, condition('userName', 'sw', userName.slice(0, 5))] };
		const isBegun = (user: ScimUser) => user.userName.startsWith(userName.slice(0, 5));
		expect(await find({ conditions: two })).toEqual(
			idsOf((user) => isInactive(user) && isBegun(user)),
		);
		const either = { combine: 'or', conditions: two };
		expect(await find(either)).toEqual(idsOf((user) => isInactive(user) || isBegun(user)));
		expect(await find({ ...either, email: userName.toUpperCase() })).toEqual([id]);
		expect(await find({ ...either, email: users()[4]!.userName })).toEqual([]);
	});

	test('the raw filter is not checked, and what is built beside it is', async () => {
		const filter = 'active eq false';
		expect(await find({ filter })).toHaveLength(USERS);
		const conditions = { condition: [condition('userName', 'eq', users()[4]!.userName)] };
		expect(await find({ filter, combine: 'or', conditions })).toEqual([users()[4]!.id]);
	});

	test('Limit counts the users who fit', async () => {
		const conditions = { condition: [INACTIVE] };
		const found = await find({ conditions }, { limit: 15 });
		expect(found).toEqual(idsOf(isInactive).slice(0, 15));
	});

	test('a user who does not show the attribute stays', async () => {
		const conditions = { condition: [condition(DEPARTMENT, 'eq', 'Nowhere')] };
		const silent = idsOf((user) => departmentOf(user) === undefined);
		expect(silent.length).toBeGreaterThan(0);
		expect(await find({ conditions })).toEqual(silent);
	});

	test('groups: by name and by member', async () => {
		const [group] = groups();
		const of = async (...conditions: object[]) =>
			(
				await records('scimGroup.getAll', {
					returnAll: true,
					filters: { conditions: { condition: conditions } },
				})
			).map(({ id }) => id);
		expect(await of(condition('displayName', 'eq', group!.displayName.toUpperCase()))).toEqual([
			group!.id,
		]);
		const member = groups().find(({ members = [] }) => members.length > 0)!.members![0]!.value;
		const withMember = groups().filter(({ members = [] }) =>
			members.some(({ value }) => value === member),
		);
		expect(await of(condition('members.value', 'eq', member))).toEqual(
			withMember.map(({ id }) => id),
		);
	});
});

describe('a service that obeys filters in its own way', () => {
	const test = casesOn('our own front, RFC 7644 3.4.2.2: what a service returns is kept');

	test('"Not Equal" finds a user with another address as well', async () => {
		const user = users()[5]!;
		user.emails = [{ value: 'a@example.com' }, { value: 'b@example.com' }];
		const conditions = { condition: [condition('emails.value', 'ne', 'a@example.com')] };
		expect(await find({ conditions })).toContain(user.id);
	});

	test('letter case counts', async () => {
		under.front.options = { ...EVERYTHING, mindsCase: true };
		const user = users()[5]!;
		user.title = 'desks';
		const conditions = { condition: [condition('title', 'ne', 'Desks')] };
		expect(await find({ conditions })).toContain(user.id);
	});

	test('no more pages than Limit needs', async () => {
		const conditions = { condition: [condition('userName', 'co', '@')] };
		for (const [limit, pages] of [
			[50, 1],
			[110, 2],
		] as const) {
			under.front.requests.length = 0;
			expect(await find({ conditions }, { limit })).toHaveLength(limit);
			expect(under.front.requests.filter(({ path }) => path === '/Users')).toHaveLength(pages);
		}
	});

	test('a filter that is not understood is an error, not everybody who does not show the value', async () => {
		under.front.options = { ...EVERYTHING, or: false };
		const conditions = { condition: [condition(DEPARTMENT, 'eq', 'a or b')] };
		const { error } = await under.execute('scimUser.getAll', { filters: { conditions } });
		expect(error?.message).toContain('does not understand the filter');
	});
});
