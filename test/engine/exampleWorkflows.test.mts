import type { IDataObject } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { runWorkflow } from '../support/engine.mts';
import { startsOf, waitsForSomebody } from '../n8n/examples.mts';
import { exampleForEngine } from '../support/exampleForEngine.mts';
import { makeExampleTenant, type ExampleTenant } from '../support/exampleTenant.mts';
import type { RunResult } from '../support/runResult.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { silentNodes } from '../support/silentNodes.mts';
import type { WorkflowJson } from '../support/workflow.mts';

const NOTE = 'n8n-nodes-base.stickyNote';
const files = readdirSync('examples').filter((file) => file.endsWith('.json'));
const read = (file: string) =>
	JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as WorkflowJson & { name: string };

let sandbox: Sandbox;
let atStart: Sandbox['tenant'];
let known: ExampleTenant;
beforeAll(async () => {
	sandbox = await startSandbox({ seed: 4 });
	atStart = structuredClone(sandbox.tenant);
});
beforeEach(() => {
	Object.assign(sandbox.tenant, structuredClone(atStart));
	sandbox.clearRequests();
	known = makeExampleTenant(sandbox);
});
afterAll(async () => await sandbox.close());

const runExample = async (file: string, input?: IDataObject, start?: string): Promise<RunResult> =>
	await runWorkflow({
		workflow: exampleForEngine(read(file), start),
		credentials: sandboxCredential(sandbox),
		...(input && { input: [input] }),
	});

/** Requests that change something: not those for a token, nor a search by POST. */
const writes = () =>
	sandbox.requests.filter(
		({ method, path }) => method !== 'GET' && !/\/(token|reservable)$/.test(path),
	);

/**
 * What else starts workflows happens in the real n8n: test/n8n/checks/outsideExamples.mts. So does an answer
 * that a workflow waits for: approvedExample.mts.
 */
const runs = files
	.filter((file) => !waitsForSomebody(read(file)))
	.flatMap((file) => startsOf(read(file)).map((start) => [file, start] as const));

const noteOf = (file: string) =>
	String(read(file).nodes.find(({ type }) => type === NOTE)?.parameters.content);

describe.each(runs)('%s from "%s"', (file, start) => {
	const { nodes, connections } = read(file);
	const note = noteOf(file);

	it('runs, every node of it gives something, and the note tells whether it writes', async () => {
		const { error, outputs } = await runExample(file, {}, start);
		expect(error).toBeUndefined();
		expect(silentNodes(nodes, connections, outputs, [start])).toEqual([]);
		// What the campaign takes down was put up before.
		const isQuiet = start === 'Campaign Ends';
		expect(writes().length > 0).toBe(!note.includes('It only reads.') && !isQuiet);
		expect(/\*\*This (acts|changes|makes)\b/.test(note)).toBe(!note.includes('It only reads.'));
	});
});

const colleague = {
	...{ 'First name': 'New', 'Last name': 'Colleague', Email: 'new.colleague@example.com' },
	...{ Department: 'Front Desk', 'Job title': 'Receptionist', Group: 'Reception' },
};

test('who is on-boarded twice is one user, in the group once', async () => {
	await runExample('onboard-user.json', colleague);
	const made = sandbox.tenant.scimUsers.at(-1)!;
	expect(made).toMatchObject({ userName: 'new.colleague@example.com', active: true });
	const again = await runExample('onboard-user.json', colleague);
	expect(again.items('Create or Update').map(({ json }) => json.outcome)).toEqual(['unchanged']);
	const isNew = ({ userName }: { userName: string }) => userName === made.userName;
	expect(sandbox.tenant.scimUsers.filter(isNew)).toHaveLength(1);
	const group = sandbox.tenant.scimGroups.find(({ displayName }) => displayName === 'Reception');
	expect(group?.members?.filter(({ value }) => value === made.id)).toHaveLength(1);
	expect(group?.members).toHaveLength(5);
});

