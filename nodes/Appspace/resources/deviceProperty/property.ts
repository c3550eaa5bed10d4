import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { idOnly, locator } from '../../fields/locators';
import { firstFew } from '../../runtime/firstFew';
import type { Call } from '../../runtime/operation';
import { badInput, RequestFailed } from '../../transport/failure';
import { path } from '../../transport/path';

/** Whose properties: of a device, or of a location. */
export const ownerFields: INodeProperties[] = [
	locator('Device', 'deviceId', 'searchDevices', {
		required: false,
		description: 'The device whose properties are meant. Leave it empty for those of a location.',
	}),
	idOnly('Location', 'locationId', {
		required: false,
		description: 'The location whose properties are meant. Leave it empty for those of a device.',
	}),
];

export interface Owner {
	/** `deviceId` or `locationId`. */
	key: 'deviceId' | 'locationId';
	id: string;
	path: string;
}

/** The device or the location that an item names. */
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

/** All properties, inherited ones included. */
export async function readProperties(call: Call, owner: Owner): Promise<IDataObject[]> {
	return await call.list(owner.path, { query: { sort: 'key' } });
}

/** Finds properties by name; sources disagree on whether case matters (appspace-api.md 5.4). */
export function finderIn(properties: IDataObject[]): (key: unknown) => IDataObject | undefined {
	const nameOf = (key: unknown) => String(key ?? '').toLowerCase();
	// The first of a name counts.
	const byName = new Map(
		[...properties].reverse().map((property) => [nameOf(property.key), property]),
	);
	return (key) => byName.get(nameOf(key));
}

/**
 * Compares what was read back with what was there before and what was written.
 *
 * @throws RequestFailed when a named property has another value, or one that was not named is gone; its
 * value may change by itself, as a player reports it
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
		description: `Read back with another value, or not at all: ${firstFew(differing)}. Somebody else may have changed them at the same time. Read the properties and run the operation again.`,
	});
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
