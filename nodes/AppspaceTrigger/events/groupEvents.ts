import {
	locatorOfSeveral,
	startingWithOne,
	userGroupLocator,
} from '../../Appspace/fields/locators';
import { simplifyUser } from '../../Appspace/resources/user/userRecord';
import { badInput } from '../../Appspace/transport/failure';
import { path } from '../../Appspace/transport/path';
import { created, deleted } from '../detections';
import { mostGoneOption } from '../properties';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

function lists(call: EventCall): List[] {
	const ids = call.ids('userGroupIds');
	if (ids.length > 0) {
		return ids.map((id) => ({ path: path`users/usergroups/${id}/members`, owner: { id } }));
	}
	throw badInput(
		'The parameter "User Groups" is empty',
		'Pick a user group from the list, or enter the IDs of one or more.',
	);
}

const ofMembers = {
	endpoints: ['GET users/usergroups/{id}/members'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	role: 'User Manager',
	fields: [
		startingWithOne(
			locatorOfSeveral('User Groups', 'userGroupIds', userGroupLocator, 'The groups to watch'),
		),
	],
	...{ lists, simplify: simplifyUser },
} satisfies Partial<TriggerEvent>;

export const groupEvents: TriggerEvent[] = [
	{
		value: 'groupMemberAdded',
		name: 'Group Member Added',
		description: 'When a user becomes a member of a user group',
		...ofMembers,
		detection: () => created({ forgets: true }),
	},
	{
		value: 'groupMemberRemoved',
		name: 'Group Member Removed',
		description: 'When a user is no longer a member of a user group',
		...ofMembers,
		options: [mostGoneOption],
		detection: () => deleted(),
	},
];
