import type { Resource } from '../../runtime/operation';
import { getAll } from './getAll.operation';
import { set } from './set.operation';

export const deviceProperty: Resource = {
	value: 'deviceProperty',
	name: 'Device Property',
	description: 'Named values of a device or location that cards and players use',
	role: 'Device Reader (to read) or Device Writer (to change)',
	operations: [getAll, set],
};
