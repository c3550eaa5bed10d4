import { picture } from '../content.mts';
import { Refusal } from '../answer.mts';
import { listing } from '../listing.mts';
import { undocumentedReply } from '../undocumented.mts';
import { objectBody, objects, requiredText, word } from './bodies.mts';
import type { Call, Endpoint, Schema, Service } from './endpoint.mts';
import { byId } from './lookups.mts';
import { mergeProperties, readProperties } from './propertyRules.mts';

const MERGE: Schema = {
	title: 'PropertyMerge',
	type: 'object',
	required: ['properties', 'mode'],
	properties: {
		properties: {
			type: 'array',
			items: {
				type: 'object',
				required: ['key', 'value'],
				properties: { key: { type: 'string' }, value: { type: 'string' } },
			},
		},
		mode: { type: 'string', enum: ['Merge'] },
	},
};

/** Reads and merges the properties of the device or location that `find` finds. */
function propertiesOf(path: string, what: string, find: (call: Call) => string): Endpoint[] {
	return [
		{
			method: 'GET',
			path,
			summary: `Lists the properties of a ${what}, inherited ones included`,
			query: { sort: 'string', pagecount: 'integer' },
			paged: true,
			handle: (call) => {
				const found = readProperties(call.tenant, find(call));
				if (call.query.sort?.toLowerCase() === 'key') {
					found.sort((one, other) => one.key.localeCompare(other.key));
				}
				return listing(call, found);
			},
		},
		{
			method: 'PUT',
			path,
			summary: `Merges properties into those of a ${what}`,
			body: MERGE,
			handle: (call) => {
				const id = find(call);
				const body = objectBody(call.body);
				word(body, 'mode', ['Merge']);
				const named = objects(body, 'properties').map((entry) => {
					if (typeof entry.value !== 'string') {
						throw new Refusal(400, 'The value of a property must be text.');
					}
					return { key: requiredText(entry, 'key'), value: entry.value };
				});
				mergeProperties(call.tenant, id, named, call.settings.propertyKeyCase);
				return undocumentedReply(call, `properties of a ${what}`, readProperties(call.tenant, id));
			},
		},
	];
}

const deviceOf = ({ tenant, params }: Call) => byId(tenant.devices, params.id, 'The device').id;

export const networks: Service = {
	name: 'networks',
	title: 'Networks',
	endpoints: [
		...propertiesOf('networks/devices/:id/properties', 'device', deviceOf),
		...propertiesOf('networks/:locationId/properties', 'location', ({ tenant, params }) => {
			return byId(tenant.locations, params.locationId, 'The location').id;
		}),
		{
			method: 'POST',
			path: 'networks/devices/:id/properties/delete',
			summary: 'Deletes properties of a device',
			undocumented: true,
			// No client has found a way to delete one (appspace-api.md 5.4).
			handle: () => {
				throw new Refusal(400, 'The request is not valid.');
			},
		},
		{
			method: 'GET',
			path: 'networks/devices/:id/screencapture',
			summary: 'Gets the last screen capture of a device',
			handle: screenCapture,
		},
	],
};

/** Said to hold the address of a picture; the form, and so the field name, is not public. */
function screenCapture(call: Call) {
	const id = deviceOf(call);
	if (call.settings.screenCapture === 'image') return picture();
	const address = `${call.origin}/content/${id}/capture.png`;
	const field = call.seeded.fork('screen capture field').pick(['url', 'imageUrl', 'capture']);
	return undocumentedReply(call, 'screencapture', { [field]: address }, address);
}
