import type { IDataObject } from 'n8n-workflow';
import { pick } from '../../runtime/pick';

/** The most useful fields of a device, flattened. */
export function simplifyDevice(device: IDataObject): IDataObject {
	return {
		...pick(device, ['id', 'name', 'status', 'deviceType', 'locationName', 'groupName']),
		...pick(device, ['channelName', 'isInSync', 'lastOnlineAt', 'appVersion']),
	};
}
