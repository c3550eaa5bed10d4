import { resources } from '../../nodes/Appspace/resources/resources.ts';
import type { Operation, Resource } from '../../nodes/Appspace/runtime/operation.ts';
import { isLocator } from '../../nodes/Appspace/runtime/parameterValues.ts';
import type { Tenant } from '../../sandbox/server.mts';
import { locators } from '../support/appspaceNode.mts';

export interface Subject {
	resource: Resource;
	operation: Operation;
	/** `channel.get` */
	name: string;
}

/** Everything that the node can do. New operations are covered automatically. */
export const SUBJECTS: Subject[] = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		resource,
		operation,
		name: `${resource.value}.${operation.value}`,
	})),
);

type Example = (tenant: Tenant, index: number) => Record<string, unknown>;

/** The entry at `index`, starting over after the last one. */
const nth = <T,>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Any hour of a day without bookings; the same in each run, so that requests can be compared. */
const slot = (index: number) => ({
	startAt: new Date(Date.UTC(2098, 5, 1, index)).toISOString(),
	endAt: new Date(Date.UTC(2098, 5, 1, index + 1)).toISOString(),
});

const HALF_A_DAY = 12 * 60 * 60 * 1000;

/** Events that will not start while a test runs; the first event of a tenant starts at the next full hour. */
function eventsAhead({ events }: Tenant) {
	const [first] = events;
	const soon = Date.parse(first?.startAt ?? '') + HALF_A_DAY;
	return events.filter(({ startAt }) => Date.parse(startAt) > soon);
}

/**
 * Brings a tenant into a state in which every example succeeds: an event that was checked in to can be
 * ended or checked out of before its start, and checked in to again outside its window.
 */
export function prepare(tenant: Tenant): void {
	for (const event of eventsAhead(tenant)) event.state = 'Active';
	// Few users are inactive, in a small tenant maybe none.
	for (const [index, user] of tenant.scimUsers.entries()) user.active = index % 3 !== 0;
	// In a small tenant, a group may have nobody, or everybody.
	const users = tenant.scimUsers.map(({ id }) => ({ value: id }));
	for (const group of tenant.scimGroups) {
		const { length = 0 } = group.members ?? [];
		if (length === 0 || length > users.length - 2) group.members = users.slice(0, 2);
	}
}

const space = ({ resources }: Tenant, index: number) => {
	return nth(
		resources.filter(({ isReservable }) => isReservable),
		index,
	).id;
};

const card = ({ contents }: Tenant, index: number) => {
	const cards = Object.entries(contents).filter(([, { contentURL }]) =>
		contentURL.endsWith('/index.html'),
	);
	return nth(cards, index)[0];
};

/** Values for the parameters that select a record, whatever the operation. */
const RECORDS: Record<string, (tenant: Tenant, index: number) => string> = {
	channelId: ({ channels }, index) => nth(channels, index).id,
	userId: ({ users }, index) => nth(users, index).id,
	userGroupId: ({ userGroups }, index) => nth(userGroups, index).id,
	deviceId: ({ devices }, index) => nth(devices, index).id,
	deviceGroupId: ({ deviceGroups }, index) => nth(deviceGroups, index).id,
	contentId: ({ contents }, index) => nth(Object.keys(contents), index),
	cardTemplateId: ({ cardTemplates }, index) => nth(cardTemplates, index).id,
	postId: ({ posts }, index) => nth(posts, index).id,
	eventId: (tenant, index) => nth(eventsAhead(tenant), index).id,
	reservationId: ({ reservations }, index) => nth(reservations, index).id,
	spaceId: space,
	visitorId: ({ visitors }, index) => nth(visitors, index).id,
	scimUserId: ({ scimUsers }, index) => nth(scimUsers, index).id,
	scimGroupId: ({ scimGroups }, index) => nth(scimGroups, index).id,
	binaryPropertyName: () => 'data',
};

/** Parameters with only these IDs, for an operation that changes the records they name. */
const only =
	(...names: string[]): Example =>
	(tenant, index) =>
		Object.fromEntries(names.map((name) => [name, RECORDS[name]?.(tenant, index)]));

const visit: Example = ({ visits }, index) => {
	const { id: eventId, visitors } = nth(visits, index);
	return { eventId, visitorId: visitors[0]?.id };
};

/** The last channel has a target of a kind that cannot be written back. */
const writableChannel = ({ channels }: Tenant, index: number) => nth(channels.slice(0, -1), index);

/** An active user, or an inactive one. */
const activeOnly =
	(isActive: boolean): Example =>
	({ scimUsers }, index) => ({
		scimUserId: nth(
			scimUsers.filter(({ active }) => active === isActive),
			index,
		).id,
	});

