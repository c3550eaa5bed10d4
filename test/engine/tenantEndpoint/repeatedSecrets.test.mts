import { formsOf, hitsIn } from '../../leaks/needles.mts';
import { everySpelling } from '../../leaks/spellings.mts';
import { appspaceNode } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import {
	reply,
	startRawServer,
	type RawRequest,
	type RawServer,
} from '../../support/rawServer.mts';

const needlesFor = (secrets: string[]) => secrets.flatMap((text) => formsOf({ kind: text, text }));

/** A tenant that repeats what was sent to it, in every spelling, in a body and a header. */
async function echoing(asText = false): Promise<RawServer> {
	const server: RawServer = await startRawServer((request: RawRequest) => {
		const [subjectId = '', refreshToken = ''] = server.secrets;
		const token = String(request.headers.authorization).replace('Bearer ', '');
		const echo = everySpelling([token, refreshToken]);
		const headers = { 'x-echo': `Bearer ${token}` };
		if (asText) return reply.text(`${echo} ${subjectId}`, { headers });
		return reply.json({ id: subjectId, name: 'Lobby', echo: [{ echo, [token]: 1 }] }, { headers });
	});
	return server;
}

const RAW = { method: 'GET', path: 'things' };

it.each([
	['as JSON', 'apiCall.rawRequest', { ...RAW, responseFormat: 'json' }, false],
	[
		'as JSON, all pages',
		'apiCall.rawRequest',
		{ ...RAW, responseFormat: 'json', readPages: true, returnAll: true },
		false,
	],
	['as text', 'apiCall.rawRequest', { ...RAW, responseFormat: 'text' }, true],
	[
		'as JSON with status and headers',
		'apiCall.rawRequest',
		{ ...RAW, responseFormat: 'json', options: { fullResponse: true } },
		false,
	],
	[
		'as text with status and headers',
		'apiCall.rawRequest',
		{ ...RAW, responseFormat: 'text', options: { fullResponse: true } },
		true,
	],
	[
		'of Call Endpoint',
		'apiCall.callEndpoint',
		{ service: 'things', endpoint: 'GET /api/v3/things', parametersAs: 'json' },
		false,
	],
] as const)(
	'an answer %s shows no token, keeps the SubjectId and everything else, and a hint says so',
	async (_, operation, parameters, asText) => {
		const server = await echoing(asText);
		const [subjectId = '', refreshToken = '', accessToken = ''] = server.secrets;
		const { error, items, data } = await run({
			credentials: server.store,
			nodes: [appspaceNode(operation, { ...parameters })],
		});
		await server.close();
		expect(error).toBeUndefined();
		const shown = JSON.stringify(items());
		expect(hitsIn(shown, needlesFor([refreshToken, accessToken]))).toEqual([]);
		expect(shown).toContain('***');
		expect(shown).toContain(subjectId);
		if (!asText) expect(shown).toContain('Lobby');
		expect(JSON.stringify(data.data.resultData)).toContain('The node replaced it with ***');
	},
);

it('an answer without a secret stays as it is, with no hint', async () => {
	const answer = { id: 'x', list: [1, 'a', null], text: 'Bearer of news', deep: { a: { b: [] } } };
	const server = await startRawServer(() => reply.json(answer));
	const { items, data } = await run({
		credentials: server.store,
		nodes: [appspaceNode('apiCall.rawRequest', { ...RAW, responseFormat: 'json' })],
	});
	await server.close();
	expect(items()[0]?.json).toEqual(answer);
	expect(JSON.stringify(data.data.resultData)).not.toContain('replaced by');
});

it('a file stays as it is', async () => {
	const server: RawServer = await startRawServer(({ headers }) =>
		reply.text(String(headers.authorization), { headers: { 'content-type': 'image/png' } }),
	);
	const { items } = await run({
		credentials: server.store,
		nodes: [
			appspaceNode('apiCall.rawRequest', {
				...RAW,
				...{ responseFormat: 'file', binaryPropertyName: 'data' },
			}),
		],
	});
	await server.close();
	expect(items()[0]?.binary?.data).toMatchObject({ mimeType: 'image/png' });
});
