import { locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { anyContains } from '../../runtime/pick';
import { holds, isOfType, isOnFloor, simplifySpace, typesField } from './spaceRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many spaces',
	description: 'List rooms, desks, floors and other spaces, by name',
	effect: 'read',
	endpoints: ['GET reservation/resources'],
	evidence: { grade: 'OBSERVED', sources: 'S6, S7' },
	isList: true,
	simplify: simplifySpace,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				locator('Floor', 'floorId', 'searchFloors', {
					required: false,
					description: 'Only spaces on this floor',
				}),
				{
					displayName: 'Location Contains',
					name: 'location',
					type: 'string',
					default: '',
					placeholder: 'e.g. Headquarters',
					description: 'Only spaces whose location, from the site down, contains this text',
				},
				{
					displayName: 'Minimum Capacity',
					name: 'minCapacity',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					default: 1,
					description: 'Only spaces for at least so many people',
				},
				{
					displayName: 'Name Contains',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. desk',
					description: 'Only spaces whose name contains this text, in upper or lower case',
				},
				typesField('Only spaces of these types'),
			],
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const { floorId, location, minCapacity, name } = filters;
		const types = (filters.types ?? []) as string[];
		return await call.list('reservation/resources', {
			query: {
				...{ sort: 'name', networkid: floorId },
				...(types.length > 0 && { types: types.join(',') }),
			},
			matches:
				Object.keys(filters).length > 0
					? (space) =>
							isOfType(space, types) &&
							isOnFloor(space, floorId) &&
							holds(space, minCapacity) &&
							anyContains([space.name], name) &&
							anyContains([space.locationPath], location)
					: undefined,
		});
	},
};