/** Examples that need more than the IDs above. */
const EXAMPLES: Record<string, Example> = {
	'channel.addPublishTargets': (tenant, index) => ({
		channelId: writableChannel(tenant, index).id,
		deviceIds: locators(nth(tenant.devices, index).id, nth(tenant.devices, index + 1).id),
		deviceGroupIds: locators(nth(tenant.deviceGroups, index).id),
	}),
	'channel.removePublishTargets': (tenant, index) => {
		const { channels, publishTo } = tenant;
		const published = channels.slice(0, -1).filter(({ id }) => publishTo[id]?.length);
		const { id: channelId } = nth(published, index);
		const [target] = publishTo[channelId] ?? [];
		const ids = locators(target?.targetId);
		return { channelId, deviceIds: ids, deviceGroupIds: ids };
	},
	'channel.replacePublishTargets': (tenant, index) => ({
		channelId: writableChannel(tenant, index).id,
		deviceIds: locators(nth(tenant.devices, index).id, nth(tenant.devices, index + 7).id),
	}),
	'content.getCardModel': (tenant, index) => ({ contentId: card(tenant, index) }),
	'apiCall.callEndpoint': ({ devices }, index) => ({
		service: 'devices',
		endpoint: 'POST /api/v3/devices/{id}/command',
		// By name, which is enough if no two parameters share one.
		parameters: {
			mappingMode: 'defineBelow',
			value: { id: nth(devices, index).id, command: 'restart' },
		},
	}),
	'apiCall.rawRequest': ({ userGroups }, index) => ({
		method: 'PATCH',
		path: `/api/v3/users/usergroups/${nth(userGroups, index).id}`,
		bodyContent: 'json',
		body: JSON.stringify({ isLibraryEnabled: index % 2 === 0 }),
		responseFormat: 'json',
	}),
	'cardTemplate.create': ({ cardTemplateTypes }, index) => ({
		cardTemplateTypeId: nth(cardTemplateTypes, index).id,
		name: `Template ${index}`,
		additionalFields: { model: '{ "title": "Welcome" }' },
	}),
	'cardTemplate.update': ({ cardTemplates }, index) => ({
		cardTemplateId: nth(cardTemplates, index).id,
		updateFields: { name: `Template ${index}` },
	}),
	'device.sendCommand': ({ devices }, index) => ({
		deviceId: nth(devices, index).id,
		command: 'restart',
	}),
	'device.sync': ({ devices }, index) => ({ deviceIds: locators(nth(devices, index).id) }),
	'device.createTask': ({ devices }, index) => ({
		taskTemplateId: `template-${index}`,
		targetIds: locators(nth(devices, index).id),
	}),
	'deviceProperty.getAll': only('deviceId'),
	'deviceProperty.set': ({ devices }, index) => ({
		deviceId: nth(devices, index).id,
		properties: { property: [{ key: 'volume', value: String(index) }] },
	}),
	'event.checkIn': only('eventId'),
	'event.checkOut': only('eventId'),
	'event.extend': (tenant, index) => {
		const { id: eventId, endAt } = nth(eventsAhead(tenant), index);
		return { eventId, endAt: new Date(Date.parse(endAt) + 60_000).toISOString() };
	},
	'event.move': (tenant, index) => ({ ...only('eventId')(tenant, index), ...slot(index) }),
	'event.end': only('eventId'),
	'event.release': only('eventId'),
	'event.cancel': only('eventId'),
	'reservation.create': (tenant, index) => ({
		...slot(index),
		spaceIds: locators(space(tenant, index)),
		title: `Meeting ${index}`,
		attendees: locators(nth(tenant.users, index + 1).id),
		additionalFields: {
			organizerId: nth(tenant.users, index).id,
			visitorIds: locators(nth(tenant.visitors, index).id),
		},
	}),
	'reservation.update': ({ reservations }, index) => ({
		reservationId: nth(reservations, index).id,
		updateFields: { title: `Meeting ${index}` },
	}),
	'reservation.delete': only('reservationId'),
	'space.findAvailable': (_, index) => slot(index),
	'space.getSchedule': (tenant, index) => ({
		...slot(index),
		spaceIds: locators(space(tenant, index)),
	}),
	'space.checkPeopleAvailability': ({ users }, index) => ({
		...slot(index),
		attendees: locators(nth(users, index).id),
	}),
	'visitor.create': (_, index) => ({
		firstName: 'Vera',
		lastName: 'Visitor',
		email: `new.visitor.${index}@example.com`,
	}),
	'visitor.update': ({ visitors, visitorConfiguration }, index) => ({
		visitorId: nth(visitors, index).id,
		updateFields: {
			customFields: { field: [{ id: visitorConfiguration.visitorFields[0]?.id, value: 'A' }] },
		},
	}),
	'visitor.delete': only('visitorId'),
	'visitor.invite': ({ users, visitors }, index) => ({
		...slot(index),
		title: `Visit ${index}`,
		hosts: locators(nth(users, index).id),
		visitorIds: locators(nth(visitors, index).id),
	}),
	'visitor.checkIn': visit,
	'visitor.checkOut': visit,
	'userGroup.updateLibrarySettings': (tenant, index) => ({
		...only('userGroupId')(tenant, index),
		updateFields: { isLibraryEnabled: index % 2 === 0 },
	}),
	'scimUser.getAll': ({ scimUsers }, index) => ({
		filters: { email: nth(scimUsers, index).userName },
	}),
	'scimUser.create': (_, index) => ({
		userName: `new.user.${index}@example.com`,
		additionalFields: { givenName: 'New', familyName: `User ${index}`, department: 'Facilities' },
	}),
	'scimUser.update': (tenant, index) => ({
		...only('scimUserId')(tenant, index),
		updateFields: { title: `Title ${index}` },
	}),
	'scimUser.upsert': ({ scimUsers }, index) => ({
		userName: nth(scimUsers, index).userName,
		additionalFields: { title: `Title ${index}` },
	}),
	'scimUser.synchronize': ({ scimUsers }, index) => ({
		...{ mode: 'apply', userName: nth(scimUsers, index).userName },
		additionalFields: { title: `Title ${index}` },
		// Nobody matches, so nobody is deactivated.
		scope: 'conditions',
		conditions: { condition: [{ attribute: 'userName', operator: 'eq', value: 'nobody' }] },
		mostDeactivations: '5',
	}),
	'scimUser.deactivate': activeOnly(true),
	'scimUser.reactivate': activeOnly(false),
	'scimUser.delete': only('scimUserId'),
	'scimGroup.create': ({ scimUsers }, index) => ({
		displayName: `Group ${index}`,
		additionalFields: { memberIds: locators(nth(scimUsers, index).id) },
	}),
	'scimGroup.update': (tenant, index) => ({
		...only('scimGroupId')(tenant, index),
		updateFields: { displayName: `Group ${index}` },
	}),
	'scimGroup.addMembers': ({ scimGroups, scimUsers }, index) => {
		const { id: scimGroupId, members = [] } = nth(scimGroups, index);
		const outside = scimUsers.filter(({ id }) => !members.some(({ value }) => value === id));
		return { scimGroupId, memberIds: locators(nth(outside, index).id) };
	},
	'scimGroup.removeMembers': ({ scimGroups }, index) => {
		const { id: scimGroupId, members = [] } = nth(scimGroups, index);
		return { scimGroupId, memberIds: locators(nth(members, index).value) };
	},
	// Only one more member, so that a single request is enough.
	'scimGroup.setMembers': ({ scimGroups, scimUsers }, index) => {
		const { id, members = [] } = nth(scimGroups, index);
		const present = members.map(({ value }) => value);
		const more = scimUsers.find((user) => !present.includes(user.id));
		return {
			...{ scimGroupId: id, identifyBy: 'id', mode: 'apply', mostRemovals: '100%' },
			members: [...present, more?.id].join(),
		};
	},
	'scimGroup.delete': only('scimGroupId'),
	'user.getByEmail': ({ users }, index) => ({ email: nth(users, index).email }),
};

