import { makeTenant } from '../../sandbox/tenant.mts';

/** The content of an Appspace tenant, from which arbitrary responses are composed. */
export interface Words {
	/** Every record of a small tenant, of any kind. */
	records: Array<Record<string, unknown>>;
	/** The name of every field. */
	names: string[];
	/** Every short text: IDs, names, times, addresses. */
	texts: string[];
}

const LONGEST_TEXT = 200;
/** As JSON, without the collections that contain all records. */
const LONGEST_RECORD = 3_000;

/** The words of a small tenant. Its bookings follow the clock; everything else is always the same. */
export function wordsOfATenant(): Words {
	const records: Words['records'] = [];
	const names = new Set<string>();
	const texts = new Set<string>();
	const collect = (value: unknown): void => {
		if (typeof value === 'string' && value.length <= LONGEST_TEXT) texts.add(value);
		if (typeof value !== 'object' || value === null) return;
		if (!Array.isArray(value)) {
			if (JSON.stringify(value).length < LONGEST_RECORD) records.push(value as (typeof records)[0]);
			for (const name of Object.keys(value)) names.add(name);
		}
		for (const inner of Object.values(value)) collect(inner);
	};
	collect(makeTenant(1, { users: 6, channels: 6, devices: 6 }, 'http://127.0.0.1:1'));
	return { records, names: [...names], texts: [...texts] };
}
