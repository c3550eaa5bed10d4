import { appspaceNode, apiCalls } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

/** An agent fills in endpoint and values as text; nothing has to be picked, and no description is read. */
const under = tenantUnderTest({ undocumentedReply: 'object' });
const fromAI = (key: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, 'string') }}`;
const asTool = async (endpoint: string, values: unknown = '', body: unknown = '') =>
	await run({
		credentials: under.credentials,
		// What the agent fills in arrives as the one item of the tool's run.
		input: [{ Endpoint: endpoint, Path_and_Query: values, Body: body } as never],
		nodes: [
			appspaceNode('apiCall.callEndpoint', {
				endpoint: { __rl: true, mode: 'id', value: fromAI('Endpoint') },
				parametersAs: 'json',
				parametersJson: fromAI('Path_and_Query'),
				bodyJson: fromAI('Body'),
			}),
		],
	});

it.each<[string, string, unknown]>([
	['values in JSON', 'GET /api/v3/devices/{id}', (id: string) => JSON.stringify({ id })],
	['values in an object', 'GET devices/{id}', (id: string) => ({ id })],
	['the value in the path', 'get /api/v3/devices/ID', () => ''],
	['an empty object', ' Get  devices/ID', () => '{}'],
])('%s', async (_, endpoint, values) => {
	const { id } = under.tenant.devices[4]!;
	const given = (values as (id: string) => unknown)(id);
	const { error, items } = await asTool(endpoint.replace('ID', id), given);
	expect(error).toBeUndefined();
	expect(items().map(({ json }) => json.id)).toEqual([id]);
	expect(apiCalls(under.sandbox)).toHaveLength(1);
});

it('a listing is limited, and lists in a query are separated by commas', async () => {
	const { error, items } = await asTool('GET devices?x=1', '{"tags":["a","b"],"none":null}');
	expect(error).toBeUndefined();
	expect(items()).toHaveLength(under.tenant.devices.length);
	const [first] = apiCalls(under.sandbox);
	expect(first?.query).toEqual({ x: '1', tags: 'a,b' });
});

it('a page that an agent asks for is that page', async () => {
	const { items } = await asTool('GET users', '{"limit":3,"start":2}');
	const ids = under.tenant.users.slice(2, 5).map(({ id }) => id);
	expect(items().map(({ json }) => json.id)).toEqual(ids);
	expect(apiCalls(under.sandbox)).toHaveLength(1);
});

it.each([['{"command":"restart"}'], [{ command: 'restart' }]])('a body: %j', async (body) => {
	const { id } = under.tenant.devices[0]!;
	const { error } = await asTool('POST devices/{id}/command', JSON.stringify({ id }), body);
	expect(error).toBeUndefined();
	expect(under.sent('POST', `/devices/${id}/command`)).toMatchObject([
		{ body: { command: 'restart' }, query: {} },
	]);
});

it.each([
	['/api/v3/devices', '', /"Endpoint" does not begin with a method/],
	['FETCH devices', '', /"Endpoint" does not begin with a method/],
	['GET devices/{id}', '{}', /"id" of the endpoint is empty/],
	['GET devices/{id}', '{"id":"../users"}', /lead outside/],
	['GET devices', 'id=5', /"Path and Query \(JSON\)" is not valid JSON/],
	['GET devices', '[1]', /is not a JSON object/],
	['GET https://evil.example/x', '', /is a complete URL/],
])('%j with %j is answered with a sentence to act on', async (endpoint, values, sentence) => {
	const { error } = await asTool(endpoint, values);
	expect(error?.message).toMatch(sentence);
	expect(error?.description).toMatch(/./);
	expect(apiCalls(under.sandbox)).toEqual([]);
});

it('a description that nobody can read does not matter', async () => {
	under.sandbox.fault({ path: /openapi/, times: 9, status: 500 });
	const { error } = await asTool('GET users/me');
	expect(error).toBeUndefined();
});
