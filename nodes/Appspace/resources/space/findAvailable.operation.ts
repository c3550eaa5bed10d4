import { rangeAhead, rangeFields } from '../../fields/dateRange';
import { locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { freeSpaces } from './freeSpaces';
import { simplifySpace, typesField } from './spaceRecord';

export const findAvailable: Operation = {
	value: 'findAvailable',
	name: 'Find Available',
	action: 'Find available spaces',
	description: 'List the rooms, desks and other spaces that can be booked from start to end',
	effect: 'read',
	endpoints: [
		...['POST reservation/resources/reservable', 'GET reservation/resources/reservable'],
		'GET reservation/events',
	],
	evidence: { grade: 'OBSERVED', sources: 'S2, S7' },
	isList: true,
	// How later pages are asked for by POST is weakly proven, so the first one is made to hold all.
	pageSize: 1_000,
	simplify: simplifySpace,
	fields: [
		...rangeFields('From when on the space is needed', 'Until when the space is needed'),
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				locator('Floor', 'floorId', 'searchFloors', {
					required: false,
					description:
						'Only spaces on this floor. Where records do not show their floor, Appspace alone tells which these are; the node cannot check it.',
				}),
				{
					displayName: 'Location ID',
					name: 'locationId',
					type: 'string',
					default: '',
					description:
						'Only spaces in this location, such as a building. Appspace alone tells which these are; the node cannot check it.',
				},
				{
					displayName: 'Minimum Capacity',
					name: 'minCapacity',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: 1,
					description: 'Only spaces for at least so many people, as far as they show a capacity',
				},
				typesField('Only spaces of these types', ['connectedResource', 'poi', 'room', 'space']),
			],
		},
	],

	async run(call) {
		const { floorId, locationId, minCapacity, types = [] } = call.collection('filters');
		return await freeSpaces(call, {
			range: rangeAhead(call),
			types: types as string[],
			...{ floorId, locationId, minCapacity },
		});
	},
};
