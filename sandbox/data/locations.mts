import type { Words } from './names.mts';
import type { Random } from './random.mts';

/**
 * A node in the tree of locations (the API calls them networks): the account, its sites, and their
 * floors.
 */
export interface Location {
	id: string;
	name: string;
	parentId: string | null;
	kind: 'account' | 'site' | 'floor';
}

/** The account first, then each site followed by its floors. */
export function makeLocations(random: Random, words: Words): Location[] {
	const account: Location = {
		id: random.guid(),
		name: 'Example Company',
		parentId: null,
		kind: 'account',
	};
	const sites = words.cities.slice(0, 3).flatMap((city) => {
		const site: Location = { id: random.guid(), name: city, parentId: account.id, kind: 'site' };
		const floors = [1, 2].map((floor): Location => {
			return { id: random.guid(), name: `Floor ${floor}`, parentId: site.id, kind: 'floor' };
		});
		return [site, ...floors];
	});
	return [account, ...sites];
}
