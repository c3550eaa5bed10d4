import type { Resource } from '../../runtime/operation';
import { getAll } from './getAll.operation';

export const deviceGroup: Resource = {
	value: 'deviceGroup',
	name: 'Device Group',
	description: 'Groups of devices',
	role: 'Device Reader',
	operations: [getAll],
};
