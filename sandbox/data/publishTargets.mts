import type { Channel, PublishTarget } from './channels.mts';
import type { Device } from './devices.mts';
import type { Reference, User } from './people.mts';
import type { Random } from './random.mts';
import { pastTime } from './times.mts';

/** `targetType` in responses (appspace-api.md 5.1); 4 was seen and is apparently a user. */
export const TARGET_TYPE = { user: 4, device: 7, deviceGroup: 8 } as const;

/**
 * Publish targets by channel ID; each channel also carries its own list. The last channel has a target of
 * type 4, which no known word can write.
 */
export function publishTargets(
	random: Random,
	channels: readonly Channel[],
	devices: readonly Device[],
	deviceGroups: readonly Reference[],
	users: readonly User[],
): Record<string, PublishTarget[]> {
	const createdBy = users[0]?.id ?? '';
	const entry = (targetId: string, targetType: number): PublishTarget => ({
		id: random.guid(),
		targetId,
		targetType,
		createdAt: pastTime(random),
		createdBy,
	});
	for (const channel of channels) {
		channel.publishTo = [
			...random.sample(devices, random.int(0, 3)).map(({ id }) => entry(id, TARGET_TYPE.device)),
			...random
				.sample(deviceGroups, random.int(0, 2))
				.map(({ id }) => entry(id, TARGET_TYPE.deviceGroup)),
		];
		if (deviceGroups.length > 0 && random.chance(0.2)) {
			channel.inheritedPublishTo = [entry(random.pick(deviceGroups).id, TARGET_TYPE.deviceGroup)];
		}
	}
	const last = channels.at(-1);
	if (last && users.length > 1) last.publishTo.push(entry(users[1]!.id, TARGET_TYPE.user));
	return Object.fromEntries(channels.map((channel) => [channel.id, channel.publishTo]));
}
