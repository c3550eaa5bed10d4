import type { Sandbox } from '../../../sandbox/server.mts';
import { locators } from '../../support/appspaceNode.mts';

/** How a test makes an event happen, and what must not make it. */
export interface Change {
	parameters?: Record<string, unknown>;
	/** Brings the tenant into a state from which the event can happen. */
	before?: (sandbox: Sandbox) => void;
	/** Makes the event. Returns the ID of the record, or a promise. */
	make: (sandbox: Sandbox) => string;
	/** Changes that are not the event, by what they are. */
	others: Record<string, (sandbox: Sandbox) => void>;
	/** What `previous` must show. */
	previous?: Record<string, unknown>;
}

const MINUTE = 60_000;
const iso = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();

function first<T>(list: readonly T[] | undefined, index = 0): T {
	const record = list?.[index];
	if (record === undefined) throw new Error('The tenant has no such record.');
	return record;
}

/** Changes a record, and returns its ID. */
function change<T extends { id: string }>(record: T, values: Partial<T>): string {
	Object.assign(record, values);
	return record.id;
}

function add<T extends { id: string }>(list: T[], values: Partial<T> = {}): string {
	const record = { ...structuredClone(first(list)), ...values, id: crypto.randomUUID() };
	list.push(record);
	return record.id;
}

function remove<T extends { id: string }>(list: T[], index = 2): string {
	const [record] = list.splice(index, 1);
	if (!record) throw new Error('The tenant has no such record.');
	return record.id;
}

const users = ({ tenant }: Sandbox) => tenant.users;
const devices = ({ tenant }: Sandbox) => tenant.devices;
const channels = ({ tenant }: Sandbox) => tenant.channels;
const visitors = ({ tenant }: Sandbox) => tenant.visitors;
const posts = ({ tenant }: Sandbox) => tenant.posts;
const bookings = ({ tenant }: Sandbox) => tenant.events;

/** The booking that tests change: in 90 minutes, for an hour. */
function booking(sandbox: Sandbox) {
	return first(bookings(sandbox));
}

function isBooked(sandbox: Sandbox, from: number, minutes = 60): string {
	const times = { startAt: iso(from), endAt: iso(from + minutes) };
	return change(booking(sandbox), { ...times, state: 'Pending', title: 'Planning' });
}

const inAnHourAndAHalf = (sandbox: Sandbox) => void isBooked(sandbox, 90);
const group = (sandbox: Sandbox) => first(sandbox.tenant.userGroups).id;
const members = (sandbox: Sandbox) => sandbox.tenant.members[group(sandbox)] ?? [];
const outsider = (sandbox: Sandbox) => {
	return first(users(sandbox).filter((user) => !members(sandbox).includes(user)));
};

const rename = {
	'another user is renamed': (sandbox: Sandbox) =>
		void change(first(users(sandbox), 3), { name: 'Other' }),
};

