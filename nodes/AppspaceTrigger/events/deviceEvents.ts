import type { INodeProperties } from 'n8n-workflow';
import { passes, placeFilters } from '../../Appspace/resources/device/deviceFilters';
import { simplifyDevice } from '../../Appspace/resources/device/deviceRecord';
import { booleanIn } from '../../Appspace/runtime/parameterValues';
import { isSameText, pick } from '../../Appspace/runtime/pick';
import { path } from '../../Appspace/transport/path';
import { created, deleted, entered, updated } from '../detections';
import { mostGoneOption } from '../properties';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

function lists(call: EventCall): List[] {
	const filters = call.collection('filters');
	return [{ path: 'devices', query: filters, matches: (device) => passes(device, filters) }];
}

const forAtLeast: INodeProperties = {
	displayName: 'For at Least (Minutes)',
	name: 'minutes',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 5,
	description:
		'How many minutes the state must last before the workflow starts, so that a brief interruption does not start it',
};

const ofDevices = {
	endpoints: ['GET devices'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S4' },
	role: 'Device Reader',
	...{ filters: placeFilters, lists, simplify: simplifyDevice },
} satisfies Partial<TriggerEvent>;

export const deviceEvents: TriggerEvent[] = [
	{
		value: 'deviceOffline',
		name: 'Device Offline',
		description: 'When a device has been offline for some time',
		...ofDevices,
		fields: [forAtLeast],
		detection: (call) =>
			entered({
				isIn: ({ status }) => isSameText(status, 'Offline'),
				since: ({ lastOnlineAt }) => lastOnlineAt,
				minutes: call.number('minutes'),
				fields: ['status', 'lastOnlineAt'],
			}),
		happenedAt: ({ lastOnlineAt }) => lastOnlineAt,
	},
	{
		value: 'deviceOnline',
		name: 'Device Online',
		description: 'When a device comes online',
		...ofDevices,
		detection: () =>
			entered({ isIn: ({ status }) => isSameText(status, 'Online'), fields: ['status'] }),
		happenedAt: ({ lastOnlineAt }) => lastOnlineAt,
	},
	{
		value: 'deviceStatusChanged',
		name: 'Device Status Changed',
		description: 'When the status of a device changes in any way',
		...ofDevices,
		detection: () => updated((device) => pick(device, ['status'])),
		happenedAt: ({ lastOnlineAt }) => lastOnlineAt,
	},
	{
		value: 'deviceOutOfSync',
		name: 'Device Out of Sync',
		description: 'When a device has not had the latest content for some time',
		...ofDevices,
		fields: [forAtLeast],
		detection: (call) =>
			entered({
				isIn: ({ isInSync }) => booleanIn(isInSync) === false,
				minutes: call.number('minutes'),
				fields: ['isInSync'],
			}),
	},
	{
		value: 'deviceBackInSync',
		name: 'Device Back in Sync',
		description: 'When a device has the latest content again',
		...ofDevices,
		detection: () =>
			entered({ isIn: ({ isInSync }) => booleanIn(isInSync) === true, fields: ['isInSync'] }),
	},
	{
		value: 'deviceRegistered',
		name: 'Device Registered',
		description: 'When a device is added, or becomes visible to the service user',
		...ofDevices,
		detection: () => created(),
	},
	{
		value: 'deviceUnregistered',
		name: 'Device Unregistered',
		description: 'When a device is gone',
		...ofDevices,
		endpoints: [...ofDevices.endpoints, 'GET devices/{id}'],
		options: [mostGoneOption],
		recordPath: (id) => path`devices/${id}`,
		detection: () => deleted(),
	},
];
