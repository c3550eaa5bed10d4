import type { Device } from './devices.mts';
import type { Random } from './random.mts';

/** A task sent to devices. The API shows `id`, `taskTemplateId`, and `status` (appspace-api.md 5.4). */
export interface TaskDeployment {
	id: string;
	taskTemplateId: string;
	status: string;
	targetType: 'device' | 'deviceGroup' | 'location';
	targetIds: string[];
}

export function makeTaskDeployments(random: Random, devices: readonly Device[]): TaskDeployment[] {
	return random.sample(devices, 4).map(({ id }) => ({
		id: random.guid(),
		taskTemplateId: random.guid(),
		status: random.pick(['Pending', 'Completed', 'Failed']),
		targetType: 'device',
		targetIds: [id],
	}));
}
