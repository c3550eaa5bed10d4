import type { Operation } from '../../runtime/operation';
import { ownerFields, ownerIn, readProperties } from './property';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many properties of device or location',
	description: 'List the properties of a device or location, including inherited ones',
	effect: 'read',
	endpoints: ['GET networks/devices/{id}/properties', 'GET networks/{locationId}/properties'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S4' },
	isList: true,
	fields: ownerFields,

	async run(call) {
		return await readProperties(call, ownerIn(call));
	},
};
