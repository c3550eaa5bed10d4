import type { Resource } from '../data/spaces.mts';
import type { Settings } from '../settings.mts';

/** The network that a space shows: its building's, or its floor's where that is set. */
export function networkOf(
	{ networkId, networkName, floorId, floorName }: Resource,
	{ spaceNetwork }: Settings,
): { networkId: string; networkName: string } {
	return spaceNetwork === 'building'
		? { networkId, networkName }
		: { networkId: floorId, networkName: floorName };
}

/** The floor of a space, where records of spaces show it: by the name that it has in events. */
export function floorOf(resource: Resource, { floorsShown }: Settings): object {
	return floorsShown ? { resourceFloorId: resource.floorId } : {};
}
