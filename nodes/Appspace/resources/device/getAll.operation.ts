import type { IDataObject } from 'n8n-workflow';
import { idOnly, locator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { mayBe, mayBeOneOf, mayContain } from '../../runtime/mayMatch';
import { simplifyDevice } from './deviceRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many devices',
	description: 'List the devices of the tenant, a location, or a device group',
	effect: 'read',
	endpoints: ['GET devices'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S4' },
	isList: true,
	simplify: simplifyDevice,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				locator('Device Group', 'groupId', 'searchDeviceGroups', {
					required: false,
					description: 'Only devices in this device group',
				}),
				idOnly('Location', 'locationId', {
					required: false,
					description: 'Only devices in this location, not in the locations below it',
				}),
				{
					displayName: 'Name Contains',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. lobby',
					description: 'Only devices whose name contains this text. Not case-sensitive.',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'string',
					default: '',
					placeholder: 'e.g. Offline',
					description:
						'Only devices with this status. Online and Offline are known; others may exist.',
				},
			],
		},
	],

	async run(call) {
		const { name, ...query } = call.collection('filters');
		const { groupId, locationId, status } = query;
		// Not all server filters are confirmed (appspace-api.md 5.4).
		const matches = (device: IDataObject) =>
			mayContain([device.name], name) &&
			mayBeIn(device.groupId, groupId) &&
			mayBeIn(device.locationId, locationId) &&
			mayBeOneOf(device.status, status === undefined ? [] : [status]);
		const isFiltered = name !== undefined || Object.keys(query).length > 0;
		return await call.list('devices', isFiltered ? { query, matches } : {});
	},
};

/** Like `mayBe`, except that null does not match: it means no group or location (appspace-api.md 5.4). */
function mayBeIn(id: unknown, wanted: unknown): boolean {
	return mayBe(id, wanted) && (wanted === undefined || id !== null);
}
