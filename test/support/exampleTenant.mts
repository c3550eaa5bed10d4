import type { Sandbox } from '../../sandbox/server.mts';
import { makeDepartmentGroup } from './departmentGroup.mts';
import { makeLeaver } from './leaver.mts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What the examples need to know of the tenant that is ready for them. */
export interface ExampleTenant {
	/** The SCIM ID of the user who leaves. */
	leaver: string;
	department: ReturnType<typeof makeDepartmentGroup>;
	/** A room with two bookings: a meeting that is going on, and one tomorrow at 15:00 UTC. */
	room: { id: string; name: string };
}

/** Gives a tenant what the workflows in `examples/` look for by name, status, or time. */
export function makeExampleTenant(sandbox: Sandbox, now = Date.now()): ExampleTenant {
	const { tenant } = sandbox;
	// Some tenants answer without a picture, and then the workflow has nothing to send.
	sandbox.set({ screenCapture: 'image' });
	const iso = (from: number) => new Date(now + from).toISOString();

	const [first, second, ...others] = tenant.channels.filter(({ id, type }) => {
		return (
			type === 1 &&
			tenant.playlistItems[id]?.some(({ type: kind, disabled }) => kind === 'Image' && !disabled)
		);
	});
	if (!first || !second) throw new Error('The tenant has too few playlists with pictures.');
	first.name = 'Lobby playlist';
	second.name = 'Winter campaign';
	(others[0] ?? second).name += ' Welcome';

	const [lost, ...screens] = tenant.devices;
	Object.assign(lost!, { status: 'Offline', lastOnlineAt: iso(-2 * DAY) });
	for (const [index, screen] of screens.slice(0, 3).entries()) {
		Object.assign(screen, { name: `Lobby screen ${index + 1}`, status: 'Online' });
		Object.assign(screen, { locationName: 'Reception' });
	}

	const [other, meeting, tomorrow] = tenant.events.filter(({ state }) => state === 'Pending');
	const room = tenant.resources.find(({ id, type }) => {
		return type === 'room' && !other?.resourceIds.includes(id);
	});
	if (!room || !meeting || !tomorrow) throw new Error('The tenant has too few rooms or bookings.');
	// A name that no other room has, so that a workflow finds this one by name.
	room.name = 'Planetarium';
	for (const event of tenant.events) {
		event.resourceIds = event.resourceIds.filter((id) => id !== room.id);
	}
	Object.assign(meeting, { state: 'Active', startAt: iso(-30 * MINUTE), endAt: iso(30 * MINUTE) });
	const day = iso(DAY).slice(0, 10);
	Object.assign(tomorrow, { startAt: `${day}T15:00:00Z`, endAt: `${day}T16:00:00Z` });
	for (const event of [meeting, tomorrow]) event.resourceIds = [room.id];

	const [visit] = tenant.visits;
	const [visitor] = tenant.visitors;
	if (!visit || !visitor) throw new Error('The tenant has no visits.');
	Object.assign(visit, { startAt: iso(-MINUTE), endAt: iso(MINUTE), visitors: [visitor] });
	return { leaver: makeLeaver(sandbox), department: makeDepartmentGroup(sandbox), room };
}
