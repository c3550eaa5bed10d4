import type { Operation } from '../../runtime/operation';
import { namedIn, namedField } from './namedProperties';
import { checkMerged, ownerFields, ownerIn, finderIn, readProperties } from './property';

export const set: Operation = {
	value: 'set',
	name: 'Set',
	action: 'Set properties of device or location',
	description:
		'Set some properties of a device or location and keep the others. The node reads the properties back to check the result.',
	effect: 'write',
	endpoints: [
		'GET networks/devices/{id}/properties',
		'PUT networks/devices/{id}/properties',
		'GET networks/{locationId}/properties',
		'PUT networks/{locationId}/properties',
	],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	fields: [...ownerFields, namedField],

	async run(call) {
		const owner = ownerIn(call);
		const wanted = namedIn(call);
		return await call.runExclusive(owner.path, async () => {
			const before = await readProperties(call, owner);
			const present = finderIn(before);
			// Keep the case of an existing key: sources disagree on whether case matters (appspace-api.md 5.4).
			const named = wanted.map(({ key, value }) => {
				return { key: String(present(key)?.key ?? key), value };
			});
			const body = { properties: named, mode: 'Merge' };
			await call.request({ method: 'PUT', path: owner.path, body, acceptsText: true });
			const after = await readProperties(call, owner);
			checkMerged(before, named, after);
			const found = finderIn(after);
			const isNew = ({ key, value }: (typeof named)[number]) => present(key)?.value !== value;
			return {
				[owner.key]: owner.id,
				properties: named.map(({ key }) => found(key) ?? {}),
				changed: named.filter(isNew).map(({ key }) => key),
			};
		});
	},
};
