import type { IDataObject } from 'n8n-workflow';
import { pick } from '../../Appspace/runtime/pick';
import { userFilters, userListPath } from '../../Appspace/resources/user/userFilters';
import { passes, simplifyUser } from '../../Appspace/resources/user/userRecord';
import { path } from '../../Appspace/transport/path';
import { created, deleted, updated } from '../detections';
import { mostGoneOption } from '../properties';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

/** The fields that make an update, unless the user chooses. */
const WATCHED = [
	...['department', 'email', 'firstName', 'homeLocation', 'jobTitle', 'lastName', 'name'],
	...['status', 'userName', 'userType'],
];

/** `First Name` for `firstName` */
function labelOf(field: string): string {
	const words = field.replace(/[A-Z]/g, ' $&');
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function lists(call: EventCall): List[] {
	const { userGroupId, ...given } = call.collection('filters');
	const { userType } = given;
	const isFiltered = userType !== undefined;
	return [
		{
			path: userListPath(userGroupId),
			query: isFiltered ? { userType } : {},
			...(isFiltered && { matches: (user: IDataObject) => passes(user, given) }),
		},
	];
}

const ofUsers = {
	endpoints: ['GET users', 'GET users/usergroups/{id}/members'],
	evidence: { grade: 'DOCUMENTED', sources: 'S1, S2' },
	role: 'User Manager',
	...{ filters: userFilters, lists, simplify: simplifyUser },
} satisfies Partial<TriggerEvent>;

export const userEvents: TriggerEvent[] = [
	{
		value: 'userCreated',
		name: 'User Created',
		description: 'When a user is added to Appspace, or becomes visible to the service user',
		...ofUsers,
		detection: () => created(),
	},
	{
		value: 'userUpdated',
		name: 'User Updated',
		description: 'When the values of a user change',
		...ofUsers,
		options: [
			{
				displayName: 'Watched Fields',
				name: 'watchedFields',
				type: 'multiOptions',
				options: WATCHED.map((value) => ({ name: labelOf(value), value })),
				default: [],
				description:
					'The fields whose changes start the workflow. If you choose none, all of them do.',
			},
		],
		detection(call) {
			const { watchedFields } = call.collection('options') as { watchedFields?: string[] };
			const watched = watchedFields?.length ? watchedFields : WATCHED;
			return updated((user) => pick(user, watched));
		},
	},
	{
		value: 'userStatusChanged',
		name: 'User Status Changed',
		description: 'When the status of a user changes, such as when the user is deactivated',
		...ofUsers,
		detection: () => updated((user) => pick(user, ['status'])),
	},
	{
		value: 'userDeleted',
		name: 'User Deleted',
		description: 'When a user is gone from Appspace',
		...ofUsers,
		endpoints: [...ofUsers.endpoints, 'GET users/{id}'],
		options: [mostGoneOption],
		recordPath: (id) => path`users/${id}`,
		detection: () => deleted(),
	},
];
