import { unclear } from '../faults/unclear.mts';
import type { Engine } from '../support/engine.mts';
import { impatientEngine } from '../support/impatientEngine.mts';
import { bytes, reply, startRawServer, type Reply } from '../support/rawServer.mts';

const PATIENCE = 250;
let engine: Engine;

beforeAll(async () => {
	engine = await impatientEngine(PATIENCE);
});

const whole = bytes('{"id":"c1"}');
const stalls: Array<[string, Reply]> = [
	['says nothing', reply.partThenSilence(Buffer.alloc(0))],
	['stalls in the head', reply.partThenSilence(whole.subarray(0, 30))],
	['stalls in the body', reply.partThenSilence(whole.subarray(0, -3))],
	['trickles for ever', reply.slowly(whole, whole.length, 50)],
];
const PARAMETERS = {
	read: { operation: 'get' },
	write: { operation: 'replacePublishTargets', deviceIds: 'd1' },
};

async function play(kind: 'read' | 'write', stall: Reply) {
	const method = kind === 'read' ? 'GET' : 'PUT';
	const server = await startRawServer((request) =>
		request.method === method ? stall : reply.json([]),
	);
	const nodes = [
		{
			name: 'Appspace',
			type: 'appspace',
			parameters: { resource: 'channel', channelId: 'c1', ...PARAMETERS[kind] },
		},
	];
	const { error } = await engine.run({ credentials: server.store, nodes });
	await server.close();
	return {
		error,
		sent: server.requests.filter((request) => request.method === method).length,
		server,
	};
}

it.concurrent.each(stalls)(
	'a read from a server that %s is repeated, then given up',
	async (_, stall) => {
		const { error, sent, server } = await play('read', stall);
		expect(sent).toBe(4);
		expect(error?.message).toMatch(/took too long/);
		expect(unclear(error as { message: string }, server.secrets)).toEqual([]);
	},
	60_000,
);

it.concurrent.each(stalls)(
	'a write to a server that %s is sent once',
	async (_, stall) => {
		const { error, sent, server } = await play('write', stall);
		expect(sent).toBe(1);
		expect(error?.description).toMatch(/not certain/);
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
