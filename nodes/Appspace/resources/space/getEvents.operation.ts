import { dateField, rangeIn, rangeQuery, timeZoneField, touches } from '../../fields/dateRange';
import { spaceLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyEvent } from '../event/eventRecord';

export const getEvents: Operation = {
	value: 'getEvents',
	name: 'Get Events',
	action: 'Get booking events of space',
	description: 'List the booking events of one room, desk, or other space, sorted by start',
	effect: 'read',
	endpoints: ['GET reservation/resources/{id}/events'],
	evidence: { grade: 'OBSERVED', sources: 'S6' },
	isList: true,
	simplify: simplifyEvent,
	fields: [
		spaceLocator,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				dateField('End', 'endAt', 'Only events that start before this time'),
				dateField('Start', 'startAt', 'Only events that end after this time'),
				timeZoneField,
			],
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const range = rangeIn(call, filters);
		const isFiltered = range.startAt !== undefined || range.endAt !== undefined;
		return await call.list(path`reservation/resources/${call.id('spaceId')}/events`, {
			query: { ...rangeQuery(range), sort: 'startAt' },
			matches: isFiltered ? (event) => touches(event, range) : undefined,
		});
	},
};
