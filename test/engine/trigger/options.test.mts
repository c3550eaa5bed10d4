import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { moveBookingsAway } from '../../support/bookingsAway.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { PublishedTrigger } from '../../support/triggerEngine.mts';

const DAY = 24 * 60;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ seed: 7, users: 30 });
	moveBookingsAway(sandbox);
});
afterEach(async () => await sandbox.close());

async function told(event: string, options: Record<string, unknown>, change: () => void) {
	const published = new PublishedTrigger({
		credentials: sandboxCredential(sandbox),
		parameters: { event, options },
		isPatient: false,
	});
	await published.publish();
	await published.tick();
	change();
	await published.tick();
	return published.items.length;
}

test.each<[watchedFields: unknown, field: string, count: number]>([
	[['jobTitle'], 'jobTitle', 1],
	[['jobTitle'], 'department', 0],
	[[], 'department', 1],
	[undefined, 'department', 1],
])('with the watched fields %j, a change of %s is told %d times', async (watched, field, count) => {
	const change = () => void Object.assign(sandbox.tenant.users[4] ?? {}, { [field]: 'Other' });
	expect(await told('userUpdated', { watchedFields: watched }, change)).toBe(count);
});

test.each<[daysAhead: number, startsIn: number, count: number]>([
	[3, 2 * DAY, 1],
	[3, 4 * DAY, 0],
	[60, 4 * DAY, 1],
])('of %d days ahead, a booking in %d minutes is told %d times', async (daysAhead, from, count) => {
	const change = () => {
		const [model] = sandbox.tenant.events;
		if (!model) throw new Error('The tenant has no bookings.');
		const times = { startAt: inMinutes(from), endAt: inMinutes(from + 60) };
		const made = { id: crypto.randomUUID(), createdAt: inMinutes(1) };
		sandbox.tenant.events.push({ ...model, ...times, ...made });
	};
	expect(await told('bookingCreated', { daysAhead }, change)).toBe(count);
});

test.each<[latest: number, count: number]>([
	[60, 0],
	[120, 1],
])(
	'%d minutes late, a booking that ended 90 minutes ago is told %d times',
	async (latest, count) => {
		const [booking] = sandbox.tenant.events;
		const end = (minutes: number) =>
			void Object.assign(booking ?? {}, {
				...{ startAt: inMinutes(minutes - 60), endAt: inMinutes(minutes) },
				...{ state: 'Active', title: 'Planning' },
			});
		end(30);
		expect(await told('bookingEnded', { latest }, () => end(-90))).toBe(count);
	},
);
