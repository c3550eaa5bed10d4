import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { emailOf } from '../fields/people';
import { CHANNEL_TYPES } from '../resources/channel/channelRecord';
import { spaceNamesIn } from '../resources/event/bookedSpaces';
import { searchScimGroups, searchScimUsers } from './scimPages';
import { searchPages, type Picker } from './searchPages';
import { searchEndpoints, searchServices } from './tenantDescriptions';
import { searchTimeZones } from './timeZones';
import { fieldsIn, purposesIn, typesIn } from './visitorConfiguration';

const pickers = {
	searchChannels: {
		plural: 'channels',
		path: 'channeldirectory',
		detail: ({ type, networkName }) =>
			[CHANNEL_TYPES[String(type)], networkName].filter(Boolean).join(', '),
	},
	searchChannelGroups: {
		plural: 'channel groups',
		path: 'channeldirectory/groups',
		detail: ({ networkName }) => networkName,
	},
	searchUsers: {
		plural: 'users',
		path: 'users',
		role: 'User Manager',
		detail: emailOf,
	},
	searchUserGroups: {
		plural: 'user groups',
		path: 'users/usergroups',
		query: { sort: 'Name' },
		role: 'User Manager',
		detail: ({ networkName }) => networkName,
	},
	searchDevices: {
		plural: 'devices',
		path: 'devices',
		role: 'Device Reader',
		detail: ({ locationName }) => locationName,
	},
	searchDeviceGroups: {
		plural: 'device groups',
		path: 'devices/devicegroups',
		role: 'Device Reader',
	},
	searchCardTemplates: {
		plural: 'card templates',
		path: 'libraries/cardtemplates',
		role: 'Library Reader',
	},
	searchCardTemplateTypes: {
		plural: 'card template types',
		path: 'libraries/cardtemplatetypes',
		role: 'Library Reader',
		detail: ({ version }) => version,
	},
	searchPosts: {
		plural: 'posts',
		path: 'contentfeed/posts',
		title: ({ title }) => title,
		detail: ({ channelName, status }) => [channelName, status].filter(Boolean).join(', '),
	},
	searchFloors: {
		plural: 'floors',
		path: 'reservation/resources',
		query: { types: 'floor', sort: 'name' },
		role: 'Reservation Reader',
		detail: ({ locationPath }) => locationPath,
	},
	searchSpaces: {
		plural: 'spaces',
		path: 'reservation/resources',
		query: { sort: 'name' },
		role: 'Reservation Reader',
		detail: ({ subType, type, locationPath }) =>
			[subType ?? type, locationPath].filter(Boolean).join(', '),
	},
	searchEvents: {
		plural: 'booking events',
		path: 'reservation/events',
		query: sinceYesterday,
		role: 'Reservation Reader',
		title: ({ title }) => title || '(untitled)',
		detail: when,
	},
	searchReservations: {
		plural: 'reservations',
		path: 'reservation/reservations',
		query: sinceYesterday,
		role: 'Reservation Reader',
		title: ({ title }) => title || '(untitled)',
		detail: when,
	},
	searchVisitors: {
		plural: 'visitors',
		path: 'visitormanagement/visitors',
		title: ({ fullName, firstName, lastName }) =>
			fullName ?? ([firstName, lastName].filter(Boolean).join(' ') || undefined),
		detail: ({ email }) => email,
	},
	searchVisits: {
		plural: 'visits',
		path: 'visitormanagement/events',
		query: sinceYesterday,
		title: ({ title, startAt }) => title ?? startAt,
		detail: ({ startAt }) => startAt,
	},
	searchVisitorTypes: {
		plural: 'visitor types',
		path: 'visitormanagement/configurations/me',
		choicesIn: typesIn,
	},
	searchVisitorPurposes: {
		plural: 'visit purposes',
		path: 'visitormanagement/configurations/me',
		choicesIn: purposesIn,
	},
	searchVisitorFields: {
		plural: 'visitor fields',
		path: 'visitormanagement/configurations/me',
		choicesIn: fieldsIn,
	},
} satisfies Record<string, Picker>;

/** The searchable lists behind the resource locators, by the key that the locators use. */
export const listSearch = {
	searchTimeZones,
	searchScimUsers,
	searchScimGroups,
	searchServices,
	searchEndpoints,
	...Object.fromEntries(
		Object.entries(pickers).map(([name, picker]: [string, Picker]) => [
			name,
			async function (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) {
				return await searchPages.call(this, picker, filter, paginationToken);
			},
		]),
	),
};

/** Leaves out bookings that ended long ago, which would only make the list longer. */
function sinceYesterday(): IDataObject {
	return { startAt: new Date(Date.now() - 86_400_000).toISOString(), sort: 'startAt' };
}

/** Start and spaces of a booking, because titles are seldom unique. */
function when(booking: IDataObject): string {
	return [booking.startAt, ...spaceNamesIn(booking)].filter(Boolean).join(', ');
}
