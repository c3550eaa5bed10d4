import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { pick } from '../../runtime/pick';
import { spaceIdsIn, spaceNamesIn } from './bookedSpaces';

/** Known statuses (appspace-api.md 5.5). Active means checked in. */
const STATUSES = 'Active Checkin Completed Confirmed Conflict NotConfirmed Pending'.split(' ');

export const statusFilter: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'multiOptions',
	options: STATUSES.map((status) => ({ name: status, value: status })),
	default: [],
	allowArbitraryValues: true,
	description:
		'Only events with one of these statuses. Active means checked in. For other statuses, use an expression that returns their names, separated by commas.',
};

/** The most useful fields of an event, flattened. */
export function simplifyEvent(event: IDataObject): IDataObject {
	const { organizer } = event as { organizer?: IDataObject | null };
	return {
		...pick(event, ['id', 'reservationId', 'title', 'status', 'startAt', 'endAt', 'startTimeZone']),
		organizerName: organizer?.name ?? null,
		resourceIds: spaceIdsIn(event),
		resourceNames: spaceNamesIn(event),
	};
}
