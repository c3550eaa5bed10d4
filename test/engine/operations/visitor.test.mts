import { apiCalls, appspaceNode, locator, locators } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import { dayMore } from '../../support/dayMore.mts';
import { operationsOf, type Parameters } from '../../support/operationRuns.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest();
const { sent } = under;
const { execute, records } = operationsOf(under, 'visitor');
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const mary = { firstName: ' Mary ', lastName: 'Major', email: 'mary@example.org' };

describe('Get Many', () => {
	it('gives flat fields, or the records as they are', async () => {
		const found = await records('getAll', { returnAll: true });
		expect(ids(found)).toEqual(ids(under.tenant.visitors));
		const [seen] = under.tenant.visitors.filter(({ lastVisit }) => lastVisit);
		expect(found.find(({ id }) => id === seen!.id)).toEqual({
			...{ id: seen!.id, fullName: seen!.fullName, firstName: seen!.firstName },
			...{ lastName: seen!.lastName, email: seen!.email, visitorType: seen!.visitorType },
			visitorRegistrationStatus: seen!.visitorRegistrationStatus,
			lastVisitAt: seen!.lastVisit!.startAt,
			...{ createdAt: seen!.createdAt, updatedAt: seen!.updatedAt },
		});
		expect(await records('getAll', { limit: 2, simplify: false })).toEqual(
			under.tenant.visitors.slice(0, 2),
		);
	});

	it('filters on its own side', async () => {
		const { visitors } = under.tenant;
		const contractors = visitors.filter(({ visitorType }) => visitorType === 'Contractor');
		const filters = { visitorType: locator('contractor') };
		expect(ids(await records('getAll', { returnAll: true, filters }))).toEqual(ids(contractors));
		const last = visitors.at(-1)!;
		for (const search of [last.email.toUpperCase(), last.fullName]) {
			expect(ids(await records('getAll', { filters: { search } }))).toContain(last.id);
		}
		expect(apiCalls(under.sandbox).every(({ query }) => !('search' in query))).toBe(true);
	});
});

test('Get finds a visitor, and says who was not found', async () => {
	const [visitor] = under.tenant.visitors;
	expect(await records('get', { visitorId: locator(visitor!.id, 'list') })).toMatchObject([
		{ id: visitor!.id, email: visitor!.email },
	]);
	const { error } = await execute('get', { visitorId: 'gone' });
	expect(error).toMatchObject({ httpCode: '404', message: 'Visitor "gone" was not found' });
});

describe('Create', () => {
	it('sends an empty list of custom fields and the type Guest unless told', async () => {
		const [made] = await records('create', mary);
		expect(made).toMatchObject({ id: under.tenant.visitors.at(-1)!.id, email: 'mary@example.org' });
		expect(sent('POST', 'visitormanagement/visitors')[0]?.body).toEqual({
			...{ firstName: 'Mary', lastName: 'Major', email: 'mary@example.org' },
			...{ visitorType: 'Guest', customFields: [] },
		});
	});

	it('sends type and custom fields', async () => {
		const [field] = under.tenant.visitorConfiguration.visitorFields;
		await records('create', {
			...mary,
			additionalFields: {
				visitorType: locator('Contractor', 'list'),
				customFields: { field: [{ id: locator(field!.id, 'list'), value: 'Example Ltd' }] },
			},
		});
		expect(sent('POST', 'visitormanagement/visitors')[0]?.body).toMatchObject({
			visitorType: 'Contractor',
			customFields: [{ id: field!.id, value: 'Example Ltd' }],
		});
	});

	it('leaves it to Appspace whether an address is required', async () => {
		const { error } = await execute('create', { ...mary, email: '' });
		expect(error).toMatchObject({ httpCode: '400' });
		expect(sent('POST', 'visitormanagement/visitors')[0]?.body).not.toHaveProperty('email');
	});

	it('says what Appspace says to an address that is there already', async () => {
		const { email } = under.tenant.visitors[0]!;
		const { error } = await execute('create', { ...mary, email });
		expect(error).toMatchObject({ httpCode: '409' });
		expect(error?.description).toContain(email);
	});

	it.each<[string, Parameters]>([
		['The parameter "Last Name" of a visitor is empty', { lastName: '={{ "" }}' }],
		[
			'A custom field has no ID',
			{ additionalFields: { customFields: { field: [{ id: locator('={{ "" }}'), value: 'x' }] } } },
		],
	])('says before sending: %s', async (sentence, changes) => {
		const { error } = await execute('create', { ...mary, ...changes });
		expect(error?.message).toContain(sentence);
		expect(apiCalls(under.sandbox)).toEqual([]);
	});
});

