import { dateField, rangeIn, rangeQuery, timeZoneField, touches } from '../../fields/dateRange';
import type { Operation } from '../../runtime/operation';

export const getVisits: Operation = {
	value: 'getVisits',
	name: 'Get Visits',
	action: 'Get visits',
	description: 'List the visits that are planned or in progress',
	effect: 'read',
	endpoints: ['GET visitormanagement/events'],
	evidence: { grade: 'OBSERVED', sources: 'S2', reply: 'unknown' },
	isList: true,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				dateField('End', 'endAt', 'Only visits that start before this time'),
				dateField('Start', 'startAt', 'Only visits that end after this time'),
				timeZoneField,
			],
		},
	],

	async run(call) {
		const range = rangeIn(call, call.collection('filters'));
		const isFiltered = range.startAt !== undefined || range.endAt !== undefined;
		return await call.list('visitormanagement/events', {
			query: rangeQuery(range),
			matches: isFiltered ? (visit) => touches(visit, range) : undefined,
		});
	},
};
