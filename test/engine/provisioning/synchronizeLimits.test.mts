import { appspaceNode } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import { triggerName } from '../../support/workflow.mts';
import { Directory } from './directory.mts';

/** What keeps Synchronize from changing more than it should, beside scope and guard. */

let directory: Directory;
beforeAll(async () => (directory = await Directory.start(12)));
afterAll(async () => await directory.close());
const NAMES = ['anna', 'bert', 'cara', 'dora'].map((name) => `${name}@example.com`);
beforeEach(() => directory.hold(NAMES.map((userName) => ({ userName, department: 'Sales' }))));

type More = Parameters<Directory['run']>[3];
const row = (name: string, department: string, active?: boolean) => ({
	...{ name: `${name}@example.com`, department },
	...(active !== undefined && { active }),
});
const synchronize = async (
	parameters: Record<string, unknown>,
	input: Array<ReturnType<typeof row>>,
	more: More = {},
) => {
	const additionalFields = {
		department: '={{ $json.department }}',
		...(input.some(({ active }) => active !== undefined) && { active: '={{ $json.active }}' }),
	};
	const own = { mode: 'apply', userName: '={{ $json.name }}', additionalFields };
	return await directory.run('scimUser.synchronize', { ...own, ...parameters }, input, more);
};
const outcomes = (items: Array<{ json: object }>) =>
	items.map(({ json }) => (json as { outcome?: unknown }).outcome);

describe('a protected user', () => {
	const options = { protectedUsers: ' Anna@example.com, new@example.com' };
	const list = [row('ANNA', 'Support'), row('bert', 'Support'), row('new', 'Support')];

	test('stays as it is even if the list names it, which a hint says', async () => {
		const before = structuredClone(directory.users[0]);
		for (const mode of ['preview', 'apply']) {
			const { items, hints } = await synchronize({ mode, options }, list);
			expect(outcomes(items())).toEqual(['unchanged', 'updated', 'unchanged']);
			expect(hints.at(-1)?.message).toContain('"ANNA@example.com", "new@example.com"');
		}
		expect(directory.users[0]).toEqual(before);
		expect(directory.users).toHaveLength(4);
		expect(directory.writes).toHaveLength(1);
	});

	test.each([', ', '; ', ';', '\n', '\r\n'])(
		'is one of several separated by %j',
		async (separator) => {
			const protectedUsers = [NAMES[0], NAMES[2], NAMES[3]].join(separator);
			const parameters = { scope: 'all', mostDeactivations: '100%', options: { protectedUsers } };
			const { items, hints } = await synchronize(parameters, [row('anna', 'Support')]);
			expect(items().map(({ json }) => [json.outcome, json.userName])).toEqual([
				['unchanged', NAMES[0]],
				['deactivated', NAMES[1]],
			]);
			expect(hints).toHaveLength(1);
			expect(directory.users.filter(({ active }) => !active)).toHaveLength(1);
		},
	);

	test('is known by an email address as well, on the list and in Appspace', async () => {
		const mail = (value: string) => [{ value, type: 'other' }];
		directory.users[0]!.emails = mail('boss@example.com');
		directory.users[1]!.emails = mail('chief@example.com');
		const parameters = {
			...{ scope: 'all', mostDeactivations: '100%' },
			options: { protectedUsers: 'Boss@example.com; CHIEF@example.com' },
		};
		const { items, hints } = await synchronize(parameters, [row('anna', 'Support')]);
		expect(items().map(({ json }) => [json.outcome, json.userName])).toEqual([
			['unchanged', NAMES[0]],
			['deactivated', NAMES[2]],
			['deactivated', NAMES[3]],
		]);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining('The list would change protected users'),
		]);
	});

	test.each(['preview', 'apply'])('that nobody is gets a hint: %s', async (mode) => {
		const protectedUsers = 'ANNA@example.com, new@example.com, amin@example.com, Bob B.';
		const { hints } = await synchronize({ mode, options: { protectedUsers } }, list);
		expect(hints[0]?.message).toContain(
			'"Protected Users" has names that fit no user and no item, so they protect nobody: "amin@example.com", "Bob B.". Correct or remove them.',
		);
	});

	test('is not mentioned if the list would not change it', async () => {
		const own = { protectedUsers: 'anna@example.com' };
		const { hints } = await synchronize({ options: own }, [row('anna', 'Sales')]);
		expect(hints).toEqual([]);
	});
});

describe('Most Deactivations counts who the list itself deactivates', () => {
	const list = [row('anna', 'Sales', false), row('bert', 'Sales', false)];

	test('in the scope', async () => {
		const { error } = await synchronize({ scope: 'all', mostDeactivations: '3' }, list);
		expect(error?.message).toContain('This would deactivate 4 of 4 users');
		expect(directory.writes).toEqual([]);
		const { items } = await synchronize({ scope: 'all', mostDeactivations: '4' }, list);
		expect(outcomes(items())).toEqual(Array(4).fill('deactivated'));
	});

	test('but not outside, where the list says what it wants', async () => {
		const { items } = await synchronize({ scope: 'nobody' }, list);
		expect(outcomes(items())).toEqual(['deactivated', 'deactivated']);
	});
});