test('who is on-boarded again after leaving can sign in again', async () => {
	await runExample('onboard-user.json', colleague);
	const user = sandbox.tenant.scimUsers.find(
		({ userName }) => userName === 'new.colleague@example.com',
	)!;
	user.active = false;
	const again = await runExample('onboard-user.json', colleague);
	expect(again.items('Create or Update').map(({ json }) => json)).toMatchObject([
		{ id: user.id, outcome: 'updated', active: true },
	]);
	expect(sandbox.tenant.scimUsers.find(({ id }) => id === user.id)?.active).toBe(true);
});

test('who is off-boarded cannot sign in and is in no group, and nobody else is', async () => {
	const others = () =>
		sandbox.tenant.scimGroups.map(({ members = [] }) =>
			members.map(({ value }) => value).filter((value) => value !== known.leaver),
		);
	const before = structuredClone(others());
	await runExample('offboard-user.json', { Email: 'leaver@example.com' });
	const { active } = sandbox.tenant.scimUsers.find(({ id }) => id === known.leaver)!;
	expect(active).toBe(false);
	const members = sandbox.tenant.scimGroups.flatMap((group) => group.members ?? []);
	expect(members.some(({ value }) => value === known.leaver)).toBe(false);
	expect(others()).toEqual(before);
});

test('the group of a department gets exactly its active users, and no other group changes', async () => {
	const others = () => sandbox.tenant.scimGroups.filter(({ id }) => id !== known.department.id);
	const before = structuredClone(others());
	const result = await runExample('department-groups.json');
	expect(result.items('Set Members').map(({ json }) => json)).toEqual([
		expect.objectContaining({ id: known.department.id, added: 1, removed: 1, unchanged: 3 }),
	]);
	const group = sandbox.tenant.scimGroups.find(({ id }) => id === known.department.id);
	expect(group?.members?.map(({ value }) => value)).toEqual(known.department.wanted);
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

test('a campaign is shown on the lobby screens, and taken down from them alone', async () => {
	const channel = sandbox.tenant.channels.find(({ name }) => name === 'Winter campaign')!;
	const lobby = sandbox.tenant.devices.filter(({ name }) => /lobby/i.test(name));
	const shownOn = () => channel.publishTo.map(({ targetId }) => targetId).sort();
	const others = shownOn().filter((id) => !lobby.some((screen) => screen.id === id));
	await runExample('campaign.json', {}, 'Campaign Begins');
	expect(shownOn()).toEqual([...others, ...lobby.map(({ id }) => id)].sort());
	await runExample('campaign.json', {}, 'Campaign Ends');
	expect(shownOn()).toEqual(others);
});

test('a room is closed: its bookings of the day are off, it is booked, and no other room is', async () => {
	const { room } = known;
	const other = sandbox.tenant.resources.find(({ id, type }) => type === 'room' && id !== room.id)!;
	other.name = `${room.name} 2`;
	const booked = sandbox.tenant.reservations.length;
	const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
	const event = sandbox.tenant.events.find(
		({ startAt, resourceIds }) => startAt > tomorrow && resourceIds.includes(room.id),
	);
	const others = () =>
		sandbox.tenant.events.filter(({ resourceIds }) => !resourceIds.includes(room.id));
	const before = structuredClone(others());
	await runExample('close-room.json', { Room: room.name, Day: tomorrow, Reason: 'Renovation' });
	expect(event?.state).toBe('Cancelled');
	expect(sandbox.tenant.reservations.slice(booked)).toMatchObject([
		{ title: 'Closed: Renovation', resourceIds: [room.id] },
	]);
	expect(others()).toEqual(before);
});

test('a meeting that is going on becomes 15 minutes longer', async () => {
	const event = sandbox.tenant.events.find(({ state }) => state === 'Active')!;
	const end = Date.parse(event.endAt);
	await runExample('extend-meeting.json', { query: { room: known.room.id } });
	expect(Date.parse(event.endAt) - end).toBe(15 * 60_000);
});

test('only lobby screens restart at night', async () => {
	await runExample('nightly-restart.json');
	const lobby = sandbox.tenant.devices.filter(({ name }) => /lobby/i.test(name));
	const restarted = sandbox.tenant.deviceOrders.map(({ deviceId }) => deviceId);
	expect(restarted).toEqual(lobby.map(({ id }) => id));
});
