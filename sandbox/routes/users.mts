import { empty, Refusal } from '../answer.mts';
import type { LibraryConfiguration, User } from '../data/people.mts';
import { listing } from '../listing.mts';
import { shown } from '../recordForms.mts';
import { isObject, objectBody } from './bodies.mts';
import type { Call, Service } from './endpoint.mts';
import { byId, byKey } from './lookups.mts';

const EXPIRY_TYPES = ['Any', 'Unallocated', 'Undefined'] as const;

export const users: Service = {
	name: 'users',
	title: 'Users',
	endpoints: [
		{
			method: 'GET',
			path: 'users',
			summary: 'Lists the users',
			query: { userType: 'string' },
			paged: true,
			// `userType` filters; every other filter, notably `email`, is silently ignored (appspace-api.md
			// 5.3).
			handle: (call) => {
				const wanted = call.query.usertype?.toLowerCase();
				const { users } = call.tenant;
				return listUsers(
					call,
					wanted ? users.filter(({ userType }) => userType.toLowerCase() === wanted) : users,
				);
			},
		},
		{
			method: 'GET',
			path: 'users/me',
			summary: 'Gets the user that the token acts as',
			handle: (call) => shown(call, 'user', call.tenant.serviceUser),
		},
		{
			method: 'GET',
			path: 'users/:id',
			summary: 'Gets one user',
			handle: (call) => {
				return shown(call, 'user', byId(call.tenant.users, call.params.id, 'The user'));
			},
		},
		{
			method: 'GET',
			path: 'users/usergroups',
			summary: 'Lists the user groups',
			query: { sort: 'string', includeSubnetworksUserGroups: 'boolean' },
			paged: true,
			handle: listGroups,
		},
		{
			method: 'GET',
			path: 'users/usergroups/:id/members',
			summary: 'Lists the members of a user group',
			paged: true,
			handle: (call) =>
				listUsers(call, byKey(call.tenant.members, call.params.id, 'The user group')),
		},
		{
			method: 'PATCH',
			path: 'users/usergroups/:id',
			summary: 'Changes the library settings of a user group',
			body: {
				type: 'object',
				properties: {
					isLibraryEnabled: { type: 'boolean' },
					libraryConfiguration: {
						type: 'object',
						properties: {
							contentExpiryDuration: { type: 'integer', description: 'Whole days' },
							contentExpiryType: { type: 'string', enum: EXPIRY_TYPES },
							isContentExpiryEnabled: { type: 'boolean' },
						},
					},
				},
			},
			handle: changeLibrarySettings,
		},
	],
};

function listUsers(call: Call, users: readonly User[]) {
	return listing(
		call,
		users.map((user) => shown(call, 'user', user)),
	);
}

function listGroups(call: Call) {
	const { userGroups } = call.tenant;
	const groups = userGroups.map(({ libraryConfiguration: _, ...group }) => group);
	if (call.query.sort?.toLowerCase() === 'name') {
		groups.sort((one, other) => one.name.localeCompare(other.name));
	}
	return listing(call, groups);
}

/** The only fields seen in a PATCH (appspace-api.md 5.3, S3); success is 200. */
function changeLibrarySettings(call: Call) {
	const group = byId(call.tenant.userGroups, call.params.id, 'The user group');
	const { isLibraryEnabled, libraryConfiguration } = objectBody(call.body);
	if (isLibraryEnabled !== undefined) {
		if (typeof isLibraryEnabled !== 'boolean') throw invalid('isLibraryEnabled');
		group.isLibraryEnabled = isLibraryEnabled;
	}
	if (libraryConfiguration !== undefined) {
		group.libraryConfiguration = {
			...group.libraryConfiguration,
			...checkedConfiguration(libraryConfiguration),
		};
	}
	return empty(200);
}

function checkedConfiguration(value: unknown): LibraryConfiguration {
	if (!isObject(value)) throw invalid('libraryConfiguration');
	const { contentExpiryDuration, contentExpiryType, isContentExpiryEnabled } = value;
	if (contentExpiryDuration !== undefined && !Number.isInteger(contentExpiryDuration)) {
		throw invalid('contentExpiryDuration');
	}
	if (contentExpiryType !== undefined && !EXPIRY_TYPES.includes(contentExpiryType as 'Any')) {
		throw invalid('contentExpiryType');
	}
	if (isContentExpiryEnabled !== undefined && typeof isContentExpiryEnabled !== 'boolean') {
		throw invalid('isContentExpiryEnabled');
	}
	return value;
}

function invalid(name: string): Refusal {
	return new Refusal(400, `The value of ${name} is not valid.`);
}
