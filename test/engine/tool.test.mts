import type { INode, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { Appspace } from '../../nodes/Appspace/Appspace.node.ts';
import { entryOf } from '../../nodes/Appspace/runtime/listOfLocators.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { apiCalls, appspaceNode, locator, locators } from '../support/appspaceNode.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { run } from '../support/engine.mts';
import { workflow as n8n } from '../support/n8nModules.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

/**
 * n8n makes a tool of the node for AI agents. What an agent is told of it is the description that n8n
 * derives from resource and operation; what it fills in are the parameters that hold `$fromAI`.
 */

const node = new Appspace();
const { description } = node;
const properties = description.properties;
const operations = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options }) =>
		(options as INodePropertyOptions[]).map((option) => ({
			...option,
			resource: String(displayOptions?.show?.resource?.[0]),
		})),
	);
const nested = ({ type, options = [] }: INodeProperties): INodeProperties[] =>
	type === 'collection' ? (options as INodeProperties[]) : [];
const fields = properties.flatMap((property) => [property, ...nested(property)]);

const toolDescription = (resource: string, operation: unknown) =>
	n8n.NodeHelpers.getToolDescriptionForNode(
		{ parameters: { resource, operation, descriptionType: 'auto' } } as unknown as INode,
		node,
	);

it('is offered to agents', () => {
	expect(description.usableAsTool).toBe(true);
	// The twin adds this parameter unless the node has one already.
	expect(fields.map(({ name }) => name)).not.toContain('toolDescription');
});

it.each(operations)(
	'$resource: $value tells an agent what it does',
	({ resource, value, action }) => {
		expect(toolDescription(resource, value)).toBe(`${action} in Appspace`);
	},
);

it('no two operations are told of in the same words', () => {
	const told = operations.map(({ resource, value }) => toolDescription(resource, value));
	expect(new Set(told).size).toBe(told.length);
});

it.each(operations)('$resource: $value has texts that differ', ({ name, action, description }) => {
	expect(action).toMatch(/^[A-Z][^A-Z]/);
	expect(description).toMatch(/^[A-Z]/);
	expect(description!.length).toBeGreaterThan(10);
	expect(description?.toLowerCase()).not.toBe(action?.toLowerCase());
	expect(name).not.toBe(action);
});

it('every parameter whose name alone does not say what to fill in is described', () => {
	const types = ['resourceLocator', 'number', 'boolean'];
	const described = fields.filter((field) => types.includes(field.type) || entryOf(field));
	expect(described.length).toBeGreaterThan(10);
	for (const { name, description } of described) {
		expect({ name, description }).toEqual({
			name,
			description: expect.stringMatching(/^[A-Z].{9,}/),
		});
	}
});

describe('with values from an agent', () => {
	let sandbox: Sandbox;
	let credentials: CredentialStore;
	beforeAll(async () => {
		const settings = { undocumentedReply: 'object' } as const;
		sandbox = await startSandbox({ channels: 8, users: 120, settings });
		credentials = sandboxCredential(sandbox);
	});
	beforeEach(() => sandbox.clearRequests());
	afterAll(async () => await sandbox.close());

	const fromAI = (key: string, type = 'string') =>
		`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${type}') }}`;
	/** What the agent fills in arrives as the one item of the tool's run. */
	const asTool = async (
		operation: `${string}.${string}`,
		parameters: Record<string, unknown>,
		filledIn: Record<string, unknown>,
	) =>
		await run({
			credentials,
			input: [filledIn as never],
			nodes: [appspaceNode(operation, parameters)],
		});

	it.each([
		['as plain text', fromAI('Channel')],
		['in a locator by ID', locator(fromAI('Channel'))],
		['in a locator from the list', locator(fromAI('Channel'), 'list')],
	])('an ID is taken %s', async (_, channelId) => {
		const { id } = sandbox.tenant.channels[2]!;
		const { error, items } = await asTool('channel.get', { channelId }, { Channel: ` ${id}` });
		expect(error).toBeUndefined();
		expect(items()[0]?.json.id).toBe(id);
	});

	it.each([
		['comma-separated text', (ids: string[]) => ids.join(', ')],
		['a list', (ids: string[]) => ids],
	])('several IDs are taken as %s', async (_, given) => {
		const channelId = sandbox.tenant.channels[0]!.id;
		const ids = sandbox.tenant.devices.slice(4, 6).map(({ id }) => id);
		const { error, items } = await asTool(
			'channel.replacePublishTargets',
			{ channelId: fromAI('Channel'), deviceIds: locators(fromAI('Devices')) },
			{ Channel: channelId, Devices: given(ids) },
		);
		expect(error).toBeUndefined();
		const targets = items()[0]?.json.publishTargets as Array<{ targetId: string }>;
		expect(targets.map(({ targetId }) => targetId)).toEqual(ids);
	});

	it('numbers and switches are taken', async () => {
		const { items } = await asTool(
			'user.getAll',
			{ returnAll: fromAI('All', 'boolean'), limit: fromAI('Limit', 'number') },
			{ All: false, Limit: 3 },
		);
		expect(items()).toHaveLength(3);
	});

	it('text and filters are taken', async () => {
		const user = sandbox.tenant.users[70]!;
		const byEmail = await asTool(
			'user.getByEmail',
			{ email: fromAI('Email') },
			{ Email: user.email },
		);
		expect(byEmail.items()[0]?.json.id).toBe(user.id);
		const filters = { search: fromAI('Search'), status: fromAI('Status') };
		const filled = { Search: user.email, Status: '' };
		const bySearch = await asTool('user.getAll', { filters }, filled);
		expect(bySearch.items().map(({ json }) => json.id)).toEqual([user.id]);
	});

	it('a name where an ID belongs is told of by its parameter, in a sentence to act on', async () => {
		const filledIn = { Channel: 'Lobby screen' };
		const { error } = await asTool('channel.get', { channelId: fromAI('Channel') }, filledIn);
		expect(error?.message).toBe('Channel "Lobby screen" was not found');
		expect(apiCalls(sandbox)).toHaveLength(1);
	});
});
