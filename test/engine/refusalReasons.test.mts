import { appspaceNode } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { bytes, startRawServer, type RawServer } from '../support/rawServer.mts';
import { REFUSED } from '../support/refusals.mts';

let server: RawServer;
let refusal: unknown;
/** As a server would send it: text as it is, everything else as JSON. */
const sent = (): Buffer =>
	typeof refusal === 'string'
		? bytes(refusal, { status: 400, headers: { 'content-type': 'text/plain' } })
		: bytes(refusal === undefined ? '' : JSON.stringify(refusal), { status: 400 });
beforeAll(async () => {
	server = await startRawServer(() => (socket) => void socket.end(sent()));
});
afterAll(async () => await server.close());

const description = async (operation: `${string}.${string}`, parameters = {}) => {
	const nodes = [appspaceNode(operation, parameters)];
	const { error } = await run({ credentials: server.store, nodes });
	expect(error?.httpCode).toBe('400');
	return String(error?.description);
};
const quoted = (reason: string) => (reason === '' ? '' : ` Appspace says: "${reason}".`);

describe.each(REFUSED)('a refusal as %s', (_, body, reason) => {
	beforeEach(() => void (refusal = body));

	it('gives its reason in a read and in a write', async () => {
		const wanted = `Check the parameters of this item.${quoted(reason)}`;
		expect(await description('user.get', { userId: 'u' })).toBe(wanted);
		expect(await description('visitor.delete', { visitorId: 'v' })).toBe(wanted);
	});

	it('gives its reason over SCIM', async () => {
		const told = await description('scimUser.get', { scimUserId: 'u' });
		expect(told.endsWith(quoted(reason))).toBe(true);
		expect(told).not.toBe('');
	});

	it('gives its reason where the answer is read as it comes', async () => {
		for (const responseFormat of ['file', 'text']) {
			const raw = { method: 'POST', path: 'x', responseFormat };
			expect(await description('apiCall.rawRequest', raw)).toBe(
				`Check the parameters of this item.${quoted(reason)}`,
			);
		}
	});
});

it('a long refusal is quoted in part, wherever it is read', async () => {
	refusal = { message: `The name is taken. ${'x '.repeat(20_000)}` };
	const beginning = /Appspace says: "The name is taken\. x x [x ]{200,300}/;
	expect(await description('user.get', { userId: 'u' })).toMatch(beginning);
	const raw = { method: 'GET', path: 'x', responseFormat: 'file' };
	expect(await description('apiCall.rawRequest', raw)).toMatch(beginning);
});

it('a secret in a refusal is never shown', async () => {
	for (const [, body] of REFUSED) {
		const [, , token = ''] = server.secrets;
		refusal = JSON.parse(
			JSON.stringify(body ?? null).replaceAll('taken', `taken by ${token}`),
		) as unknown;
		expect(await description('user.get', { userId: 'u' })).not.toContain(token);
	}
});
