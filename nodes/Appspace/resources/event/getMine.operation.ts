import { dateField, rangeIn, rangeQuery, timeZoneField, touches } from '../../fields/dateRange';
import { mayBeOneOf } from '../../runtime/mayMatch';
import type { Operation } from '../../runtime/operation';
import { simplifyEvent, statusFilter } from './eventRecord';

export const getMine: Operation = {
	value: 'getMine',
	name: 'Get Mine',
	action: 'Get my booking events',
	description:
		'List the booking events of the service user that the API token of the credential acts as',
	effect: 'read',
	endpoints: ['GET reservation/users/me/events'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S5, S6, S7' },
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
				dateField('Start', 'startAt', 'Only events that end after this time'),
				statusFilter,
				timeZoneField,
			],
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const range = rangeIn(call, filters);
		const statuses = (filters.status ?? []) as string[];
		const isFiltered = Object.keys(filters).length > 0;
		return await call.list('reservation/users/me/events', {
			query: {
				...rangeQuery(range),
				sort: 'startAt',
				...(statuses.length > 0 && { status: statuses.join(',') }),
			},
			matches: isFiltered
				? (event) => touches(event, range) && mayBeOneOf(event.status, statuses)
				: undefined,
		});
	},
};
