import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { idOnly, locator } from '../../fields/locators';
import { mayBe, mayBeOneOf, mayContain } from '../../runtime/mayMatch';

/** Filters that the server knows as well. */
export const placeFilters: INodeProperties[] = [
	locator('Device Group', 'groupId', 'searchDeviceGroups', {
		required: false,
		description: 'Only devices in this device group',
	}),
	idOnly('Location', 'locationId', {
		required: false,
		description: 'Only devices in this location, not in the locations below it',
	}),
];

/** Whether a device matches the filters. Not all server filters are confirmed (appspace-api.md 5.4). */
export function passes(
	device: IDataObject,
	{ name, groupId, locationId, status }: IDataObject,
): boolean {
	return (
		mayContain([device.name], name) &&
		mayBeIn(device.groupId, groupId) &&
		mayBeIn(device.locationId, locationId) &&
		mayBeOneOf(device.status, status === undefined ? [] : [status])
	);
}

/** Like `mayBe`, except that null does not match: it means no group or location (appspace-api.md 5.4). */
function mayBeIn(id: unknown, wanted: unknown): boolean {
	return mayBe(id, wanted) && (wanted === undefined || id !== null);
}
