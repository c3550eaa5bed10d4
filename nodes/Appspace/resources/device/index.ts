import type { Resource } from '../../runtime/operation';
import { createTask } from './createTask.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAllTasks } from './getAllTasks.operation';
import { getConfiguration } from './getConfiguration.operation';
import { getIntegrations } from './getIntegrations.operation';
import { getScreenCapture } from './getScreenCapture.operation';
import { getStatuses } from './getStatuses.operation';
import { getTaskResponses } from './getTaskResponses.operation';
import { sendCommand } from './sendCommand.operation';
import { sync } from './sync.operation';

export const device: Resource = {
	value: 'device',
	name: 'Device',
	description: 'Players, panels, and kiosks: their state, commands, content, and tasks',
	role: 'Device Reader (to read) or Device Writer (to change)',
	operations: [
		getAll,
		get,
		getStatuses,
		getConfiguration,
		getScreenCapture,
		sendCommand,
		sync,
		getIntegrations,
		getAllTasks,
		createTask,
		getTaskResponses,
	],
};
