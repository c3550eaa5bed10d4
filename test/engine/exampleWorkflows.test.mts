import { readdirSync, readFileSync } from 'node:fs';
import { resources } from '../../nodes/Appspace/resources/resources.ts';
import { events } from '../../nodes/AppspaceTrigger/events/events.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { everyOperation } from '../../scripts/operationsTable.mts';
import { runWorkflow } from '../support/engine.mts';
import { startsByItself } from '../n8n/examples.mts';
import { makeDepartmentGroup } from '../support/departmentGroup.mts';
import { makeLeaver } from '../support/leaver.mts';
import { makeMissedBooking } from '../support/missedBooking.mts';
import type { RunResult } from '../support/runResult.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import type { WorkflowJson } from '../support/workflow.mts';

const NOTE = 'n8n-nodes-base.stickyNote';
const WEBHOOK = 'n8n-nodes-base.webhook';
const files = readdirSync('examples').filter((file) => file.endsWith('.json'));
const read = (file: string) =>
	JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as WorkflowJson & { name: string };

let sandbox: Sandbox;
let atStart: Sandbox['tenant'];
let missed: string;
let leaver: string;
let department: ReturnType<typeof makeDepartmentGroup>;
beforeAll(async () => {
	sandbox = await startSandbox({ seed: 4 });
	atStart = structuredClone(sandbox.tenant);
});
beforeEach(() => {
	Object.assign(sandbox.tenant, structuredClone(atStart));
	sandbox.clearRequests();
	missed = makeMissedBooking(sandbox);
	leaver = makeLeaver(sandbox);
	department = makeDepartmentGroup(sandbox);
});
afterAll(async () => await sandbox.close());

const runExample = async (file: string): Promise<RunResult> =>
	await runWorkflow({ workflow: read(file), credentials: sandboxCredential(sandbox) });

/** Requests that change something: not those for a token, nor a search by POST. */
const writes = () =>
	sandbox.requests.filter(
		({ method, path }) => method !== 'GET' && !/\/(token|reservable)$/.test(path),
	);

/** Those that a trigger starts run in the real n8n: test/n8n/checks/triggeredExamples.mts. */
const byHand = files.filter((file) => !startsByItself(read(file)));

const noteOf = (file: string) =>
	String(read(file).nodes.find(({ type }) => type === NOTE)?.parameters.content);

describe.each(byHand)('%s', (file) => {
	const { nodes } = read(file);
	const note = noteOf(file);

	it('runs, every node of it gives something, and the note tells whether it writes', async () => {
		const result = await runExample(file);
		expect(result.error).toBeUndefined();
		const silent = nodes.filter(({ type, name }) => type !== NOTE && !result.items(name).length);
		expect(silent.map(({ name }) => name)).toEqual([]);
		expect(note.includes('It only reads.')).toBe(writes().length === 0);
		expect(/\*\*This (acts|books|changes|makes)\b/.test(note)).toBe(writes().length > 0);
	});
});

describe.each(files)('%s', (file) => {
	const { name: title, nodes, ...workflow } = read(file);
	const notes = nodes.filter(({ type }) => type === NOTE).map(({ parameters }) => parameters);
	const note = noteOf(file);

	it('can be imported by anybody: one note, no credentials, no pinned data, no IDs', () => {
		expect(title).toMatch(/^Appspace: /);
		expect(notes).toHaveLength(1);
		expect(note).toContain('**Before the first run:**');
		expect(nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(workflow).toMatchObject({ pinData: {} });
		const filledIn = JSON.stringify(nodes.map(({ parameters }) => parameters));
		expect(filledIn).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/i);
	});

	it('has a note that names its nodes as they are called', () => {
		const known = new Set(nodes.map(({ name }) => name));
		const named = [...note.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name);
		const others = /^(This |Before the first run:$|Execute workflow$)/;
		expect(named.filter((name) => !known.has(name) && !others.test(name))).toEqual([]);
	});
});

test('the no-show is freed, but not who has checked in or may still come', async () => {
	const [here, ...mayCome] = sandbox.tenant.events.filter(({ id }) => id !== missed);
	const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
	Object.assign(here!, { state: 'Active', startAt: ago(30), endAt: ago(-30) });
	for (const event of mayCome) {
		Object.assign(event, { state: 'Pending', startAt: ago(10), endAt: ago(-30) });
	}
	await runExample('no-shows.json');
	const released = sandbox.tenant.events.filter(({ state }) => state === 'Released');
	expect(released.map(({ id }) => id)).toEqual([missed]);
});