/**
 * Parameters with which an operation can run on the `index`th record of a tenant; some operations need
 * `prepare` first.
 * @throws Error for an operation that has another required parameter and no example
 */
export function exampleFor(
	{ name, operation }: Subject,
	tenant: Tenant,
	index: number,
): Record<string, unknown> {
	const paging = { returnAll: true, options: { pageSize: 10 } };
	const example = EXAMPLES[name];
	if (example) return { ...paging, ...example(tenant, index) };
	const required = (operation.fields ?? []).filter(({ required }) => required);
	const missing = required.filter((field) => !RECORDS[field.name]);
	if (missing.length > 0 || operation.effect !== 'read') {
		throw new Error(`${name} has no example: add one to test/faults/examples.mts.`);
	}
	const ids = required.map((field) => [field.name, RECORDS[field.name]?.(tenant, index)]);
	return { ...paging, ...Object.fromEntries(ids) };
}

/** Parameters that read each value of such an example from the current item. */
export function expressionsFor(example: object, path = '$json'): Record<string, unknown> {
	// n8n does not accept an expression for a whole collection, so every value in it gets one.
	const expression = (value: unknown, at: string): unknown => {
		if (typeof value !== 'object' || value === null) return `={{ ${at} }}`;
		if (isLocator(value)) return { ...value, value: expression(value.value, `${at}.value`) };
		if (!Array.isArray(value)) return expressionsFor(value, at);
		return value.map((entry, index) => expression(entry, `${at}[${index}]`));
	};
	return Object.fromEntries(
		Object.entries(example).map(([key, value]) => [key, expression(value, `${path}.${key}`)]),
	);
}
