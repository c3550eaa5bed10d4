import { json, Refusal } from '../answer.mts';
import type { PublishTarget } from '../data/channels.mts';
import { TARGET_TYPE } from '../data/publishTargets.mts';
import { isoTime } from '../data/times.mts';
import { listing } from '../listing.mts';
import { shown, shownChannel } from '../recordForms.mts';
import { undocumentedReply } from '../undocumented.mts';
import { objectBody, objects, requiredText, word } from './bodies.mts';
import type { Call, Service } from './endpoint.mts';
import { byId } from './lookups.mts';

/**
 * Words in requests, numbers in responses. No word is known for type 4, which was seen (appspace-api.md
 * 5.1).
 */
const WRITABLE_TYPES = {
	Device: TARGET_TYPE.device,
	DeviceGroup: TARGET_TYPE.deviceGroup,
} as const;
const TYPE_WORDS = ['Device', 'DeviceGroup'] as const;

export const channeldirectory: Service = {
	name: 'channeldirectory',
	title: 'Channel Directory',
	endpoints: [
		{
			method: 'GET',
			path: 'channeldirectory',
			summary: 'Lists the channels',
			paged: true,
			handle: (call) =>
				listing(
					call,
					call.tenant.channels.map((channel) => shownChannel(call, channel)),
				),
		},
		{
			method: 'GET',
			path: 'channeldirectory/groups',
			summary: 'Lists the channel groups',
			paged: true,
			handle: (call) =>
				listing(
					call,
					call.tenant.channelGroups.map((group) => shown(call, 'channelGroup', group)),
				),
		},
		{
			method: 'GET',
			path: 'channeldirectory/:id',
			summary: 'Gets one channel',
			handle: (call) => shownChannel(call, channelOf(call)),
		},
		{
			method: 'GET',
			path: 'channeldirectory/:id/publishto',
			summary: 'Lists the publish targets of a channel',
			handle: (call) => {
				const targets = targetsOf(call);
				return json(200, call.settings.bareArrays ? targets : { items: targets });
			},
		},
		{
			method: 'PUT',
			path: 'channeldirectory/:id/publishto',
			summary: 'Publishes a channel to devices and device groups',
			body: {
				type: 'object',
				required: ['publishingRule', 'publishTo'],
				properties: {
					publishingRule: { type: 'string', enum: ['Append', 'Overwrite'] },
					publishTo: {
						type: 'array',
						items: {
							type: 'object',
							required: ['publishToId', 'targetId', 'targetType'],
							properties: {
								publishToId: { type: 'string', format: 'uuid' },
								targetId: { type: 'string', format: 'uuid' },
								targetType: { type: 'string', enum: TYPE_WORDS },
								name: { type: 'string' },
							},
						},
					},
				},
			},
			handle: publish,
		},
	],
};

/**
 * The list becomes the complete set, even with `Append`: clients have lost targets this way
 * (appspace-api.md 5.1).
 */
function publish(call: Call) {
	const channel = channelOf(call);
	const body = objectBody(call.body);
	word(body, 'publishingRule', ['Append', 'Overwrite']);
	const wanted = objects(body, 'publishTo').map((entry) => {
		requiredText(entry, 'publishToId');
		if (entry.name !== undefined && typeof entry.name !== 'string') {
			throw new Refusal(400, 'The field name must be text.');
		}
		return {
			targetId: requiredText(entry, 'targetId'),
			targetType: WRITABLE_TYPES[word(entry, 'targetType', TYPE_WORDS)],
		};
	});

	const before = targetsOf(call);
	const after = new Map<string, PublishTarget>();
	for (const { targetId, targetType } of wanted) {
		const kept = before.find((target) => {
			return target.targetId === targetId && target.targetType === targetType;
		});
		after.set(`${targetType} ${targetId}`, kept ?? newTarget(call, targetId, targetType));
	}
	channel.publishTo = [...after.values()];
	call.tenant.publishTo[channel.id] = channel.publishTo;
	return undocumentedReply(call, 'publishto', channel.publishTo);
}

function newTarget(call: Call, targetId: string, targetType: number): PublishTarget {
	return {
		id: call.random.guid(),
		targetId,
		targetType,
		createdAt: isoTime(Date.now()),
		createdBy: call.tenant.serviceUser.id,
	};
}

function channelOf({ tenant, params }: Call) {
	return byId(tenant.channels, params.id, 'The channel');
}

function targetsOf(call: Call): PublishTarget[] {
	return call.tenant.publishTo[channelOf(call).id] ?? [];
}
