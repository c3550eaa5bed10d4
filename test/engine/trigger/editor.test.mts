import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { events } from '../../../nodes/AppspaceTrigger/events/events.ts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { eventNames, PublishedTrigger } from '../../support/triggerEngine.mts';
import { changes, parametersFor } from './changes.mts';

let sandbox: Sandbox;
beforeEach(async () => (sandbox = await startSandbox({ seed: 7, users: 30 })));
afterEach(async () => await sandbox.close());

const trigger = (event: string, more: Record<string, unknown> = {}) =>
	new PublishedTrigger({
		credentials: sandboxCredential(sandbox),
		parameters: { ...parametersFor(event, sandbox), ...more },
		isPatient: false,
	});

describe.each(eventNames())('a test of %s in the editor', (event) => {
	test('gives up to three records, the latest first', async () => {
		changes[event]?.before?.(sandbox);
		changes[event]?.make(sandbox);
		const items = (await trigger(event, { simplify: false }).test()) ?? [];
		expect(items.length).toBeGreaterThan(0);
		expect(items.length).toBeLessThanOrEqual(3);
		const happenedAt = events.find(({ value }) => value === event)?.happenedAt;
		const times = items.map((item) => String(happenedAt?.(item) ?? ''));
		expect(times).toEqual([...times].sort().reverse());
		expect(items.map((item) => item.trigger.event)).toEqual(items.map(() => event));
	});

	test('says that there is nothing in an empty tenant, which is no error', async () => {
		const body = { items: [], start: 0, limit: 100, size: 0 };
		sandbox.fault({
			path: /api\/v3\/(?!authorization|users\/me)/,
			...{ status: 200, body, times: 100 },
		});
		expect(await trigger(event).test()).toBeNull();
	});
});
