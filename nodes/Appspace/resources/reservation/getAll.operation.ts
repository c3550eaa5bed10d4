import { dateField, rangeIn, rangeQuery, timeZoneField } from '../../fields/dateRange';
import { locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { mayTakeUp } from '../event/bookedSpaces';
import {
	isAddress,
	mayBeOrganizedBy,
	simplifyReservation,
	takesPlaceIn,
} from './reservationRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many reservations',
	description: 'List reservations. Each has one or more dated booking events.',
	effect: 'read',
	endpoints: ['GET reservation/reservations'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	isList: true,
	simplify: simplifyReservation,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				dateField('End', 'endAt', 'Only reservations that start before this time'),
				{
					displayName: 'Organizer',
					name: 'organizer',
					type: 'string',
					default: '',
					placeholder: 'e.g. nathan@example.com',
					description: 'Only reservations of this person, by email address or name',
				},
				locator('Space', 'spaceId', 'searchSpaces', {
					required: false,
					description: 'Only reservations of this space',
				}),
				dateField('Start', 'startAt', 'Only reservations that end after this time'),
				timeZoneField,
			],
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const { organizer, spaceId } = filters;
		const range = rangeIn(call, filters);
		const spaceIds = spaceId === undefined ? [] : [String(spaceId)];
		const isFiltered = Object.keys(filters).length > 0;
		// No source confirms that these filters work (appspace-api.md 5.5).
		return await call.list('reservation/reservations', {
			query: {
				...rangeQuery(range),
				resourceId: spaceId,
				...(isAddress(organizer) && { organizer }),
			},
			matches: isFiltered
				? (reservation) =>
						takesPlaceIn(reservation, range) &&
						mayTakeUp(reservation, spaceIds) &&
						mayBeOrganizedBy(reservation, organizer)
				: undefined,
		});
	},
};
