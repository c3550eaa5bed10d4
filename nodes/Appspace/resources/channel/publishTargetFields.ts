import type { INodeProperties } from 'n8n-workflow';
import { channelLocator, locatorOfSeveral } from '../../fields/locators';

export const publishTargetFields: INodeProperties[] = [
	channelLocator,
	locatorOfSeveral(
		'Devices',
		'deviceIds',
		'searchDevices',
		'The devices to add, to remove, or to publish to exclusively',
	),
	locatorOfSeveral(
		'Device Groups',
		'deviceGroupIds',
		'searchDeviceGroups',
		'The device groups to add, to remove, or to publish to exclusively',
	),
];