describe('what somebody adds after the users were listed', () => {
	const mobile = { value: '+420 2', type: 'mobile' };
	const numbersOf = (index: number) =>
		((directory.users[index]!.phoneNumbers ?? []) as Array<typeof mobile>).map(
			({ value }) => value,
		);
	const apply = async (additionalFields: object) => {
		let isListed = false;
		const shown = (record: Record<string, unknown>) => {
			// The answer is made, and not sent yet.
			if (!isListed) directory.users[0]!.phoneNumbers = [mobile];
			isListed = true;
			return record;
		};
		directory.front.options = { ...directory.front.options, shown };
		const { error, items } = await synchronize({ additionalFields }, [row('anna', 'Sales')]);
		expect(error).toBeUndefined();
		expect(outcomes(items())).toEqual(['updated']);
		return directory.front.requests.map(({ method, path }) => `${method} ${path.split('/')[1]}`);
	};
	const PLAIN = ['GET Users', 'GET ServiceProviderConfig', 'PATCH Users'];

	test('stays in a list that is changed, which costs one request more', async () => {
		const requests = await apply({ workPhone: '+420 1' });
		expect(numbersOf(0).sort()).toEqual(['+420 1', '+420 2']);
		expect(requests).toEqual([...PLAIN.slice(0, 2), 'GET Users', 'PATCH Users']);
	});

	test('stays beside any other change, which costs nothing', async () => {
		expect(await apply({ title: 'Chef' })).toEqual(PLAIN);
		expect(numbersOf(0)).toEqual(['+420 2']);
	});
});

describe('an error', () => {
	test('that is known before the first write comes before it', async () => {
		directory.hold([{ userName: NAMES[0]!, externalId: 'E1' }, { userName: NAMES[1]! }]);
		const parameters = {
			matchBy: 'externalId',
			additionalFields: { externalId: '={{ $json.department }}', title: 'Chef' },
		};
		const list = [row('anna', 'E1'), row('bert', 'E2')];
		const { error } = await synchronize(parameters, list);
		expect(error?.message).toContain(
			'"bert@example.com" exists in Appspace with another External ID',
		);
		expect(error?.message).toContain('(item 1)');
		expect(directory.writes).toEqual([]);
		const { items } = await synchronize(parameters, list, { onError: 'continueRegularOutput' });
		expect(outcomes(items())).toEqual(['updated', 'failed']);
	});

	test('names its item, if it has one', async () => {
		directory.front.options = { ...directory.front.options, refused: /u-1-/ };
		const { error } = await synchronize({}, [row('anna', 'A'), row('bert', 'B')]);
		expect(error).toMatchObject({
			message: expect.stringContaining('(bert@example.com, item 1)'),
			context: { itemIndex: 1 },
		});
		const whole = await synchronize({ scope: 'all' }, [row('new', 'A'), row('other', 'A')]);
		expect(whole.error?.message).not.toContain('(item');
		expect(whole.error?.context?.itemIndex).toBeUndefined();
	});

	test('goes to the error output, with the row that it comes from', async () => {
		directory.front.options = { ...directory.front.options, refused: /u-1-/ };
		const list = [row('anna', 'A'), row('bert', 'B'), row('dora', 'D')];
		const { outputs } = await synchronize({}, list, { onError: 'continueErrorOutput' });
		const [passed, failed] = outputs('Appspace');
		expect(outcomes(passed!)).toEqual(['updated', 'updated']);
		expect(failed).toEqual([
			{
				json: { ...list[1], error: expect.any(String), message: expect.any(String) },
				pairedItem: { item: 1 },
			},
		]);
	});

	test('of a deactivation names its user, and no row', async () => {
		directory.front.options = { ...directory.front.options, refused: /u-2-/ };
		const list = ['anna', 'bert', 'dora'].map((name) => row(name, 'Sales'));
		const more = { onError: 'continueErrorOutput' } as const;
		const { outputs } = await synchronize({ scope: 'all' }, list, more);
		expect(outputs('Appspace')[1]).toMatchObject([
			{
				json: { error: expect.stringContaining('(cara@example.com)') },
				pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
			},
		]);
		expect(outputs('Appspace')[1]![0]!.json).not.toHaveProperty('name');
	});
});

describe('as a tool of an agent', () => {
	const type = 'appspaceTool';
	const list = [row('anna', 'Support')];

	test('it previews', async () => {
		const { error, items } = await synchronize({ mode: 'preview' }, list, { type });
		expect(error).toBeUndefined();
		expect(outcomes(items())).toEqual(['updated']);
	});

	test.each([
		[{ mode: 'apply' }, 'must be Preview when an AI agent uses the node', 'Let a workflow apply'],
		[{ mode: 'preview', scope: 'all' }, 'must be Nobody here', 'An AI agent passes only'],
		[{ mode: 'apply', scope: 'all' }, 'must be Nobody here', 'An AI agent passes only'],
	])('%j is refused, with the reason', async (parameters, message, reason) => {
		const { error } = await synchronize(parameters, list, { type });
		expect(error?.message).toContain(message);
		expect(error?.description).toContain(reason);
		expect(directory.front.requests).toEqual([]);
	});
});

test('a second run in one execution, such as after another branch, deactivates nobody', async () => {
	const parameters = {
		...{ userName: '={{ $json.name }}', mode: 'apply', scope: 'all', mostDeactivations: '100%' },
	};
	const to = (...names: string[]) => ({
		main: [names.map((node) => ({ node, type: 'main' as const, index: 0 }))],
	});
	const branch = (name: string) => ({ name, type: 'noOp', parameters: {} });
	const result = await run({
		credentials: directory.credentials,
		input: [row('anna', 'Sales'), row('bert', 'Sales')],
		nodes: [
			...[branch('One'), branch('Other')],
			appspaceNode('scimUser.synchronize', parameters, { onError: 'continueRegularOutput' }),
		],
		connections: {
			[triggerName]: to('One', 'Other'),
			...{ One: to('Appspace'), Other: to('Appspace') },
		},
	});
	expect(outcomes(result.items('Appspace'))).toEqual([
		...['unchanged', 'unchanged', 'deactivated', 'deactivated'],
		undefined,
	]);
	expect(result.items('Appspace').at(-1)?.json.error).toContain('must be Nobody here');
	expect(directory.writes).toHaveLength(2);
});
