import type { Channel } from './channels.mts';
import type { Location } from './locations.mts';
import type { Words } from './names.mts';
import type { Reference } from './people.mts';
import type { Random } from './random.mts';
import { pastTime, UNSET_TIME } from './times.mts';

/** Fields of appspace-api.md 5.4; location, group, and channel may be null. */
export interface Device {
	id: string;
	name: string;
	deviceType: string;
	locationId: string | null;
	locationName: string | null;
	groupId: string | null;
	groupName: string | null;
	status: string;
	appVersion: string;
	lastOnlineAt: string;
	tags: string[];
	licenses: Array<{ licenseTypeId: string; name: string; sources: string[] }>;
	channelId: string | null;
	channelName: string | null;
	playbackMode: string;
	publishMode: string;
	isAutoSync: boolean;
	isInSync: boolean;
	ipAddress: string;
	macAddress: string;
	serialNumber: string;
	isLowBandwidthMode: boolean;
	appUpdateStatus: string;
}

export function makeDeviceGroups(random: Random, words: Words): Reference[] {
	return words.cities.slice(3, 8).map((city) => ({ id: random.guid(), name: `${city} screens` }));
}

export function makeDevices(
	random: Random,
	words: Words,
	groups: readonly Reference[],
	locations: readonly Location[],
	channels: readonly Channel[],
	count: number,
): Device[] {
	const licenseTypeId = random.guid();
	return Array.from({ length: count }, (_, index): Device => {
		// The second device has no location and no group, so every tenant has such a device.
		const isLost = index === 1;
		const location = !isLost && random.chance(0.85) ? random.pick(locations) : undefined;
		const group = !isLost && random.chance(0.6) ? random.pick(groups) : undefined;
		const channel = channels.length > 0 && random.chance(0.8) ? random.pick(channels) : undefined;
		const status = random.chance(0.8) ? 'Online' : 'Offline';
		return {
			id: random.guid(),
			name: `${random.pick(words.cities)} screen ${index + 1}`,
			deviceType: random.pick(['BrightSign', 'Chrome', 'Windows', 'Tizen', 'RoomOS']),
			locationId: location?.id ?? null,
			locationName: location?.name ?? null,
			groupId: group?.id ?? null,
			groupName: group?.name ?? null,
			status,
			appVersion: `2.${random.int(60, 80)}.${random.int(0, 9)}`,
			lastOnlineAt: random.chance(0.9) ? pastTime(random) : UNSET_TIME,
			tags: random.sample(words.departments, random.int(0, 2)),
			licenses: [{ licenseTypeId, name: 'Platform', sources: ['Account'] }],
			channelId: channel?.id ?? null,
			channelName: channel?.name ?? null,
			playbackMode: random.pick(['SingleChannel', 'MultiChannel']),
			publishMode: random.pick(['Auto', 'Manual']),
			isAutoSync: random.chance(0.7),
			isInSync: status === 'Online' && random.chance(0.8),
			ipAddress: `192.0.2.${random.int(1, 254)}`,
			macAddress: macAddress(random),
			serialNumber: `SN${random.int(100_000, 999_999)}`,
			isLowBandwidthMode: random.chance(0.1),
			appUpdateStatus: random.pick(['UpToDate', 'Pending']),
		};
	});
}

function macAddress(random: Random): string {
	// 02 marks a locally administered address, so it matches no real hardware.
	const rest = Array.from({ length: 5 }, () => random.int(0, 255).toString(16).padStart(2, '0'));
	return ['02', ...rest].join(':');
}
