import { rangeAhead, rangeFields } from '../../fields/dateRange';
import { locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { freeSpaces } from './freeSpaces';
import { simplifySpace, typesField } from './spaceRecord';

export const findAvailable: Operation = {
	value: 'findAvailable',
	name: 'Find Available',
	action: 'Find available spaces',
	description: 'List the rooms, desks, and other spaces that you can book for a time range',
	effect: 'read',
	endpoints: [
		...['POST reservation/resources/reservable', 'GET reservation/resources/reservable'],
		'GET reservation/events',
	],
	evidence: { grade: 'OBSERVED', sources: 'S2, S7' },
	isList: true,
	// The evidence for later pages by POST is weak, so the first page should hold all spaces.
	pageSize: 1_000,
	simplify: simplifySpace,
	fields: [
		...rangeFields('The start of the time range', 'The end of the time range'),
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
						'Only spaces on this floor. If the records do not show their floor, the node relies on Appspace and cannot check the result.',
				}),
				{
					displayName: 'Location ID',
					name: 'locationId',
					type: 'string',
					default: '',
					description:
						'Only spaces in this location, such as a building. The node relies on Appspace and cannot check the result.',
				},
				{
					displayName: 'Minimum Capacity',
					name: 'minCapacity',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: 1,
					description:
						'Only spaces for at least this many people. Includes spaces that do not show a capacity.',
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
