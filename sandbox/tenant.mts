import type { Channel, ChannelGroup, PublishTarget } from './data/channels.mts';
import { makeChannelGroups, makeChannels } from './data/channels.mts';
import { makeBookings, type BookingEvent, type Reservation } from './data/bookings.mts';
import {
	makeCardTemplates,
	makeCardTemplateTypes,
	type CardTemplate,
	type CardTemplateType,
} from './data/cards.mts';
import type { Device } from './data/devices.mts';
import { makeDeviceGroups, makeDevices } from './data/devices.mts';
import type { Location } from './data/locations.mts';
import { makeLocations } from './data/locations.mts';
import { makeWords } from './data/names.mts';
import type { Reference, User, UserGroup } from './data/people.mts';
import { makeUserGroups, makeUsers, membersByGroup } from './data/people.mts';
import type { LibraryContent, PlaylistItem, PlaylistSource } from './data/playlists.mts';
import { makeContent, makePlaylist } from './data/playlists.mts';
import { makePosts, pendingAcknowledgments, type Post } from './data/posts.mts';
import { makeProperties, type Properties } from './data/properties.mts';
import { publishTargets } from './data/publishTargets.mts';
import { Random } from './data/random.mts';
import { makeResources, type Resource } from './data/spaces.mts';
import { makeTaskDeployments, type TaskDeployment } from './data/tasks.mts';
import {
	fillCustomFields,
	makeVisitorConfiguration,
	makeVisitors,
	makeVisits,
	type HostNotice,
	type Visit,
	type Visitor,
	type VisitorConfiguration,
} from './data/visits.mts';
import { makeScimGroups, makeScimUsers, type ScimGroup, type ScimUser } from './scim/accounts.mts';

/**
 * Everything the sandbox knows, as plain records that handlers read and change. If the API shows a
 * relation only through an endpoint, the relation is kept here by ID.
 */
export interface Tenant {
	/** Of the account as a whole: the sites and floors of the company, the account first. */
	locations: Location[];
	users: User[];
	/** The user that application tokens act as; also the first of `users`. */
	serviceUser: User;
	userGroups: UserGroup[];
	/** Users by group ID. */
	members: Record<string, User[]>;
	channels: Channel[];
	channelGroups: ChannelGroup[];
	/** By channel ID. */
	playlistItems: Record<string, PlaylistItem[]>;
	/** By channel ID; empty for static playlists. */
	playlistSources: Record<string, PlaylistSource[]>;
	/** By channel ID: the active targets, as `GET publishto` shows them. */
	publishTo: Record<string, PublishTarget[]>;
	liveProgramme: Reference[];
	/** By content ID. */
	contents: Record<string, LibraryContent>;
	devices: Device[];
	deviceGroups: Reference[];
	/** Own properties of devices and locations, by ID. */
	properties: Properties;
	taskDeployments: TaskDeployment[];
	/** What was sent to devices, in order: `command` or `sync`, and the body. */
	deviceOrders: Array<{ order: 'command' | 'sync'; deviceId?: string; body: unknown }>;
	cardTemplateTypes: CardTemplateType[];
	cardTemplates: CardTemplate[];
	resources: Resource[];
	reservations: Reservation[];
	events: BookingEvent[];
	/** Short locks on resources, requested before booking. */
	locks: Array<{ resourceIds: string[]; from: string; to: string }>;
	visitors: Visitor[];
	visits: Visit[];
	visitorConfiguration: VisitorConfiguration;
	hostNotices: HostNotice[];
	posts: Post[];
	/** IDs of the posts that the service user has yet to acknowledge. */
	pendingAcknowledgments: string[];
	/** The service user's free-form preferences. */
	preferences: Record<string, unknown>;
	/** The users as SCIM shows them, with separate IDs, in the order of `users`. */
	scimUsers: ScimUser[];
	scimGroups: ScimGroup[];
}

export interface TenantSize {
	users: number;
	channels: number;
	devices: number;
}

/**
 * Generates a tenant. The same seed and size give the same records, IDs included. Only content addresses
 * (they follow `origin`, where the sandbox listens) and bookings and visits (they follow the clock)
 * differ.
 */
export function makeTenant(seed: number, size: TenantSize, origin: string): Tenant {
	const random = new Random(seed);
	const words = makeWords(random.fork('words'));
	const locations = makeLocations(random.fork('locations'), words);

	const userGroups = makeUserGroups(random.fork('userGroups'), locations);
	const users = makeUsers(random.fork('users'), words, userGroups, locations, size.users);

	const channelGroups = makeChannelGroups(random.fork('channelGroups'), words, locations);
	const channels = makeChannels(
		random.fork('channels'),
		words,
		channelGroups,
		locations,
		size.channels,
	);
	const deviceGroups = makeDeviceGroups(random.fork('deviceGroups'), words);
	const devices = makeDevices(
		random.fork('devices'),
		words,
		deviceGroups,
		locations,
		channels,
		size.devices,
	);

	const resources = makeResources(random.fork('resources'), locations);
	const cardTemplateTypes = makeCardTemplateTypes(random.fork('cardTemplateTypes'));
	const visitors = makeVisitors(random.fork('visitors'), words, 30);
	const visitorConfiguration = makeVisitorConfiguration(random.fork('visitorConfiguration'));
	// The first ones have none, because tests use them most.
	fillCustomFields(random.fork('customFields'), words, visitors.slice(10), visitorConfiguration);
	const posts = makePosts(random.fork('posts'), words, channels, users);
	const now = Date.now();
	const scimUsers = makeScimUsers(random.fork('scimUsers'), users);

	const tenant: Tenant = {
		locations,
		users,
		serviceUser: users[0] as User,
		userGroups,
		members: membersByGroup(userGroups, users),
		channels,
		channelGroups,
		playlistItems: {},
		playlistSources: {},
		publishTo: {},
		liveProgramme: [],
		contents: {},
		devices,
		deviceGroups,
		properties: makeProperties(random.fork('properties'), locations, devices),
		taskDeployments: makeTaskDeployments(random.fork('taskDeployments'), devices),
		deviceOrders: [],
		cardTemplateTypes,
		cardTemplates: makeCardTemplates(random.fork('cardTemplates'), words, cardTemplateTypes),
		resources,
		...makeBookings(random.fork('bookings'), words, users, resources, now),
		locks: [],
		visitors,
		visits: makeVisits(random.fork('visits'), visitors, users, now),
		visitorConfiguration,
		hostNotices: [],
		posts,
		pendingAcknowledgments: pendingAcknowledgments(random.fork('acknowledgments'), posts),
		preferences: {},
		scimUsers,
		scimGroups: makeScimGroups(random.fork('scimGroups'), userGroups, users, scimUsers),
	};

	const playlists = random.fork('playlists');
	for (const [index, channel] of channels.entries()) {
		const { items, sources } = makePlaylist(playlists, words, channel, index, origin);
		tenant.playlistItems[channel.id] = items;
		tenant.playlistSources[channel.id] = sources;
		channel.contentCount = items.length;
		for (const item of items) tenant.contents[item.contentId] = makeContent(playlists, item);
	}
	tenant.publishTo = publishTargets(
		random.fork('publishTo'),
		channels,
		devices,
		deviceGroups,
		users,
	);
	tenant.liveProgramme = words.sentences
		.slice(0, 5)
		.map((name) => ({ id: playlists.guid(), name }));
	return tenant;
}
