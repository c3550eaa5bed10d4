import { idOnly, locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';

export const getAllTasks: Operation = {
	value: 'getAllTasks',
	name: 'Get Many Tasks',
	action: 'Get many device tasks',
	description: 'List the tasks sent to devices',
	effect: 'read',
	endpoints: ['GET devices/tasks/deployments'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2' },
	isList: true,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			// The node cannot check these filters: the records do not show the targets of a task.
			options: [
				locator('Device', 'deviceId', 'searchDevices', {
					required: false,
					description: 'Only tasks for this device',
				}),
				locator('Device Group', 'deviceGroupId', 'searchDeviceGroups', {
					required: false,
					description: 'Only tasks for this device group',
				}),
				idOnly('Location', 'locationId', {
					required: false,
					description: 'Only tasks for this location',
				}),
			],
		},
	],

	async run(call) {
		return await call.list('devices/tasks/deployments', { query: call.collection('filters') });
	},
};
