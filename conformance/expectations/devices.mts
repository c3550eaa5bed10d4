import { NO_ID, NO_WORD, type Expectation, type Fields } from './expectation.mts';

const device: Fields = {
	...{ id: 'id', name: 'text', deviceType: 'any', locationId: 'id', locationName: 'text' },
	...{ groupId: 'id', groupName: 'text', status: 'any', appVersion: 'text' },
	...{ lastOnlineAt: 'time', tags: 'list', licenses: 'list', channelId: 'id' },
	...{ channelName: 'text', playbackMode: 'any', publishMode: 'any', isAutoSync: 'flag' },
	...{ isInSync: 'flag', ipAddress: 'text', macAddress: 'text', serialNumber: 'text' },
	...{ isLowBandwidthMode: 'flag', appUpdateStatus: 'any' },
};

const property: Fields = { key: 'text', value: 'any', disabled: 'flag', origin: 'object' };

/** Devices, their groups, tasks, and properties (appspace-api.md 5.4). */
export const devices: readonly Expectation[] = [
	{
		endpoint: 'GET devices',
		section: '5.4',
		form: 'listing',
		fields: device,
		size: 'page',
		filters: [
			{ none: { locationId: NO_ID }, known: 'honored' },
			{ none: { groupId: NO_ID }, known: 'honored' },
			{ none: { status: NO_WORD }, known: 'open' },
		],
	},
	{ endpoint: 'GET devices/{id}', section: '5.4', form: 'record', fields: device },
	{
		endpoint: 'GET devices/devicegroups',
		section: '5.4',
		form: 'listing',
		fields: { id: 'id', name: 'text' },
	},
	{
		endpoint: 'GET networks/devices/{id}/properties',
		section: '5.4',
		form: 'listing',
		fields: property,
	},
	{
		endpoint: 'GET networks/{locationId}/properties',
		section: '5.4',
		form: 'listing',
		fields: property,
	},
	{
		endpoint: 'GET devices/tasks/deployments',
		section: '5.4',
		form: 'items',
		fields: { id: 'id', taskTemplateId: 'any', status: 'any' },
		filters: [
			{ none: { deviceId: NO_ID }, known: 'honored' },
			{ none: { deviceGroupId: NO_ID }, known: 'honored' },
			{ none: { locationId: NO_ID }, known: 'honored' },
		],
	},
	{ endpoint: 'GET devices/devicestatuses', section: '5.4', form: 'unknown' },
	{ endpoint: 'GET devices/{id}/configuration', section: '5.4', form: 'unknown' },
	{ endpoint: 'GET devices/integrations', section: '5.4', form: 'unknown' },
	{ endpoint: 'GET devices/tasks/responses', section: '5.4', form: 'unknown' },
	{ endpoint: 'GET networks/devices/{id}/screencapture', section: '5.4', form: 'unknown' },
	{
		endpoint: 'GET devices/{id}/properties',
		section: '5.4',
		form: 'unknown',
		refusedWith: 400,
	},
];
