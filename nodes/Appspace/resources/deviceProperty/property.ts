import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { idOnly, locator } from '../../fields/locators';
import { firstFew } from '../../runtime/firstFew';
import type { Call } from '../../runtime/operation';
import { badInput, RequestFailed } from '../../transport/failure';
import { path } from '../../transport/path';

/** The owner of the properties: a device or a location. */
export const ownerFields: INodeProperties[] = [
	locator('Device', 'deviceId', 'searchDevices', {
		required: false,
		description: 'The device that has the properties. Leave it empty for properties of a location.',
	}),
	idOnly('Location', 'locationId', {
		required: false,
		description: 'The location that has the properties. Leave it empty for properties of a device.',
	}),
];

export interface Owner {
	key: 'deviceId' | 'locationId';
	id: string;
	path: string;
}

/** The device or location that an item names. Throws RequestFailed unless there is exactly one. */
export function ownerIn(call: Call): Owner {
	const isDevice = call.ids('deviceId').length > 0;
	if (isDevice === call.ids('locationId').length > 0) {
		throw badInput(
			`The parameters "Device" and "Location" are ${isDevice ? 'both filled in' : 'both empty'}`,
			'Fill in exactly one of them.',
		);
	}
	const key = isDevice ? 'deviceId' : 'locationId';
	const id = call.id(key);
	return {
		key,
		id,
		path: isDevice ? path`networks/devices/${id}/properties` : path`networks/${id}/properties`,
	};
}

/** All properties of an owner, including inherited ones. */
export async function readProperties(call: Call, owner: Owner): Promise<IDataObject[]> {
	return await call.list(owner.path, { query: { sort: 'key' } });
}

/** Returns a lookup by key that ignores case: sources disagree on whether case matters (appspace-api.md 5.4). */
export function finderIn(properties: IDataObject[]): (key: unknown) => IDataObject | undefined {
	const nameOf = (key: unknown) => String(key ?? '').toLowerCase();
	// Reversed, so that the first property of a name wins.
	const byName = new Map(
		[...properties].reverse().map((property) => [nameOf(property.key), property]),
	);
	return (key) => byName.get(nameOf(key));
}

/**
 * Compares the properties read back with those from before the write and those written.
 *
 * @throws RequestFailed if a written property has another value, or another property is missing. Other
 * values may differ, because players report some of them
 */
export function checkMerged(
	before: IDataObject[],
	named: Array<{ key: string; value: string }>,
	after: IDataObject[],
): void {
	const found = finderIn(after);
	const differing = [
		...named.filter(({ key, value }) => textOf(found(key)?.value) !== textOf(value)),
		...before.filter(({ key }) => !found(key)),
	].map(({ key }) => String(key));
	if (differing.length === 0) return;
	throw new RequestFailed({
		kind: 'input',
		message: 'The properties are not what was just written',
		description: `Changed or missing: ${firstFew(differing)}. Someone else may have changed them at the same time. Check the properties and run the operation again.`,
	});
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
