import { deviceLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';

export const getTaskResponses: Operation = {
	value: 'getTaskResponses',
	name: 'Get Task Responses',
	action: 'Get task responses of device',
	description: 'Get the responses of a device to its tasks',
	effect: 'read',
	endpoints: ['GET devices/tasks/responses'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		deviceLocator,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Task Class',
					name: 'taskClass',
					type: 'string',
					default: '',
					description: 'Only responses to tasks of this class, as your tenant names it',
				},
			],
		},
	],

	async run(call) {
		const query = { deviceId: call.id('deviceId'), ...call.collection('filters') };
		return await passThrough(call, { path: 'devices/tasks/responses', query });
	},
};
