import type { INodeProperties } from 'n8n-workflow';
import { SUBJECTS } from '../../faults/examples.mts';
import { locators } from '../../support/appspaceNode.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

type Fields = Record<string, unknown>;

/** What records show of the field that a filter is about. */
interface Case {
	value: unknown;
	fits: Fields;
	/** Shown, and not what the filter asks for: dropped. */
	contradicts: Fields[];
	/** Shown in a form that is not the known one: kept, like records that show nothing. */
	otherForms?: Fields[];
}

const ID = '6d1c0e5e-3a0b-4f51-9f5f-0d7d5b7f2a11';
const OTHER = '11111111-2222-4333-8444-555555555555';
const [START, END] = ['2098-06-01T09:00:00Z', '2098-06-01T10:00:00Z'];
const RANGE = { startAt: START, endAt: END };

const start: Case = {
	value: START,
	fits: RANGE,
	contradicts: [{ startAt: '2098-05-01T09:00:00Z', endAt: '2098-05-01T10:00:00Z' }],
	otherForms: [{ startAt: 'soon', endAt: 'later' }, { endAt: { at: 1 } }],
};
const end: Case = {
	...start,
	value: END,
	contradicts: [{ startAt: '2098-07-01T09:00:00Z', endAt: '2098-07-01T10:00:00Z' }],
};
const containing = (field: string): Case => ({
	value: 'lobby',
	fits: { [field]: 'The LOBBY' },
	contradicts: [{ [field]: 'Canteen' }],
	otherForms: [{ [field]: null }, { [field]: '' }, { [field]: { en: 'Lobby' } }],
});
/** Enumerations come as numbers at times (appspace-api.md 3.2). */
const word = (field: string, value: string, other: string): Case => ({
	value,
	fits: { [field]: value.toUpperCase() },
	contradicts: [{ [field]: other }],
	otherForms: [{ [field]: 3 }, { [field]: null }, { [field]: { name: value } }],
});
const spaces: Case = {
	value: ID,
	fits: { resourceIds: [ID.toUpperCase()] },
	contradicts: [
		...[{ resourceIds: [OTHER] }, { resources: [{ resourceId: OTHER }] }, { resourceIds: [] }],
		{ reservation: { resources: [{ id: OTHER }] } },
	],
	otherForms: [{ resources: [{ name: 'Aurora' }] }, { resourceIds: 'all' }, { reservation: {} }],
};
const status = { ...word('status', 'Active', 'Completed'), value: ['Active'] };
/** Where a space shows its floor, and by which name, is not public; its network is its building's. */
const floor: Case = {
	value: ID,
	fits: { resourceFloorId: ID, networkId: OTHER },
	contradicts: [{ resourceFloorId: OTHER, networkId: ID }, { floorId: OTHER }],
	otherForms: [{ networkId: OTHER }, { resourceFloorId: null }],
};
const capacity: Case = {
	value: 8,
	fits: { capacity: '8' },
	contradicts: [{ capacity: 7 }, { capacity: '6' }],
	otherForms: [{ capacity: null }, { capacity: 'large' }, { capacity: { seats: 2 } }],
};
const types = { ...word('type', 'room', 'poi'), value: ['room'] };

