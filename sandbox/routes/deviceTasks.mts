import { Refusal } from '../answer.mts';
import type { TaskDeployment } from '../data/tasks.mts';
import { undocumentedReply } from '../undocumented.mts';
import { moment, objectBody, requiredText, texts, word } from './bodies.mts';
import type { Call, Endpoint } from './endpoint.mts';

const TARGET_TYPES = ['device', 'deviceGroup', 'location'] as const;

export const taskEndpoints: Endpoint[] = [
	{
		method: 'GET',
		path: 'devices/tasks/deployments',
		summary: 'Lists the tasks sent to devices',
		query: { locationId: 'string', deviceId: 'string', deviceGroupId: 'string' },
		handle: ({ tenant, query }) => ({
			items: tenant.taskDeployments
				.filter(
					(deployment) =>
						isFor(deployment, 'location', query.locationid) &&
						isFor(deployment, 'device', query.deviceid) &&
						isFor(deployment, 'deviceGroup', query.devicegroupid),
				)
				.map(shown),
		}),
	},
	{
		method: 'POST',
		path: 'devices/tasks/deployments',
		summary: 'Sends a task to devices',
		body: {
			type: 'object',
			required: ['taskTemplateId', 'targetType', 'targetIds'],
			properties: {
				taskTemplateId: { type: 'string', format: 'uuid' },
				targetType: { type: 'string', enum: TARGET_TYPES },
				targetIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
				scheduledAt: { type: 'string', format: 'date-time' },
			},
		},
		handle: deploy,
	},
	{
		method: 'GET',
		path: 'devices/tasks/responses',
		summary: 'Gets the responses of devices to tasks',
		query: { deviceId: 'string', taskClass: 'string' },
		handle: (call) => {
			const { tenant, query } = call;
			const answered = tenant.taskDeployments.filter((deployment) => {
				return deployment.status !== 'Pending' && isFor(deployment, 'device', query.deviceid);
			});
			return undocumentedReply(call, 'task responses', answered.map(shown));
		},
	},
];

function deploy(call: Call) {
	const body = objectBody(call.body);
	if (body.scheduledAt !== undefined) moment(body, 'scheduledAt');
	const deployment: TaskDeployment = {
		id: call.random.guid(),
		taskTemplateId: requiredText(body, 'taskTemplateId'),
		status: 'Pending',
		targetType: word(body, 'targetType', TARGET_TYPES),
		targetIds: texts(body, 'targetIds'),
	};
	if (call.tenant.taskDeployments.some((known) => isSame(known, deployment))) {
		throw new Refusal(409, 'The task is already deployed to these targets.');
	}
	call.tenant.taskDeployments.push(deployment);
	return undocumentedReply(call, 'create deployment', shown(deployment));
}

function isSame(one: TaskDeployment, other: TaskDeployment): boolean {
	return (
		one.taskTemplateId === other.taskTemplateId &&
		one.targetType === other.targetType &&
		other.targetIds.every((id) => one.targetIds.includes(id))
	);
}

function isFor({ targetType, targetIds }: TaskDeployment, type: string, id?: string): boolean {
	return !id || (targetType === type && targetIds.includes(id));
}

function shown({ id, taskTemplateId, status }: TaskDeployment) {
	return { id, taskTemplateId, status };
}
