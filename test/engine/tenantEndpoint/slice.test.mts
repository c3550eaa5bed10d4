import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, appspaceNode, locator } from '../../support/appspaceNode.mts';
import { listSearch, resourceMapping, run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ devices: 130, users: 70 });
});
afterAll(async () => await sandbox.close());

it('slice', async () => {
	const credentials = sandboxCredential(sandbox);
	const p = {
		resource: 'apiCall',
		operation: 'callEndpoint',
		service: locator('devices', 'list'),
		endpoint: locator('GET /api/v3/devices/{id}', 'list'),
	};
	console.log(JSON.stringify(await listSearch({ method: 'searchServices', credentials })));
	console.log(
		JSON.stringify(
			await listSearch({
				method: 'searchEndpoints',
				credentials,
				parameters: p,
				filter: 'get /devices config',
			}),
		),
	);
	console.log(
		JSON.stringify(
			await resourceMapping({ method: 'getEndpointParameters', credentials, parameters: p }),
			null,
			1,
		),
	);
	const exec = async (op: any, params: any, input: any = [{}]) => {
		sandbox.clearRequests();
		const r = await run({ credentials, input, nodes: [appspaceNode(op, params)] });
		console.log(
			op,
			r.error?.message,
			r.error?.description,
			r.items().length,
			String(JSON.stringify(r.items()[0])).slice(0, 300),
			JSON.stringify(apiCalls(sandbox)),
		);
	};
	const id = sandbox.tenant.devices[3]!.id;
	await exec('apiCall.callEndpoint', {
		...p,
		parameters: { mappingMode: 'defineBelow', value: { 'path.id': id } },
	});
	await exec('apiCall.callEndpoint', {
		...p,
		endpoint: locator('GET /api/v3/devices'),
		returnAll: true,
	});
	await exec('apiCall.callEndpoint', {
		...p,
		endpoint: locator('GET /api/v3/devices'),
		limit: 105,
	});
	await exec(
		'apiCall.callEndpoint',
		{
			endpoint: '={{ $json.e }}',
			parametersAs: 'json',
			parametersJson: '={{ $json.p }}',
			bodyJson: '={{ $json.b }}',
		},
		[
			{
				e: 'GET /api/v3/users/{id}',
				p: JSON.stringify({ id: sandbox.tenant.users[0]!.id }),
				b: '',
			},
			{ e: 'GET users?userType=x', p: '' },
		],
	);
	await exec('apiCall.callEndpoint', {
		...p,
		endpoint: locator('POST /api/v3/devices/{id}/command'),
		parameters: {
			mappingMode: 'defineBelow',
			value: { 'path.id': id, 'body.command': 'restart', 'body.parameters': '{"a":1}' },
		},
	});
	await exec('apiCall.rawRequest', { path: 'users/me' });
	await exec('apiCall.rawRequest', { path: '/api/v3/users', readPages: true, returnAll: true });
	await exec('apiCall.rawRequest', {
		path: '/api/v3/users',
		responseFormat: 'file',
		options: { fullResponse: true },
	});
	await exec('apiCall.rawRequest', { path: '/api/v3/users/../x' });
	await exec('apiCall.rawRequest', { path: '/api/v3/users/nope' });
});
