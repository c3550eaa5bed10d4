import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { PublishedTrigger, type Scheduler } from '../../support/triggerEngine.mts';

let sandbox: Sandbox;
beforeEach(async () => (sandbox = await startSandbox({ seed: 7, users: 30 })));
afterEach(async () => await sandbox.close());

const trigger = (parameters: Record<string, unknown>, scheduler: Scheduler = 'usual') =>
	new PublishedTrigger({ credentials: sandboxCredential(sandbox), parameters, scheduler });

function addUser(name: string) {
	const [model] = sandbox.tenant.users;
	if (!model) throw new Error('No users');
	const user = { ...model, id: crypto.randomUUID(), name, email: `${name}@example.com` };
	sandbox.tenant.users.push(user);
	return user;
}

describe.each<Scheduler>(['usual', 'durable'])('%s scheduler', (scheduler) => {
	test('a new user is told once, also after a crash', async () => {
		const published = trigger({ event: 'userCreated' }, scheduler);
		await published.publish();
		expect(await published.tick()).toEqual([]);
		const user = addUser('mary');
		const [item] = await published.tick();
		expect(item).toMatchObject({ id: user.id, trigger: { event: 'userCreated' } });
		expect(await published.tick()).toEqual([]);
		await published.crash();
		const second = addUser('nathan');
		expect((await published.tick()).map(({ id }) => id)).toEqual([second.id]);
		expect(published.items).toHaveLength(2);
	});

	test('an updated user is told with the old values', async () => {
		const published = trigger({ event: 'userUpdated' }, scheduler);
		await published.publish();
		await published.tick();
		const [user] = sandbox.tenant.users;
		const before = user?.department;
		Object.assign(user ?? {}, { department: 'Space' });
		const [item] = await published.tick();
		expect(item).toMatchObject({ id: user?.id, trigger: { previous: { department: before } } });
	});

	test('a deleted user is told after two readings', async () => {
		const published = trigger({ event: 'userDeleted' }, scheduler);
		await published.publish();
		await published.tick();
		const [user] = sandbox.tenant.users.splice(4, 1);
		expect(await published.tick()).toEqual([]);
		const [item] = await published.tick();
		expect(item).toMatchObject({ id: user?.id, email: user?.email });
		expect(await published.tick()).toEqual([]);
	});
});
