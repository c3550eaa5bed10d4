import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { events } from '../../../nodes/AppspaceTrigger/events/events.ts';
import { apiCalls, locator, locators } from '../../support/appspaceNode.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { PublishedTrigger } from '../../support/triggerEngine.mts';

type Fields = Record<string, unknown>;

interface Case {
	value: unknown;
	fits: Fields;
	/** Shown, and not what the filter asks for. */
	contradicts: Fields[];
	/** The request that asks Appspace to filter, as part of path and query; undefined if it is not asked. */
	sent?: string;
}

const ID = '6d1c0e5e-3a0b-4f51-9f5f-0d7d5b7f2a11';
const OTHER = '11111111-2222-4333-8444-555555555555';
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** The filters of each kind of record. */
const FILTERS: Record<string, Record<string, Case>> = {
	channel: {
		groupId: {
			value: locator(ID),
			fits: { channelGroups: [ID.toUpperCase()] },
			contradicts: [{ channelGroups: [{ id: OTHER }] }, { channelGroups: [] }],
		},
		name: { value: 'lobby', fits: { name: 'The LOBBY' }, contradicts: [{ name: 'Canteen' }] },
		type: { value: 1, fits: { type: '1' }, contradicts: [{ type: 2 }, { type: '3' }] },
	},
	user: {
		userGroupId: {
			...{ value: locator(ID), fits: {}, contradicts: [] },
			sent: `/users/usergroups/${ID}/members`,
		},
		userType: {
			...{ value: 'Visitor', fits: { userType: 'VISITOR' }, contradicts: [{ userType: 'User' }] },
			sent: 'userType=Visitor',
		},
	},
	device: {
		groupId: {
			value: locator(ID),
			fits: { groupId: ID.toUpperCase() },
			contradicts: [{ groupId: OTHER }, { groupId: null }],
			sent: `groupId=${ID}`,
		},
		locationId: {
			value: locator(ID),
			fits: { locationId: ID.toUpperCase() },
			contradicts: [{ locationId: OTHER }, { locationId: null }],
			sent: `locationId=${ID}`,
		},
	},
	booking: {
		floorId: {
			value: locator(ID),
			fits: { resources: [{ resourceFloorId: ID.toUpperCase() }] },
			contradicts: [{ resources: [{ resourceFloorId: OTHER }] }],
		},
		organizer: {
			value: 'ann@example.org',
			fits: { organizer: { username: 'Ann@example.org' } },
			contradicts: [{ organizer: { email: 'bob@example.org' } }],
		},
		spaceIds: {
			value: locators(ID),
			fits: { resourceIds: [ID.toUpperCase()] },
			contradicts: [{ resourceIds: [OTHER] }, { resources: [{ resourceId: OTHER }] }],
			sent: `resourceids=${ID}`,
		},
	},
	visitor: {
		visitorType: {
			value: locator('Guest'),
			fits: { visitorType: 'GUEST' },
			contradicts: [{ visitorType: 'Contractor' }],
		},
	},
	post: {
		channelId: {
			value: locator(ID),
			fits: { channelId: ID.toUpperCase() },
			contradicts: [{ channelId: OTHER }],
		},
		postTypes: {
			value: 'Story, Page',
			fits: { postType: 'story' },
			contradicts: [{ postType: 'Event' }],
			sent: 'postTypes=Story%2CPage',
		},
	},
};

/** An event that tells each new record with these fields. */
const NEW: Record<string, [event: string, fields: Fields]> = {
	channel: ['channelCreated', {}],
	user: ['userCreated', {}],
	device: ['deviceRegistered', {}],
	booking: ['bookingCreated', { startAt: inHours(1), endAt: inHours(2) }],
	visitor: ['visitorRegistered', {}],
	post: ['postPublished', { status: 'Published' }],
};

const kindOf = (event: string) => /^[a-z]+/.exec(event)?.[0] ?? '';

test.each(events.map(({ value, filters = [] }) => [value, filters.map(({ name }) => name)]))(
	'every filter of %s is looked at here',
	(event, names) => {
		expect(names).toEqual(Object.keys(FILTERS[kindOf(String(event))] ?? {}));
	},
);

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ seed: 7, users: 30 })));
afterAll(async () => await sandbox.close());
beforeEach(() => {
	sandbox.clearFaults();
	sandbox.clearRequests();
});

/** Answers each list with these records, as a tenant does that ignores filters. */
function answer(records: Fields[]): void {
	const items = records.map((fields, index) => ({ ...fields, id: `record ${index}` }));
	const body = { items, start: 0, limit: 500, size: items.length };
	sandbox.clearFaults();
	sandbox.fault({ path: /api\/v3\/(?!authorization|users\/me)/, status: 200, body, times: 1_000 });
}

async function told(event: string, filters: Fields, records: Fields[]): Promise<string[]> {
	const published = new PublishedTrigger({
		credentials: sandboxCredential(sandbox),
		parameters: { event, filters, simplify: false },
		isPatient: false,
	});
	answer([]);
	await published.publish();
	await published.tick();
	answer(records);
	await published.tick();
	return published.items.map(({ id }) => String(id));
}

const rows = Object.entries(FILTERS).flatMap(([kind, filters]) =>
	Object.entries(filters).map(([filter, one]) => [kind, filter, one] as const),
);

test.each(rows)('%s: %s', async (kind, filter, { value, fits, contradicts, sent }) => {
	const [event, always] = NEW[kind] ?? ['', {}];
	const records = [fits, {}, ...contradicts].map((fields) => ({ ...always, ...fields }));
	// The record that shows nothing of the field may fit.
	expect(await told(event, { [filter]: value }, records)).toEqual(['record 0', 'record 1']);
	const asked = apiCalls(sandbox).map(({ path, query }) => {
		return `${path}?${new URLSearchParams(query as Record<string, string>)}`;
	});
	if (sent) expect(asked.at(-1)).toContain(sent);
});

test('members of several groups come with their group', async () => {
	const { tenant } = sandbox;
	const groups = tenant.userGroups.slice(0, 2).map(({ id }) => id);
	const published = new PublishedTrigger({
		credentials: sandboxCredential(sandbox),
		parameters: { event: 'groupMemberAdded', userGroupIds: locators(...groups) },
		isPatient: false,
	});
	await published.publish();
	await published.tick();
	const user = { ...tenant.serviceUser, id: ID };
	for (const id of groups) tenant.members[id]?.push(user);
	await published.tick();
	expect(published.items.map(({ id, group }) => [id, group])).toEqual(
		groups.map((id) => [ID, { id }]),
	);
	expect(new Set(published.items.map(({ trigger }) => trigger.eventId)).size).toBe(2);
});

test('members without a group are refused before anything is asked', async () => {
	const published = new PublishedTrigger({
		credentials: sandboxCredential(sandbox),
		parameters: { event: 'groupMemberAdded', userGroupIds: locators('', locator('', 'list')) },
		isPatient: false,
	});
	await expect(published.publish()).rejects.toThrow('The parameter "User Groups" is empty');
	expect(apiCalls(sandbox)).toEqual([]);
});

test.each(['bookingEnded', 'bookingCheckedIn', 'bookingNotCheckedIn'])(
	'%s asks for bookings that started up to a day before its window',
	async (event) => {
		await told(event, {}, []);
		const query = apiCalls(sandbox).at(-1)?.query as Record<string, string>;
		expect(Date.parse(query.startAt ?? '')).toBeLessThanOrEqual(Date.parse(inHours(-23.9)));
	},
);
