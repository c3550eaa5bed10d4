import { drip, ENDLESS, playEndless } from '../faults/endlessTokenAnswers.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import type { Engine } from '../support/engine.mts';
import { impatientEngine } from '../support/changedPackage.mts';
import { movableClock } from '../support/movableClock.mts';
import { reply, startRawServer } from '../support/rawServer.mts';

/** Milliseconds for one exchange; a renewal with its retries may take twice as long. */
const LIMIT = 1_000;
/** What a busy machine may add. */
const MARGIN = 1_000;

let engine: Engine;
beforeAll(async () => {
	engine = await impatientEngine(LIMIT);
	// The first run of an engine loads half of n8n.
	const server = await startRawServer(() => reply.json({ id: 'me' }));
	await engine.run({ credentials: server.store, nodes: [appspaceNode('user.getCurrent')] });
	await engine.testCredential(server.store);
	await server.close();
});

it.concurrent.each(ENDLESS)(
	'a token endpoint that %s ends at its limit, for the Test button and for a run, and is closed',
	async (_, answer) => {
		const ended = await playEndless(engine, answer, LIMIT + MARGIN);
		expect(ended).toMatchObject({ exchanges: 1, open: 0 });
		expect(ended.button).toBeLessThan(LIMIT + MARGIN);
		expect(ended.run).toBeLessThan(LIMIT + 1_000 + MARGIN);
		expect(ended.message).toMatch(/does not answer in time/);
		expect(ended.error?.message).toMatch(/does not answer in time/);
	},
	30_000,
);

it('a token endpoint that dripped and is healthy again serves the next run at once', async () => {
	let isHealthy = false;
	const dripping = drip('HTTP/1.1 200 OK\r\nX-Slow: ', 'a');
	const healthy = reply.json({ accessToken: crypto.randomUUID() });
	const server = await startRawServer(() => reply.json({ id: 'me' }), {
		token: () => (isHealthy ? healthy : dripping),
	});
	const nodes = [appspaceNode('user.getCurrent')];
	const clock = movableClock();
	try {
		await Promise.all([1, 2].map(() => engine.run({ credentials: server.store, nodes })));
		isHealthy = true;
		// The failure is remembered for a second.
		clock.advance(1.1);
		const began = performance.now();
		const { error } = await engine.run({ credentials: server.store, nodes });
		expect(error).toBeUndefined();
		expect(performance.now() - began).toBeLessThan(MARGIN);
	} finally {
		clock.restore();
		await server.close();
	}
});
