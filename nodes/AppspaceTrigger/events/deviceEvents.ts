import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { idOnly, locator } from '../../Appspace/fields/locators';
import { simplifyDevice } from '../../Appspace/resources/device/deviceRecord';
import { mayBe } from '../../Appspace/runtime/mayMatch';
import { isSameText } from '../../Appspace/runtime/pick';
import { entered } from '../detections';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

const filters: INodeProperties[] = [
	locator('Device Group', 'groupId', 'searchDeviceGroups', {
		required: false,
		description: 'Only devices in this device group',
	}),
	idOnly('Location', 'locationId', {
		required: false,
		description: 'Only devices in this location, not in the locations below it',
	}),
];

function lists(call: EventCall): List[] {
	const { groupId, locationId } = call.collection('filters');
	const query = {
		...(groupId !== undefined && { groupId }),
		...(locationId !== undefined && { locationId }),
	};
	const isIn = (id: unknown, wanted: unknown) =>
		wanted === undefined || (id !== null && mayBe(id, wanted));
	const matches = (device: IDataObject) =>
		isIn(device.groupId, groupId) && isIn(device.locationId, locationId);
	return [{ path: 'devices', query, matches }];
}

const forAtLeast: INodeProperties = {
	displayName: 'For at Least',
	name: 'minutes',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 5,
	description:
		'How many minutes it must last before the workflow starts, so that a player that loses its connection for a moment starts nothing',
};

const ofDevices = {
	endpoints: ['GET devices'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S4' },
	role: 'Device Reader',
	...{ filters, lists, simplify: simplifyDevice },
} satisfies Partial<TriggerEvent>;

export const deviceEvents: TriggerEvent[] = [
	{
		value: 'deviceOffline',
		name: 'Device Offline',
		description: 'When a device is offline for some time',
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
];
