import type { StoredProperty } from '../data/properties.mts';
import type { Settings } from '../settings.mts';
import type { Tenant } from '../tenant.mts';

/** A property in responses, with where its value comes from (appspace-api.md 5.4). */
export interface ShownProperty extends StoredProperty {
	origin: { id: string; type: 'Device' | 'Network' | 'Account'; isOverridden: boolean };
}

/** Own properties of a device or location, then those inherited from the locations above it. */
export function readProperties(tenant: Tenant, id: string): ShownProperty[] {
	const shown = new Map<string, ShownProperty>();
	for (const [owner, type] of ownersFrom(tenant, id)) {
		for (const property of tenant.properties[owner] ?? []) {
			const key = property.key.toLowerCase();
			const nearer = shown.get(key);
			if (nearer) nearer.origin.isOverridden = true;
			else shown.set(key, { ...property, origin: { id: owner, type, isOverridden: false } });
		}
	}
	return [...shown.values()];
}

/**
 * Sets the named keys on the device or location itself and keeps all others. Two sources disagree on the
 * case of keys (appspace-api.md 5.4), so the sandbox supports both readings.
 */
export function mergeProperties(
	tenant: Tenant,
	id: string,
	named: ReadonlyArray<{ key: string; value: string }>,
	keyCase: Settings['propertyKeyCase'],
): void {
	const own = (tenant.properties[id] ??= []);
	for (const { key, value } of named) {
		const written = keyCase === 'lower' ? key.toLowerCase() : key;
		const known = own.find((property) => property.key.toLowerCase() === written.toLowerCase());
		if (known) known.value = value;
		else own.push({ key: written, value, disabled: false });
	}
}

function ownersFrom(
	tenant: Tenant,
	id: string,
): Array<[owner: string, type: ShownProperty['origin']['type']]> {
	const device = tenant.devices.find((candidate) => candidate.id === id);
	const owners: ReturnType<typeof ownersFrom> = device ? [[device.id, 'Device']] : [];
	const find = (wanted: string | null) => tenant.locations.find((place) => place.id === wanted);
	// A device without a location still belongs to the account.
	let place = find(device ? device.locationId : id) ?? tenant.locations[0];
	while (place) {
		owners.push([place.id, place.kind === 'account' ? 'Account' : 'Network']);
		place = find(place.parentId);
	}
	return owners;
}
