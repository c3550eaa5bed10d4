import type { INodeProperties } from 'n8n-workflow';
import {
	channelLocator,
	deviceGroupLocator,
	deviceLocator,
	locatorOfSeveral,
} from '../../fields/locators';

export const publishTargetFields: INodeProperties[] = [
	channelLocator,
	locatorOfSeveral(
		'Devices',
		'deviceIds',
		deviceLocator,
		'The devices to add, to remove, or to publish to exclusively',
	),
	locatorOfSeveral(
		'Device Groups',
		'deviceGroupIds',
		deviceGroupLocator,
		'The device groups to add, to remove, or to publish to exclusively',
	),
];