test('who is on-boarded twice is one user, in the group once', async () => {
	await runExample('onboard-user.json');
	const made = sandbox.tenant.scimUsers.at(-1)!;
	expect(made).toMatchObject({ userName: 'new.colleague@example.com', active: true });
	const again = await runExample('onboard-user.json');
	expect(again.items('Create or Update').map(({ json }) => json.outcome)).toEqual(['unchanged']);
	const isNew = ({ userName }: { userName: string }) => userName === made.userName;
	expect(sandbox.tenant.scimUsers.filter(isNew)).toHaveLength(1);
	const group = sandbox.tenant.scimGroups.find(({ displayName }) => displayName === 'Reception');
	expect(group?.members?.filter(({ value }) => value === made.id)).toHaveLength(1);
	expect(group?.members).toHaveLength(5);
});

test('who is on-boarded again after leaving can sign in again', async () => {
	await runExample('onboard-user.json');
	const user = sandbox.tenant.scimUsers.find(
		({ userName }) => userName === 'new.colleague@example.com',
	)!;
	user.active = false;
	const again = await runExample('onboard-user.json');
	expect(again.items('Create or Update').map(({ json }) => json)).toMatchObject([
		{ id: user.id, outcome: 'updated', active: true },
	]);
	expect(sandbox.tenant.scimUsers.find(({ id }) => id === user.id)?.active).toBe(true);
});

test('who is off-boarded cannot sign in and is in no group, and nobody else is', async () => {
	const others = () =>
		sandbox.tenant.scimGroups.map(({ members = [] }) =>
			members.map(({ value }) => value).filter((value) => value !== leaver),
		);
	const before = structuredClone(others());
	await runExample('offboard-user.json');
	const { active } = sandbox.tenant.scimUsers.find(({ id }) => id === leaver)!;
	expect(active).toBe(false);
	const members = sandbox.tenant.scimGroups.flatMap((group) => group.members ?? []);
	expect(members.some(({ value }) => value === leaver)).toBe(false);
	expect(others()).toEqual(before);
});

test('the group of a department gets exactly its active users, and no other group changes', async () => {
	const others = () => sandbox.tenant.scimGroups.filter(({ id }) => id !== department.id);
	const before = structuredClone(others());
	const result = await runExample('department-groups.json');
	expect(result.items('Set Members').map(({ json }) => json)).toEqual([
		expect.objectContaining({ id: department.id, added: 1, removed: 1, unchanged: 3 }),
	]);
	const group = sandbox.tenant.scimGroups.find(({ id }) => id === department.id);
	expect(group?.members?.map(({ value }) => value)).toEqual(department.wanted);
	expect(others()).toEqual(before);
});

test('a channel that was updated today is not called stale', async () => {
	const [fresh] = sandbox.tenant.channels;
	fresh!.contentLastUpdatedAt = new Date().toISOString();
	const result = await runExample('stale-channels.json');
	const stale = result.items('Not Updated for 30 Days').map(({ json }) => json.id);
	expect(stale).toHaveLength(sandbox.tenant.channels.length - 1);
	expect(stale).not.toContain(fresh!.id);
});

test.each(['publish-channel.json', 'change-booking.json'])('%s tidies up', async (file) => {
	const kept = () => ({
		shown: sandbox.tenant.channels.map(({ publishTo }) => publishTo.map((to) => to.targetId)),
		booked: sandbox.tenant.reservations.map(({ id }) => id),
	});
	const before = structuredClone(kept());
	await runExample(file);
	expect(writes().length).toBeGreaterThan(1);
	expect(kept()).toEqual(before);
});

describe('docs/i-want-to.md', () => {
	const tasks = [
		...readFileSync('docs/i-want-to.md', 'utf8').matchAll(
			/^\| (.+?) +\| (.+?: .+?) +\| \[.+?\]\(\.\.\/examples\/(.+?)\)( \\\*)? +\|$/gm,
		),
	].map(([, task = '', operations = '', file = '', star]) => {
		return { task, operations: operations.split('<br>'), file, writes: star !== undefined };
	});

	it('has at least 20 tasks, and leads to every example', () => {
		expect(new Set(tasks.map(({ task }) => task)).size).toBeGreaterThanOrEqual(20);
		expect([...new Set(tasks.map(({ file }) => file))].sort()).toEqual([...files].sort());
	});

	it.each(tasks)('$task: $file does it with these operations', ({ operations, file, writes }) => {
		const { nodes } = read(file);
		const used = everyOperation(resources)
			.filter(([resource, { value }]) =>
				nodes.some(({ parameters }) => {
					return parameters.resource === resource.value && parameters.operation === value;
				}),
			)
			.map(([resource, { name }]) => `${resource.name}: ${name}`);
		const started = events
			.filter(({ value }) => nodes.some(({ parameters }) => parameters.event === value))
			.map(({ name }) => `Appspace Trigger: ${name}`);
		const called = nodes.some(({ type }) => type === WEBHOOK) ? ['n8n: Webhook'] : [];
		expect([...used, ...started, ...called]).toEqual(expect.arrayContaining(operations));
		expect(JSON.stringify(nodes).includes('It only reads.')).toBe(!writes);
	});
});
