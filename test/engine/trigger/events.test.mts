import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { moveBookingsAway } from '../../support/bookingsAway.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { eventNames, PublishedTrigger, type Scheduler } from '../../support/triggerEngine.mts';
import { changes, parametersFor } from './changes.mts';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ seed: 7, users: 30 });
	moveBookingsAway(sandbox);
	for (const user of sandbox.tenant.users) user.status = 'Active';
});
afterEach(async () => await sandbox.close());

const cases = Object.entries(changes);
const trigger = (event: string, more: Record<string, unknown> = {}, scheduler?: Scheduler) =>
	new PublishedTrigger({
		credentials: sandboxCredential(sandbox),
		parameters: { ...parametersFor(event, sandbox), ...more },
		scheduler,
		isPatient: false,
	});

/** Polls until the event must have been told: what is gone takes two readings. */
async function polled(published: PublishedTrigger): Promise<void> {
	for (let count = 0; count < 3; count++) await published.tick();
}

test('every event of the node is tested here', () => {
	expect(Object.keys(changes).sort()).toEqual(eventNames().sort());
});

describe.each(cases)('%s', (event, { before, make, others, previous }) => {
	test.each<Scheduler>(['usual', 'durable'])(
		'is told once, by the %s scheduler',
		async (scheduler) => {
			before?.(sandbox);
			const published = trigger(event, {}, scheduler);
			await published.publish();
			await polled(published);
			expect(published.items).toEqual([]);
			const id = make(sandbox);
			await polled(published);
			expect(published.items).toMatchObject([
				{ id, trigger: { event, eventId: expect.stringMatching(/^[\w-]{22}$/) } },
			]);
			const [item] = published.items;
			expect(Date.parse(item!.trigger.detectedAt)).toBeGreaterThan(Date.now() - 60_000);
			if (previous) expect(item!.trigger.previous).toMatchObject(previous);
			await published.crash();
			await polled(published);
			expect(published.items).toHaveLength(1);
		},
	);

	test.each(Object.entries(others))('is not told when %s', async (_name, other) => {
		before?.(sandbox);
		const published = trigger(event);
		await published.publish();
		await published.tick();
		other(sandbox);
		await polled(published);
		expect(published.items).toEqual([]);
	});

	test('has the same ID when an older state repeats it', async () => {
		before?.(sandbox);
		const published = trigger(event);
		await published.publish();
		await published.tick();
		const older = published.saved;
		make(sandbox);
		await polled(published);
		published.overwrite(older);
		await published.crash();
		await polled(published);
		const ids = published.items.map(({ trigger: { eventId } }) => eventId);
		expect(ids).toHaveLength(2);
		expect(new Set(ids).size).toBe(1);
	});

	test('shows the whole record without Simplify, and ten fields at most with it', async () => {
		before?.(sandbox);
		const [simple, raw] = [trigger(event), trigger(event, { simplify: false })];
		for (const published of [simple, raw]) await published.publish();
		make(sandbox);
		for (const published of [simple, raw]) await polled(published);
		const fields = (published: PublishedTrigger) => {
			const record = Object.keys(published.items[0] ?? {});
			return record.filter((name) => !['trigger', 'group'].includes(name)).length;
		};
		expect(fields(simple)).toBeLessThanOrEqual(10);
		expect(fields(raw)).toBeGreaterThanOrEqual(fields(simple));
	});

	test('can be tried in the editor', async () => {
		before?.(sandbox);
		make(sandbox);
		const items = (await trigger(event).test()) ?? [];
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) expect(item.trigger).toMatchObject({ event, previous: {} });
	});

	test('happens under any name of the node', async () => {
		before?.(sandbox);
		const published = trigger(event);
		await published.publish();
		await published.tick();
		published.name = 'Another name';
		make(sandbox);
		await published.publish();
		await polled(published);
		expect(published.items).toHaveLength(1);
	});
});