describe('Update', () => {
	it('sends what is named alone, and gives the visitor as it is afterwards', async () => {
		const [visitor] = under.tenant.visitors;
		const updateFields = { lastName: 'Major', visitorType: '' };
		const [updated] = await records('update', { visitorId: visitor!.id, updateFields });
		expect(sent('PATCH', visitor!.id)[0]?.body).toEqual({ lastName: 'Major' });
		expect(apiCalls(under.sandbox).map(({ method }) => method)).toEqual(['PATCH', 'GET']);
		expect(updated).toEqual(visitor);
	});

	it.each([
		['a name', { lastName: 'Major' }, { lastName: 'Minor' }, '"lastName"'],
		[
			'a custom field',
			{ customFields: { field: [{ id: 'b', value: '3' }] } },
			{
				customFields: [
					{ id: 'a', value: '1' },
					{ id: 'b', value: '4' },
				],
			},
			'"customFields b"',
		],
		[
			'a custom field that was there before',
			{ customFields: { field: [{ id: 'b', value: '3' }] } },
			{ customFields: [{ id: 'b', value: '3' }] },
			'"customFields a"',
		],
	])('says so where %s is not as it was written', async (_, updateFields, other, named) => {
		const [visitor] = under.tenant.visitors;
		visitor!.customFields = [{ id: 'a', value: '1' }];
		const after = 'customFields' in updateFields ? 1 : 0;
		const body = { ...visitor, ...other };
		under.sandbox.fault({ path: /visitors/, method: 'GET', after, status: 200, body });
		const { error } = await execute('update', { visitorId: visitor!.id, updateFields });
		expect(error?.message).toBe('The visitor is not what was just written');
		expect(error?.description).toContain(`Different after the change: ${named}.`);
	});

	it('empties a custom field with an empty text, not with an expression that finds nothing', async () => {
		const [visitor] = under.tenant.visitors;
		visitor!.customFields = [{ id: 'a', value: '1' }];
		const give = async (value: string) =>
			await execute('update', {
				visitorId: visitor!.id,
				updateFields: { customFields: { field: [{ id: 'a', value }] } },
			});
		for (const value of ['={{ $json.compny }}', '={{ null }}']) {
			const { error } = await give(value);
			expect(error?.message).toBe('The entry "a" under "Custom Fields" has no value');
			expect(error?.description).toContain('Check the expression');
		}
		expect(apiCalls(under.sandbox)).toEqual([]);
		expect((await give('')).error).toBeUndefined();
		expect(visitor!.customFields).toEqual([{ id: 'a', value: '' }]);
	});

	it('keeps the custom fields that are not named', async () => {
		const [visitor] = under.tenant.visitors;
		visitor!.customFields = [
			{ id: 'a', value: '1' },
			{ id: 'b', value: '2' },
		];
		const customFields = { field: [{ id: 'b', value: '3' }] };
		await records('update', { visitorId: visitor!.id, updateFields: { customFields } });
		expect(visitor!.customFields).toEqual([
			{ id: 'a', value: '1' },
			{ id: 'b', value: '3' },
		]);
	});

	it('loses no custom field where two items change the same visitor at once', async () => {
		const [visitor] = under.tenant.visitors;
		visitor!.customFields = [{ id: 'a', value: '1' }];
		// Both would have read before either writes: the answers come late.
		under.sandbox.fault({ path: /visitors/, method: 'GET', times: 2, delay: 150 });
		const { error } = await run({
			credentials: under.credentials,
			input: [{ field: 'b' }, { field: 'c' }],
			nodes: [
				appspaceNode('visitor.update', {
					visitorId: visitor!.id,
					updateFields: { customFields: { field: [{ id: '={{ $json.field }}', value: '2' }] } },
					options: { itemsAtOnce: 2 },
				}),
			],
		});
		expect(error).toBeUndefined();
		expect(visitor!.customFields.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
	});

	it.each(['list', 'capitals'] as const)(
		'changes one of the custom fields that are shown as %s, and keeps the others',
		async (form) => {
			under.sandbox.set({ customFields: form });
			const visitor = under.tenant.visitors.at(-1)!;
			const [first, second] = visitor.customFields;
			const field = [{ id: first!.id, value: '3' }];
			await records('update', { visitorId: visitor.id, updateFields: { customFields: { field } } });
			const kept = visitor.customFields.map(({ id, value }) => ({ id: id.toLowerCase(), value }));
			expect(kept).toEqual([{ id: first!.id, value: '3' }, second]);
		},
	);

	it.each(['object', 'text', 'missing'] as const)(
		'writes no custom fields where they are shown as %s, since others would be lost',
		async (form) => {
			under.sandbox.set({ customFields: form });
			const visitor = under.tenant.visitors.at(-1)!;
			const before = structuredClone(visitor);
			const customFields = { field: [{ id: before.customFields[0]!.id, value: '3' }] };
			const visitorId = visitor.id;
			const { error } = await execute('update', { visitorId, updateFields: { customFields } });
			expect(error?.message).toMatch(
				/^Appspace (does not show|shows) the custom fields of this visitor/,
			);
			expect(error?.description).toContain('Nothing was sent');
			expect(sent('PATCH', visitorId)).toEqual([]);
			await records('update', { visitorId, updateFields: { lastName: 'Other' } });
			expect(visitor).toMatchObject({ lastName: 'Other', customFields: before.customFields });
		},
	);

	it('takes a list that is left out for an empty one where other visitors show theirs', async () => {
		const [visitor] = under.tenant.visitors;
		const withoutList: object = { ...visitor, customFields: undefined };
		under.sandbox.fault({
			path: new RegExp(visitor!.id),
			method: 'GET',
			status: 200,
			body: withoutList,
		});
		const customFields = { field: [{ id: 'a', value: '1' }] };
		await records('update', { visitorId: visitor!.id, updateFields: { customFields } });
		expect(visitor!.customFields).toEqual([{ id: 'a', value: '1' }]);
	});

	it('says so where there is nothing to update', async () => {
		const { error } = await execute('update', { visitorId: 'x', updateFields: {} });
		expect(error?.message).toContain('There is nothing to update');
		expect(apiCalls(under.sandbox)).toEqual([]);
	});
});

test('Delete takes a visitor away', async () => {
	const { id } = under.tenant.visitors[0]!;
	expect(await records('delete', { visitorId: id })).toEqual([{ id, deleted: true }]);
	expect(ids(under.tenant.visitors)).not.toContain(id);
	expect((await execute('delete', { visitorId: id })).error).toMatchObject({ httpCode: '404' });
});

describe('Invite', () => {
	const invitation = (more: Parameters = {}): Parameters => ({
		title: 'Visit of Example Ltd',
		hosts: locators('ann@example.com'),
		startAt: '2098-06-01T09:00',
		endAt: '2098-06-01T10:00',
		timeZone: locator('Europe/Prague'),
		visitorIds: locators(locator(under.tenant.visitors[0]!.id, 'list')),
		...more,
	});

	it('always sends purpose and notes, empty if need be', async () => {
		await records('invite', invitation());
		expect(sent('POST', 'visitormanagement/invitations')[0]?.body).toMatchObject({
			...{ purpose: '', notes: '' },
		});
	});

	it('sends visitors as records, hosts with their IDs where known, and times in UTC', async () => {
		const [host] = under.tenant.users;
		const [known] = under.tenant.visitors;
		const [space] = under.tenant.resources;
		await records('invite', {
			...invitation({ hosts: locators(`${host!.id}, bea@example.com`) }),
			newVisitors: { visitor: [{ ...mary, visitorType: locator('Contractor', 'list') }] },
			additionalFields: {
				...{ isAllDay: true, notes: 'At the gate', purpose: locator('Meeting', 'list') },
				spaceIds: locators(space!.id),
			},
		});
		expect(sent('POST', 'visitormanagement/invitations')[0]?.body).toEqual({
			...{
				type: 'Planned',
				title: 'Visit of Example Ltd',
				notes: 'At the gate',
				purpose: 'Meeting',
			},
			hosts: [{ email: host!.email, userId: host!.id }, { email: 'bea@example.com' }],
			resourceIds: [space!.id],
			visitors: [
				{
					...{ id: known!.id, firstName: known!.firstName, lastName: known!.lastName },
					...{ email: known!.email, visitorType: known!.visitorType, customFields: [] },
				},
				{
					...{ firstName: 'Mary', lastName: 'Major', email: 'mary@example.org' },
					...{ visitorType: 'Contractor', customFields: [] },
				},
			],
			...{ startAt: '2098-06-01T07:00:00.000Z', endAt: '2098-06-01T08:00:00.000Z' },
			...{ startTimeZone: 'Europe/Prague', endTimeZone: 'Europe/Prague', isAllDay: true },
		});
		expect(under.tenant.hostNotices.map(({ email }) => email)).toEqual([
			...[host!.email, 'bea@example.com'],
		]);
	});

	it('sends an empty list of custom fields for a visitor who shows none', async () => {
		under.sandbox.set({ customFields: 'missing' });
		await records('invite', invitation());
		expect(sent('POST', 'invitations')[0]?.body).toMatchObject({
			visitors: [{ customFields: [] }],
		});
	});

	it('is for one day where both ends are on it', async () => {
		const endAt = '2098-06-01T09:00';
		await records('invite', invitation({ endAt, additionalFields: { isAllDay: true } }));
		expect(sent('POST', 'visitormanagement/invitations')[0]?.body).toMatchObject({
			...{ startAt: '2098-05-31T22:00:00.000Z', endAt: '2098-06-01T22:00:00.000Z' },
		});
	});

	it('lets somebody drop in, which makes no visit', async () => {
		const before = under.tenant.visits.length;
		const now = { startAt: '={{ $now }}', endAt: '={{ $now.plus({ hours: 1 }) }}' };
		await records('invite', invitation({ type: 'DropIn', ...now }));
		expect(sent('POST', 'invitations')[0]?.body).toMatchObject({ type: 'DropIn', isAllDay: false });
		expect(under.tenant.visits).toHaveLength(before);
		expect(under.tenant.hostNotices).toHaveLength(1);
	});

	it.each<[string, Parameters]>([
		['The parameter "Title" is empty', { title: '={{ "" }}' }],
		['The parameter "Hosts" is empty', { hosts: locators(',') }],
		['"Visitors" and "New Visitors" are both empty', { visitorIds: locators('') }],
		['The parameter "Start" (2019-12-31T23', { startAt: '2020-01-01' }],
		['is not after "Start"', { endAt: '2098-06-01T09:00' }],
		[
			'The parameter "Last Name" of a visitor is empty',
			{
				visitorIds: locators(''),
				newVisitors: { visitor: [{ firstName: 'A', email: 'a@example.org' }] },
			},
		],
	])('says before sending: %s', async (sentence, changes) => {
		const { error } = await execute('invite', invitation(changes));
		expect(error?.message).toContain(sentence);
		expect(apiCalls(under.sandbox)).toEqual([]);
	});
});

test('Get Visits lists what is planned, within a range that is checked', async () => {
	const { visits } = under.tenant;
	expect(ids(await records('getVisits'))).toEqual(ids(visits));
	const { startAt, endAt } = visits[1]!;
	under.sandbox.fault({ path: 'visitormanagement/events', status: 200, body: { items: visits } });
	expect(ids(await records('getVisits', { filters: { startAt, endAt } }))).toEqual([visits[1]!.id]);
	expect(apiCalls(under.sandbox).at(-1)?.query).toMatchObject({
		...dayMore({ startAt, endAt }),
	});
});

describe.each([
	['checkIn', 'checkin', 'CheckedIn'],
	['checkOut', 'checkout', 'CheckedOut'],
] as const)('%s', (operation, verb, status) => {
	it.each(['object', 'array', 'items', 'text', 'empty'] as const)(
		'is noted, and a reply that is %s passed through',
		async (undocumentedReply) => {
			under.sandbox.set({ undocumentedReply });
			const visit = under.tenant.visits[0]!;
			const parameters = { eventId: visit.id, visitorId: visit.visitors[0]!.id };
			const [reply] = await records(operation, parameters);
			expect(visit.visitors[0]!.visitorRegistrationStatus).toBe(status);
			expect(apiCalls(under.sandbox)).toEqual([
				expect.objectContaining({
					method: 'POST',
					path: `/api/v3/visitormanagement/events/${visit.id}/visitors/${parameters.visitorId}/${verb}`,
				}),
			]);
			const shapes: Record<string, object> = { text: { data: 'OK' }, empty: { success: true } };
			expect(reply).toEqual(shapes[undocumentedReply] ?? {});
		},
	);

	it('says which visit was not found', async () => {
		const parameters = { eventId: 'gone', visitorId: under.tenant.visitors[0]!.id };
		const { error } = await execute(operation, parameters);
		expect(error?.message).toContain('Visit "gone", Visitor "');
	});
});

test('Get Configuration gives what is set up for visitors', async () => {
	expect(await records('getConfiguration')).toEqual([under.tenant.visitorConfiguration]);
});
