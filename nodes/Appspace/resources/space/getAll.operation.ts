import type { IDataObject } from 'n8n-workflow';
import { locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { mayContain } from '../../runtime/mayMatch';
import { onFloor } from './onFloor';
import { mayFit, simplifySpace, typesField } from './spaceRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many spaces',
	description: 'List rooms, desks, floors, and other spaces, sorted by name',
	effect: 'read',
	endpoints: ['GET reservation/resources', 'POST reservation/resources/reservable'],
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
					description:
						'Only spaces on this floor, in the order that Appspace returns. If the records do not show their floor, the node relies on Appspace and cannot check the result.',
				}),
				{
					displayName: 'Location Contains',
					name: 'location',
					type: 'string',
					default: '',
					placeholder: 'e.g. Headquarters',
					description: 'Only spaces whose location path contains this text',
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
				{
					displayName: 'Name Contains',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. desk',
					description: 'Only spaces whose name contains this text. Not case-sensitive.',
				},
				typesField('Only spaces of these types'),
			],
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const { floorId, location, minCapacity, name } = filters;
		const wanted = { types: (filters.types ?? []) as string[], floorId, minCapacity };
		const isFiltered = Object.keys(filters).length > 0;
		const matches = (space: IDataObject) =>
			mayFit(space, wanted) &&
			mayContain([space.name], name) &&
			mayContain([space.locationPath], location);
		const listed = async () =>
			await call.list('reservation/resources', {
				query: { sort: 'name', ...(wanted.types.length > 0 && { types: wanted.types.join(',') }) },
				matches: isFiltered ? matches : undefined,
			});
		return floorId === undefined ? await listed() : await onFloor(call, wanted, matches, listed);
	},
};