/** Every filter of every operation; `undefined` for one that is no matter of the record. */
const CASES: Record<string, Record<string, Case | Case[] | undefined>> = {
	'channel.getAll': {
		groupId: {
			value: ID,
			fits: { channelGroups: [ID.toUpperCase()] },
			contradicts: [{ channelGroups: [{ id: OTHER }] }, { channelGroups: [] }],
			otherForms: [{ channelGroups: [{ name: 'Lobbies' }] }, { channelGroups: ID }],
		},
		name: containing('name'),
		type: {
			value: 1,
			fits: { type: '1' },
			contradicts: [{ type: 2 }, { type: '3' }],
			otherForms: [{ type: 'Signage' }, { type: null }],
		},
	},
	'device.getAll': {
		groupId: {
			value: ID,
			fits: { groupId: ID.toUpperCase() },
			// Null is how devices say that they have none (appspace-api.md 5.4).
			contradicts: [{ groupId: OTHER }, { groupId: null }],
			otherForms: [{ groupId: { id: ID } }],
		},
		locationId: {
			value: ID,
			fits: { locationId: ID.toUpperCase() },
			contradicts: [{ locationId: OTHER }, { locationId: null }],
			otherForms: [{ locationId: [ID] }],
		},
		name: containing('name'),
		status: word('status', 'Offline', 'Online'),
	},
	// Nothing public tells what in their records to look at, so nothing is dropped.
	'device.getAllTasks': { deviceGroupId: undefined, deviceId: undefined, locationId: undefined },
	'device.getTaskResponses': { taskClass: undefined },
	'event.getAll': {
		...{ endAt: end, spaceIds: { ...spaces, value: locators(ID) }, startAt: start, status },
		timeZone: undefined,
	},
	'event.getMine': { endAt: end, startAt: start, status, timeZone: undefined },
	'post.getAll': {
		feedIds: {
			value: ID,
			fits: { feeds: [{ id: ID }] },
			contradicts: [{ feeds: [{ id: OTHER }] }, { feeds: [] }],
			otherForms: [{ feeds: [{ name: 'News' }] }, { feeds: null }],
		},
		postTypes: word('postType', 'Story', 'Page'),
		status: word('status', 'Draft', 'Published'),
		tags: {
			value: 'Safety',
			fits: { tags: ['SAFETY'] },
			contradicts: [{ tags: ['Travel'] }, { tags: [] }],
			otherForms: [{ tags: [{ label: 'Safety' }] }, { tags: 'Safety' }],
		},
	},
	'reservation.getAll': {
		endAt: end,
		organizer: [
			{
				value: 'ann@example.org',
				fits: { organizer: { username: 'Ann@example.org' } },
				contradicts: [{ organizer: { email: 'bob@example.org' } }],
				otherForms: [{ organizer: { id: OTHER, name: 'Ann' } }, { organizer: 'Ann' }],
			},
			{
				value: 'Ann',
				fits: { organizer: { name: 'ANN' } },
				contradicts: [{ organizer: { name: 'Bob', email: 'bob@example.org' } }],
				otherForms: [{ organizer: { id: OTHER } }, { provider: { organizer: { email: 'x@y' } } }],
			},
			{
				value: ID,
				fits: { organizer: { id: ID.toUpperCase() } },
				contradicts: [{ organizer: { id: OTHER, name: 'Bob' } }],
				otherForms: [{ organizer: { name: 'Bob' } }],
			},
		],
		spaceId: spaces,
		startAt: start,
		timeZone: undefined,
	},
	'space.findAvailable': {
		...{ floorId: floor, locationId: undefined, minCapacity: capacity, types },
	},
	'space.getAll': {
		...{ floorId: floor, location: containing('locationPath'), minCapacity: capacity },
		...{ name: containing('name'), types },
	},
	'space.getEvents': { endAt: end, startAt: start, timeZone: undefined },
	'user.getAll': {
		search: {
			value: 'lobby',
			fits: { userName: 'Lobby@example.org' },
			contradicts: [{ name: 'Ann' }, { email: 'ann@example.org' }, { firstName: 'Ann' }],
			otherForms: [{ name: null, email: '' }, { name: { first: 'Lobby' } }],
		},
		status: word('status', 'Active', 'Inactive'),
		userGroupId: undefined,
		userType: word('userType', 'Visitor', 'User'),
	},
	'visitor.getAll': {
		search: {
			value: 'lobby',
			fits: { fullName: 'Lobby Smith' },
			contradicts: [{ fullName: 'Ann' }, { email: 'ann@example.org' }, { lastName: 'Ann' }],
			otherForms: [{ fullName: null, email: '' }],
		},
		visitorType: word('visitorType', 'Guest', 'Contractor'),
	},
	'visitor.getVisits': { endAt: end, startAt: start, timeZone: undefined },
};

const filtersOf = (fields: INodeProperties[] = []) =>
	(fields.find(({ name }) => name === 'filters')?.options ?? []).map(({ name }) => name);

it('every filter of every operation is looked at here', () => {
	const own = SUBJECTS.filter(({ resource }) => !resource.credential?.includes('Scim'));
	const filters = own.flatMap(({ name, operation: { fields } }) => {
		const names = filtersOf(fields);
		return names.length > 0 ? [[name, names.sort()]] : [];
	});
	const looked = Object.entries(CASES).map(([name, cases]) => [name, Object.keys(cases).sort()]);
	expect(Object.fromEntries(looked)).toEqual(Object.fromEntries(filters));
});

const PARAMETERS: Record<string, Fields> = {
	'space.findAvailable': RANGE,
	'space.getEvents': { spaceId: ID },
};

const rows = Object.entries(CASES).flatMap(([operation, cases]) =>
	Object.entries(cases).flatMap(([filter, one]) =>
		[one ?? []].flat().map((each) => [operation, filter, each] as const),
	),
);

describe('a record is dropped only where it shows a field that contradicts the filter', () => {
	const under = tenantUnderTest({ reservable: 'POST' });

	it.each(rows)('%s by %s', async (operation, filter, { value, fits, contradicts, otherForms }) => {
		const kept = [fits, {}, ...(otherForms ?? [])].map((fields, index) => ({
			...fields,
			id: `kept ${index} ${JSON.stringify(fields)}`,
		}));
		const dropped = contradicts.map((fields, index) => ({
			...fields,
			id: `dropped ${index} ${JSON.stringify(fields)}`,
		}));
		const items = [...kept, ...dropped];
		// Whatever was asked for, as from a tenant that ignores filters.
		const body = { items, start: 0, limit: 1000, size: items.length };
		under.sandbox.fault({ path: /api\/v3\/(?!authorization)/, status: 200, body, times: 1 });
		const parameters = { returnAll: true, simplify: false, ...PARAMETERS[operation] };
		const found = await under.records(operation as 'a.b', {
			...parameters,
			filters: { [filter]: value },
		});
		expect(found.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
	});
});
