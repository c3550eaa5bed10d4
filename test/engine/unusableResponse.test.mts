import { appspaceNode } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { bytes, reply, startRawServer, type RawServer, type Reply } from '../support/rawServer.mts';

/** Longer than the limit below. */
const LARGE = reply.json({ report: 'r'.repeat(100_000) });
const LIMIT = 0.01;

let server: RawServer;
let response: Reply;
beforeEach(async () => {
	response = LARGE;
	server = await startRawServer(() => response);
});
afterEach(async () => await server.close());

const raw = async (parameters: object) =>
	await run({
		credentials: server.store,
		nodes: [
			appspaceNode('apiCall.rawRequest', {
				...{ path: 'reports', options: { largestFile: LIMIT }, ...parameters },
			}),
		],
	});

describe.each(['text', 'file'])('a response that is too large, as %s', (responseFormat) => {
	it.each([
		['as announced', LARGE],
		['without a length', reply.text('r'.repeat(100_000), { headers: { 'content-length': '' } })],
	])('a write was carried out, and the message says so: %s', async (_, large) => {
		response = large;
		const { error } = await raw({ method: 'POST', responseFormat });
		expect(error?.message).toBe('The file is larger than 0.01 MB');
		expect(error?.description).toMatch(
			/^Increase "Largest File.*has carried out the request\. Check/,
		);
		expect(server.requests).toHaveLength(1);
	});

	it('a read changes nothing', async () => {
		const { error } = await raw({ responseFormat });
		expect(error?.message).toBe('The file is larger than 0.01 MB');
		expect(error?.description).not.toMatch(/carried out/);
	});
});

const half = bytes('{"id":"r1"}').subarray(0, -3);

describe.each(['json', 'text', 'file'])('a write with a response as %s', (responseFormat) => {
	it.each<[string, Reply]>([
		['breaks off', reply.partThenReset(half)],
		['ends too early', reply.partThenEnd(half)],
		...(responseFormat === 'text' ? [] : [['is a web page', reply.html()] as [string, Reply]]),
	])('may have been carried out where the response %s', async (_, broken) => {
		response = broken;
		const { error } = await raw({ method: 'POST', responseFormat });
		expect(error?.description).toMatch(/may have carried out the request/);
		expect(server.requests).toHaveLength(1);
	});
});

it('a write that was never sent was not carried out', async () => {
	const { error } = await raw({
		...{ method: 'POST', responseFormat: 'file', bodyContent: 'json' },
		body: '={{ {"id":9007199254740993} }}',
	});
	expect(server.requests).toEqual([]);
	expect(error?.message).toMatch(/too large|rounded/);
	expect(error?.description).not.toMatch(/carried out/);
});
