import { dateField, rangeIn, rangeQuery, timeZoneField, touches } from '../../fields/dateRange';
import { locatorOfSeveral, spaceLocator } from '../../fields/locators';
import { idsIn } from '../../runtime/parameterValues';
import { mayBeOneOf } from '../../runtime/mayMatch';
import type { Operation } from '../../runtime/operation';
import { mayTakeUp } from './bookedSpaces';
import { simplifyEvent, statusFilter } from './eventRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many booking events',
	description: 'List the dated instances of reservations, sorted by start',
	effect: 'read',
	endpoints: ['GET reservation/events'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S3' },
	isList: true,
	simplify: simplifyEvent,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				dateField('End', 'endAt', 'Only events that start before this time'),
				locatorOfSeveral('Spaces', 'spaceIds', spaceLocator, 'Only events in these spaces'),
				dateField('Start', 'startAt', 'Only events that end after this time'),
				statusFilter,
				timeZoneField,
			],
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const range = rangeIn(call, filters);
		const spaceIds = idsIn(filters.spaceIds, 'Spaces');
		const statuses = (filters.status ?? []) as string[];
		const isFiltered = Object.keys(filters).length > 0;
		return await call.list('reservation/events', {
			query: {
				...rangeQuery(range),
				sort: 'startAt',
				...(spaceIds.length > 0 && { resourceids: spaceIds.join(',') }),
			},
			matches: isFiltered
				? (event) =>
						touches(event, range) &&
						mayTakeUp(event, spaceIds) &&
						mayBeOneOf(event.status, statuses)
				: undefined,
		});
	},
};
