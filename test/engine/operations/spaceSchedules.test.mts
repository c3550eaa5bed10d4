import { apiCalls, locators } from '../../support/appspaceNode.mts';
import { operationsOf, type Parameters } from '../../support/operationRuns.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest();
const { sent } = under;
const { execute, records } = operationsOf(under, 'space');
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);

const range = { startAt: '2098-06-01T09:00:00.000Z', endAt: '2098-06-01T10:00:00.000Z' };
const rooms = () => under.tenant.resources.filter(({ type }) => type === 'room');

describe.each(['object', 'array', 'items', 'text', 'empty'] as const)(
	'a reply that is %s is passed through:',
	(undocumentedReply) => {
		beforeEach(() => under.sandbox.set({ undocumentedReply }));
		const fits = (found: object[], array: object[]) => {
			const shapes: Record<string, object[]> = {
				object: [{ result: array }],
				text: [{ data: 'OK' }],
				empty: [{ success: true }],
			};
			expect(found).toMatchObject(shapes[undocumentedReply] ?? array);
		};

		test('Get Schedule', async () => {
			const two = rooms().slice(0, 2);
			const spaceIds = locators(...ids(two));
			fits(
				await records('getSchedule', { spaceIds, ...range }),
				two.map(({ id }) => ({ resourceId: id })),
			);
			expect(sent('POST', 'reservation/schedules')[0]?.body).toEqual({
				...{ resourceIds: ids(two), ...range },
			});
		});

		test('Check Availability of People', async () => {
			const user = under.tenant.users[6]!;
			const attendees = locators(`ann@example.org, ${user.id}`);
			const emails = ['ann@example.org', user.email];
			fits(
				await records('checkPeopleAvailability', { attendees, ...range }),
				emails.map((email) => ({ email })),
			);
			expect(sent('POST', 'reservation/useravailabilities')[0]?.body).toEqual({
				...{ attendees: emails, ...range },
			});
		});
	},
);

test('Get Schedule can ask the other service, which may not work', async () => {
	const [room] = rooms();
	const parameters = {
		spaceIds: locators(room!.id),
		...range,
		options: { source: 'availability' },
	};
	const { error } = await execute('getSchedule', parameters);
	expect(error).toMatchObject({ httpCode: '400' });
	expect(sent('GET', 'reservation/resources/availability')[0]?.query).toEqual({
		...{ resourceIds: room!.id, ...range },
	});
});

test('a search by POST is repeated like any reading', async () => {
	under.sandbox.fault({ path: 'reservation/schedules', status: 503 });
	await records('getSchedule', { spaceIds: locators(rooms()[0]!.id), ...range });
	expect(sent('POST', 'reservation/schedules')).toHaveLength(2);
});

it.each<[string, string, Parameters]>([
	['getSchedule', 'The parameter "Spaces" is empty', { spaceIds: locators(',') }],
	['checkPeopleAvailability', 'The parameter "People" is empty', { attendees: locators(',') }],
])('%s says before sending: %s', async (operation, sentence, parameters) => {
	const { error } = await execute(operation, { ...range, ...parameters });
	expect(error?.message).toContain(sentence);
	expect(apiCalls(under.sandbox)).toEqual([]);
});

test('a person who is not there is named with the parameter', async () => {
	const { error } = await execute('checkPeopleAvailability', {
		attendees: locators('nobody'),
		...range,
	});
	expect(error?.message).toBe('The user "nobody" in the parameter "People" was not found');
});
