import type { IDataObject } from 'n8n-workflow';
import { instantAhead, timeZoneField } from '../../fields/dateRange';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { targetFields, targetsIn } from './taskTargets';

export const createTask: Operation = {
	value: 'createTask',
	name: 'Create Task',
	action: 'Create device task',
	description: 'Send a task to devices, device groups, or locations, now or later',
	effect: 'write',
	endpoints: ['POST devices/tasks/deployments'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		{
			displayName: 'Task Template ID',
			name: 'taskTemplateId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60',
			description: 'The ID of the task template, from the Appspace console or an earlier task',
		},
		...targetFields,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{
					displayName: 'Scheduled At',
					name: 'scheduledAt',
					type: 'dateTime',
					default: '',
					description: 'When to run the task. Without this field, the task runs now.',
				},
				timeZoneField,
			],
		},
	],

	async run(call) {
		const body: IDataObject = { taskTemplateId: call.id('taskTemplateId'), ...targetsIn(call) };
		const more = call.collection('additionalFields');
		if (more.scheduledAt !== undefined) {
			const given = { zone: () => call.zone(), values: () => more };
			body.scheduledAt = instantAhead(given, 'scheduledAt', 'Scheduled At');
		}
		return await passThrough(call, { method: 'POST', path: 'devices/tasks/deployments', body });
	},
};