export const changes: Record<string, Change> = {
	channelCreated: {
		make: (sandbox) => add(channels(sandbox)),
		others: {
			'a channel is published': (sandbox) =>
				void change(first(channels(sandbox)), { contentLastPublishedAt: iso(0) }),
			'a channel is deleted': (sandbox) => void remove(channels(sandbox)),
		},
	},
	channelPublished: {
		make: (sandbox) => change(first(channels(sandbox)), { contentLastPublishedAt: iso(0) }),
		others: {
			'a channel is renamed': (sandbox) =>
				void change(first(channels(sandbox)), { name: 'Renamed' }),
			'a channel without content is created': (sandbox) =>
				void add(channels(sandbox), { contentLastPublishedAt: '0001-01-01T00:00:00' }),
		},
	},
	channelUpdated: {
		make: (sandbox) => change(first(channels(sandbox)), { name: 'Renamed' }),
		others: {
			'a channel is created': (sandbox) => void add(channels(sandbox)),
			'a channel is deleted': (sandbox) => void remove(channels(sandbox)),
			'the list comes in another order': (sandbox) => void channels(sandbox).reverse(),
		},
	},
	channelDeleted: {
		make: (sandbox) => remove(channels(sandbox)),
		others: {
			'a channel is created': (sandbox) => void add(channels(sandbox)),
			'a channel is renamed': (sandbox) =>
				void change(first(channels(sandbox)), { name: 'Renamed' }),
		},
	},
	userCreated: {
		make: (sandbox) => add(users(sandbox)),
		others: { ...rename, 'a user is deleted': (sandbox) => void remove(users(sandbox)) },
	},
	userUpdated: {
		make: (sandbox) => change(first(users(sandbox), 4), { jobTitle: 'Astronaut' }),
		others: {
			'a user is created': (sandbox) => void add(users(sandbox)),
			'roles change, which are not watched': (sandbox) =>
				void Object.assign(first(users(sandbox), 4), { roles: [{ name: 'Other' }] }),
		},
	},
	userStatusChanged: {
		make: (sandbox) => change(first(users(sandbox), 4), { status: 'Inactive' }),
		others: rename,
		previous: { status: 'Active' },
	},
	userDeleted: {
		make: (sandbox) => remove(users(sandbox), 5),
		others: { ...rename, 'a user is created': (sandbox) => void add(users(sandbox)) },
	},
	groupMemberAdded: {
		make: (sandbox) => {
			const user = outsider(sandbox);
			members(sandbox).push(user);
			return user.id;
		},
		others: {
			'a user joins another group': (sandbox) => {
				sandbox.tenant.members[first(sandbox.tenant.userGroups, 1).id]?.push(outsider(sandbox));
			},
			'a member is removed': (sandbox) => void members(sandbox).splice(0, 1),
		},
	},
	groupMemberRemoved: {
		make: (sandbox) => first(members(sandbox).splice(0, 1)).id,
		others: {
			'a member is renamed': (sandbox) => void change(first(members(sandbox)), { name: 'Other' }),
			'a member is added': (sandbox) => void members(sandbox).push(outsider(sandbox)),
		},
	},
	deviceOffline: {
		parameters: { minutes: 10 },
		before: (sandbox) => void change(first(devices(sandbox)), { status: 'Online' }),
		make: (sandbox) =>
			change(first(devices(sandbox)), { status: 'Offline', lastOnlineAt: iso(-11) }),
		others: {
			'it is offline for a moment': (sandbox) =>
				void change(first(devices(sandbox)), { status: 'Offline', lastOnlineAt: iso(-3) }),
			'it comes online': (sandbox) =>
				void change(first(devices(sandbox)), { status: 'Online', lastOnlineAt: iso(0) }),
		},
		previous: { status: 'Online' },
	},
	deviceOnline: {
		before: (sandbox) => void change(first(devices(sandbox)), { status: 'Offline' }),
		make: (sandbox) => change(first(devices(sandbox)), { status: 'Online' }),
		others: {
			'another goes offline': (sandbox) =>
				void change(first(devices(sandbox), 1), { status: 'Offline' }),
		},
		previous: { status: 'Offline' },
	},
	deviceStatusChanged: {
		before: (sandbox) => void change(first(devices(sandbox)), { status: 'Online' }),
		make: (sandbox) => change(first(devices(sandbox)), { status: 'LostCommunication' }),
		others: {
			'it gets another channel': (sandbox) =>
				void change(first(devices(sandbox)), { channelName: 'Other' }),
		},
		previous: { status: 'Online' },
	},
	deviceOutOfSync: {
		parameters: { minutes: 0 },
		before: (sandbox) => void change(first(devices(sandbox)), { isInSync: true }),
		make: (sandbox) => change(first(devices(sandbox)), { isInSync: false }),
		others: {
			'another is in sync': (sandbox) =>
				void change(first(devices(sandbox), 1), { isInSync: true }),
		},
		previous: { isInSync: true },
	},
	deviceBackInSync: {
		before: (sandbox) => void change(first(devices(sandbox)), { isInSync: false }),
		make: (sandbox) => change(first(devices(sandbox)), { isInSync: true }),
		others: {
			'another is out of sync': (sandbox) =>
				void change(first(devices(sandbox), 1), { isInSync: false }),
		},
	},
	deviceRegistered: {
		make: (sandbox) => add(devices(sandbox)),
		others: { 'a device is gone': (sandbox) => void remove(devices(sandbox)) },
	},
	deviceUnregistered: {
		make: (sandbox) => remove(devices(sandbox)),
		others: { 'a device is added': (sandbox) => void add(devices(sandbox)) },
	},
	bookingCreated: {
		make: (sandbox) =>
			add(bookings(sandbox), { startAt: iso(90), endAt: iso(120), createdAt: iso(1) }),
		others: {
			'an old booking comes into view': (sandbox) =>
				void add(bookings(sandbox), { startAt: iso(90), endAt: iso(120), createdAt: iso(-900) }),
			'a booking moves': (sandbox) => void isBooked(sandbox, 200),
		},
	},
	bookingUpdated: {
		before: inAnHourAndAHalf,
		make: (sandbox) => isBooked(sandbox, 200),
		others: {
			'somebody checks in': (sandbox) => void change(booking(sandbox), { state: 'Active' }),
			'a booking is made': (sandbox) => void add(bookings(sandbox)),
			'it ends': (sandbox) => void isBooked(sandbox, -90),
		},
	},
	bookingCancelled: {
		before: inAnHourAndAHalf,
		make: (sandbox) => change(booking(sandbox), { state: 'Cancelled' }),
		others: {
			'it ends': (sandbox) => void isBooked(sandbox, -90),
			'it moves': (sandbox) => void isBooked(sandbox, 200),
		},
	},
	bookingCheckedIn: {
		before: (sandbox) => void isBooked(sandbox, 5),
		make: (sandbox) => change(booking(sandbox), { state: 'Active' }),
		others: { 'it moves': (sandbox) => void isBooked(sandbox, 10) },
	},
	bookingNotCheckedIn: {
		parameters: { minutes: 15 },
		before: inAnHourAndAHalf,
		make: (sandbox) => isBooked(sandbox, -20),
		others: {
			'it started a moment ago': (sandbox) => void isBooked(sandbox, -5),
			'it started too long ago': (sandbox) => void isBooked(sandbox, -100, 300),
			'somebody has checked in': (sandbox) => {
				isBooked(sandbox, -20);
				change(booking(sandbox), { state: 'Active' });
			},
			'it was released for that already': (sandbox) => {
				isBooked(sandbox, -20);
				change(booking(sandbox), { title: '[Room released due to no-show] Planning' });
			},
		},
	},
	bookingStartingSoon: {
		parameters: { minutes: 15 },
		before: inAnHourAndAHalf,
		make: (sandbox) => isBooked(sandbox, 10),
		others: {
			'it starts later': (sandbox) => void isBooked(sandbox, 40),
			'it has started': (sandbox) => void isBooked(sandbox, -1),
		},
	},
	bookingEnded: {
		before: (sandbox) => void isBooked(sandbox, -30),
		make: (sandbox) => isBooked(sandbox, -65),
		others: { 'it goes on': (sandbox) => void isBooked(sandbox, -30, 90) },
	},
	visitorRegistered: {
		make: (sandbox) => add(visitors(sandbox), { createdAt: iso(0) }),
		others: {
			'a visitor checks in': (sandbox) =>
				void change(first(visitors(sandbox)), { visitorRegistrationStatus: 'CheckedIn' }),
		},
	},
	visitorCheckedIn: {
		before: (sandbox) =>
			void change(first(visitors(sandbox)), { visitorRegistrationStatus: 'Registered' }),
		make: (sandbox) =>
			change(first(visitors(sandbox)), {
				visitorRegistrationStatus: 'CheckedIn',
				lastVisit: { startAt: iso(0) },
			}),
		others: {
			'a visitor leaves': (sandbox) =>
				void change(first(visitors(sandbox)), { visitorRegistrationStatus: 'CheckedOut' }),
		},
		previous: { visitorRegistrationStatus: 'Registered' },
	},
	visitorCheckedOut: {
		before: (sandbox) =>
			void change(first(visitors(sandbox)), { visitorRegistrationStatus: 'CheckedIn' }),
		make: (sandbox) =>
			change(first(visitors(sandbox)), { visitorRegistrationStatus: 'CheckedOut' }),
		others: {
			'a visitor is registered': (sandbox) =>
				void add(visitors(sandbox), { visitorRegistrationStatus: 'Registered' }),
		},
		previous: { visitorRegistrationStatus: 'CheckedIn' },
	},
	postPublished: {
		before: (sandbox) => void change(first(posts(sandbox)), { status: 'Draft' }),
		make: (sandbox) => change(first(posts(sandbox)), { status: 'Published', publishedAt: iso(0) }),
		others: {
			'a draft is written': (sandbox) => void add(posts(sandbox), { status: 'Draft' }),
			'it is read': (sandbox) =>
				void change(first(posts(sandbox), 1), { statistics: { viewCount: 99 } }),
		},
		previous: { status: 'Draft' },
	},
	postUpdated: {
		make: (sandbox) => change(first(posts(sandbox)), { title: 'Another title' }),
		others: {
			'a post is published': (sandbox) => void add(posts(sandbox)),
			'it is read': (sandbox) =>
				void change(first(posts(sandbox)), { statistics: { viewCount: 99 } }),
		},
	},
};

/** The parameters that an event cannot do without. */
export function parametersFor(event: string, sandbox: Sandbox): Record<string, unknown> {
	const userGroupIds = locators(group(sandbox));
	return {
		event,
		...(event.startsWith('groupMember') && { userGroupIds }),
		...changes[event]?.parameters,
	};
}
