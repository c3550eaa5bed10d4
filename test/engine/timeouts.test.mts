import { unclear } from '../faults/unclear.mts';
import { appspaceNode, locators } from '../support/appspaceNode.mts';
import type { Engine } from '../support/engine.mts';
import { impatientEngine } from '../support/changedPackage.mts';
import {
	bytes,
	reply,
	startRawServer,
	type RawRequest,
	type Reply,
} from '../support/rawServer.mts';
import { until } from '../support/until.mts';

const PATIENCE = 1_000;
let engine: Engine;

beforeAll(async () => {
	engine = await impatientEngine(PATIENCE);
});

const whole = bytes('{"id":"c1"}');
const endless = bytes('{"id":"', { headers: { 'content-length': '1000000' } });
const interim = Buffer.from('HTTP/1.1 102 Processing\r\n\r\n');
const upgrade = Buffer.from(
	'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
);
const PAUSE = 50;

/** Every way of never giving an answer. */
const stalls: Array<[string, Reply]> = [
	['says nothing', reply.partThenSilence(Buffer.alloc(0))],
	['stalls in the head', reply.partThenSilence(whole.subarray(0, 30))],
	['stalls in the body', reply.partThenSilence(whole.subarray(0, -3))],
	['trickles for ever', reply.slowly(whole, whole.length, PAUSE)],
	['drips a head', reply.partThenDrip(whole.subarray(0, 30), Buffer.from('a'), PAUSE)],
	['drips a body', reply.partThenDrip(endless, Buffer.from('a'), PAUSE)],
	['switches protocols', reply.partThenSilence(upgrade)],
	['sends interim answers for ever', reply.partThenDrip(interim, interim, PAUSE)],
];

interface Subject {
	operation: `${string}.${string}`;
	parameters: Record<string, unknown>;
	/** The request that matters. */
	method: string;
	target: RegExp;
}

const READ: Subject = {
	...{ operation: 'channel.get', parameters: { channelId: 'c1' } },
	...{ method: 'GET', target: /./ },
};
const SCIM: Subject = {
	...{ operation: 'scimUser.get', parameters: { scimUserId: 'u1' } },
	...{ method: 'GET', target: /./ },
};
const DESCRIPTION: Subject = {
	operation: 'apiCall.callEndpoint',
	parameters: { service: 'devices', endpoint: 'GET /api/v3/devices' },
	...{ method: 'GET', target: /openapi/ },
};
const DOWNLOAD: Subject = {
	...{
		operation: 'content.download',
		parameters: { contentId: 'c1', options: { largestFile: 1 } },
	},
	...{ method: 'GET', target: /file\.png/ },
};
const WRITE: Subject = {
	operation: 'channel.replacePublishTargets',
	parameters: { channelId: 'c1', deviceIds: locators('d1') },
	...{ method: 'PUT', target: /./ },
};

async function play({ operation, parameters, method, target }: Subject, stall: Reply) {
	const matters = (request: RawRequest) => request.method === method && target.test(request.target);
	const content = () => ({ id: 'c1', size: 5, contentURL: `${server.url}/file.png` });
	const server = await startRawServer((request) => {
		if (matters(request)) return stall;
		return reply.json(request.target.includes('/contents/') ? content() : []);
	});
	const nodes = [appspaceNode(operation, parameters)];
	const { error } = await engine.run({ credentials: server.store, nodes });
	await until('every connection is closed', () => server.open === 0, 2_000);
	await server.close();
	return { error, sent: server.requests.filter(matters).length, server };
}

describe.each<[string, Subject]>([
	['a read', READ],
	['a read over SCIM', SCIM],
	['a description', DESCRIPTION],
	['a download', DOWNLOAD],
])('%s', (_, subject) => {
	it.concurrent.each(stalls)(
		'from a server that %s is repeated, then given up, and nothing is left open',
		async (_stall, stall) => {
			const { error, sent, server } = await play(subject, stall);
			expect(sent).toBe(4);
			expect(error?.message).toMatch(/timed out/);
			expect(unclear(error as { message: string }, server.secrets)).toEqual([]);
		},
		60_000,
	);
});

it.concurrent.each(stalls)(
	'a write to a server that %s is sent once',
	async (_, stall) => {
		const { error, sent, server } = await play(WRITE, stall);
		expect(sent).toBe(1);
		expect(error?.message).toMatch(/timed out/);
		expect(error?.description).toMatch(/may have carried out/);
		expect(unclear(error as { message: string }, server.secrets)).toEqual([]);
	},
	20_000,
);

it.concurrent(
	'a token endpoint that says nothing',
	async () => {
		const token = () => reply.partThenSilence(Buffer.alloc(0));
		const server = await startRawServer(() => reply.json({}), { token });
		const button = await engine.testCredential(server.store);
		await server.close();
		expect(button).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/does not answer in time/),
		});
		expect(server.requests).toEqual([]);
	},
	20_000,
);
