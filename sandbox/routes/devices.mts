import { Refusal } from '../answer.mts';
import { listing } from '../listing.mts';
import { undocumentedReply } from '../undocumented.mts';
import { isObject, objectBody, requiredText, texts } from './bodies.mts';
import { taskEndpoints } from './deviceTasks.mts';
import type { Call, Endpoint, Method, Service } from './endpoint.mts';
import { byId } from './lookups.mts';

/** In the OpenAPI document, but answers every verb with 400 (appspace-api.md 5.4). */
const brokenProperties = (['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as Method[]).map(
	(method): Endpoint => {
		return {
			method,
			path: 'devices/:id/properties',
			summary: 'Properties of a device',
			deprecated: true,
			handle: () => {
				throw new Refusal(400, 'The request is not valid.');
			},
		};
	},
);

export const devices: Service = {
	name: 'devices',
	title: 'Devices',
	endpoints: [
		{
			method: 'GET',
			path: 'devices',
			summary: 'Lists the devices',
			query: { locationId: 'string', groupId: 'string', status: 'string' },
			paged: true,
			handle: listDevices,
		},
		{
			method: 'GET',
			path: 'devices/devicegroups',
			summary: 'Lists the device groups',
			paged: true,
			handle: (call) => listing(call, call.tenant.deviceGroups),
		},
		{
			method: 'GET',
			path: 'devices/:id',
			summary: 'Gets one device',
			handle: deviceOf,
		},
		{
			method: 'GET',
			path: 'devices/devicestatuses',
			summary: 'Gets the live status of devices',
			query: { deviceIds: 'list' },
			handle: statuses,
		},
		{
			method: 'GET',
			path: 'devices/:id/configuration',
			summary: 'Gets the configuration that a device reported',
			handle: (call) => {
				const { deviceType, appVersion, playbackMode } = deviceOf(call);
				const content = { deviceType, appVersion, playbackMode };
				return undocumentedReply(call, 'configuration', content);
			},
		},
		{
			method: 'GET',
			path: 'devices/integrations',
			summary: 'Lists integrations with other systems',
			handle: (call) => undocumentedReply(call, 'integrations', []),
		},
		{
			method: 'POST',
			path: 'devices/:id/command',
			summary: 'Sends a command to a device',
			body: {
				type: 'object',
				required: ['command'],
				properties: {
					command: { type: 'string', description: 'For example restart, reload, screenshot' },
					parameters: { type: 'object' },
				},
			},
			handle: command,
		},
		{
			method: 'POST',
			path: 'devices/sync',
			summary: 'Makes devices sync their content',
			body: {
				type: 'object',
				required: ['deviceIds'],
				properties: { deviceIds: { type: 'array', items: { type: 'string', format: 'uuid' } } },
			},
			handle: sync,
		},
		...taskEndpoints,
		...brokenProperties,
	],
};

function deviceOf({ tenant, params }: Pick<Call, 'tenant' | 'params'>) {
	return byId(tenant.devices, params.id, 'The device');
}

function statuses(call: Call) {
	const wanted = call.query.deviceids?.split(',').map((id) => id.trim());
	const devices = wanted
		? call.tenant.devices.filter(({ id }) => wanted.includes(id))
		: call.tenant.devices;
	const content = devices.map(({ id, status, lastOnlineAt }) => ({ id, status, lastOnlineAt }));
	return undocumentedReply(call, 'devicestatuses', content);
}

function command(call: Call) {
	const device = deviceOf(call);
	const body = objectBody(call.body);
	requiredText(body, 'command');
	if (body.parameters !== undefined && !isObject(body.parameters)) {
		throw new Refusal(400, 'The field parameters must be an object.');
	}
	call.tenant.deviceOrders.push({ order: 'command', deviceId: device.id, body });
	return undocumentedReply(call, 'command', {});
}

function sync(call: Call) {
	const body = objectBody(call.body);
	for (const id of texts(body, 'deviceIds')) byId(call.tenant.devices, id, 'The device');
	call.tenant.deviceOrders.push({ order: 'sync', body });
	return undocumentedReply(call, 'sync', {});
}

/**
 * Filters by one location, without its children, and by group. Whether `status` has any effect is not
 * confirmed, so here it has none. `size` does not follow the total (appspace-api.md 5.4).
 */
function listDevices(call: Call) {
	const { locationid, groupid } = call.query;
	const found = call.tenant.devices.filter(
		(device) =>
			(!locationid || device.locationId === locationid) && (!groupid || device.groupId === groupid),
	);
	return listing(call, found, 'page');
}
