import type { Resource } from '../data/spaces.mts';
import type { Settings } from '../settings.mts';

/** The network that a space shows: its building's, or its floor's if the settings say so. */
export function networkOf(
	{ networkId, networkName, floorId, floorName }: Resource,
	{ spaceNetwork }: Settings,
): { networkId: string; networkName: string } {
	return spaceNetwork === 'building'
		? { networkId, networkName }
		: { networkId: floorId, networkName: floorName };
}

/** The floor of a space, if the settings show it, under the name that events use. */
export function floorOf(resource: Resource, { floorsShown }: Settings): object {
	return floorsShown ? { resourceFloorId: resource.floorId } : {};
}
