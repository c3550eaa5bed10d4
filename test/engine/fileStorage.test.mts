import { appspaceNode } from '../support/appspaceNode.mts';
import { breakStorage, type BrokenStorage } from '../support/brokenStorage.mts';
import { run } from '../support/engine.mts';
import { workflow as n8n } from '../support/n8nModules.mts';
import { reply, startRawServer, type RawServer } from '../support/rawServer.mts';

let server: RawServer;
let storage: BrokenStorage | undefined;
beforeEach(async () => {
	server = await startRawServer(() => reply.json({ report: 'r'.repeat(100_000) }));
});
afterEach(async () => {
	storage?.end();
	await server.close();
});

const raw = async (parameters: object) =>
	await run({
		credentials: server.store,
		nodes: [appspaceNode('apiCall.rawRequest', { path: 'reports', ...parameters })],
	});
const CARRIED_OUT = /Appspace has carried out the request/;

/** How storages fail: external storage takes the whole file first, a full disk its beginning. */
const FAILURES: Array<[string, Parameters<typeof breakStorage>[0], says: RegExp]> = [
	[
		'external storage that is down',
		async (file) => {
			for await (const piece of file) void piece;
			const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
			throw new n8n.UnexpectedError(`Request to S3 failed: ${cause.message}`, { cause });
		},
		/n8n says: "Request to S3 failed/,
	],
	[
		'a full disk',
		async (file) => {
			for await (const piece of file) {
				void piece;
				throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
			}
			throw new Error('The file is empty.');
		},
		/n8n says: "ENOSPC: no space left/,
	],
	[
		'a database that refuses the file',
		async () => await Promise.reject(new Error('The value is too long')),
		/n8n says: "The value is too long"/,
	],
];

describe.each(FAILURES)('%s', (_, store, says) => {
	beforeEach(() => void (storage = breakStorage(store)));

	it.each(['POST', 'DELETE', 'GET'])(
		'%s goes out once, and the message names the storage',
		async (method) => {
			const { error } = await raw({ method, responseFormat: 'file' });
			expect(server.requests).toHaveLength(1);
			expect(error?.message).toBe('The file could not be stored in n8n');
			expect(error?.description).toMatch(says);
			expect(CARRIED_OUT.test(error?.description ?? '')).toBe(method !== 'GET');
		},
	);

	it('the next item is sent nevertheless', async () => {
		const parameters = { method: 'POST', path: 'reports', responseFormat: 'file' };
		const node = appspaceNode('apiCall.rawRequest', parameters);
		await run({
			credentials: server.store,
			input: [{}, {}],
			nodes: [{ ...node, onError: 'continueRegularOutput' }],
		});
		expect(server.requests).toHaveLength(2);
	});
});
