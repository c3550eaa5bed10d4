import type { Device } from './devices.mts';
import type { Location } from './locations.mts';
import type { Random } from './random.mts';

/** A property as stored where it was set. Responses add where it comes from. */
export interface StoredProperty {
	key: string;
	value: string;
	disabled: boolean;
}

/** Own properties by the ID of a device or location. Inherited ones are computed on read. */
export type Properties = Record<string, StoredProperty[]>;

const property = (key: string, value: string): StoredProperty => ({ key, value, disabled: false });

/** The account and its sites set some properties; some devices and floors override them. */
export function makeProperties(
	random: Random,
	locations: readonly Location[],
	devices: readonly Device[],
): Properties {
	const properties: Properties = {};
	for (const { id, kind, name } of locations) {
		properties[id] =
			kind === 'account'
				? [property('volume', '50'), property('language', 'en')]
				: kind === 'site'
					? [property('site', name), property('volume', String(random.int(1, 9) * 10))]
					: [];
	}
	for (const { id } of devices) {
		properties[id] = random.chance(0.6)
			? [property('orientation', random.pick(['landscape', 'portrait'])), property('volume', '80')]
			: [];
	}
	return properties;
}
