import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './scimRecords.mts';

export interface ScimStore {
	readonly url: string;
	/**
	 * The stored records by path, such as `/Users/1`; tests can change them at any time. The text `number
	 * 1e999` appears as the number that it names.
	 */
	readonly records: Map<string, Json>;
	/** Method and body of every write. */
	readonly writes: Array<{ method: string; path: string; body: Json }>;
	/** RFC 7644 3.5.2: PATCH is optional. */
	patch: boolean;
	/** All requests since the start; tests can reset the count. */
	requests: number;
	/** Cuts the connection at the request with this number, before or after carrying it out. */
	cut: { at: number; isCarriedOut: boolean } | undefined;
	close(): Promise<void>;
}

/** `urn:...:User:department`, `name.givenName`, `members[value eq "1"]` (RFC 7644 3.10). */
const PATH = /^(?:(urn:.+):)?([\w$-]+)(?:\[value eq ("(?:[^"\\]|\\.)*")\])?(?:\.([\w$-]+))?$/;

/**
 * A SCIM service without a schema: it stores exactly what is written and returns it unchanged. A PUT
 * drops what it omits, and a PATCH changes only what its paths name.
 */
export async function startScimStore(): Promise<ScimStore> {
	const store = {
		records: new Map<string, Json>(),
		writes: [] as ScimStore['writes'],
		patch: true,
		requests: 0,
		cut: undefined as ScimStore['cut'],
	};
	const server = createServer((incoming, outgoing) => {
		store.requests++;
		const cut = store.cut?.at === store.requests ? store.cut : undefined;
		if (cut && !cut.isCarriedOut) {
			incoming.socket.destroy();
			return;
		}
		void answerTo(incoming).then(([status, body]) => {
			if (cut) {
				incoming.socket.destroy();
				return;
			}
			outgoing.writeHead(status, { 'content-type': 'application/scim+json' });
			outgoing.end(JSON.stringify(body).replace(/"number (.*?)"/g, '$1'));
		});
	});

	async function answerTo(incoming: IncomingMessage): Promise<[status: number, body: Json]> {
		let text = '';
		for await (const part of incoming) text += String(part);
		const { method = '', url = '' } = incoming;
		const path = new URL(url, 'http://store').pathname.replace(/^\/identity\/scim/, '');
		if (path === '/ServiceProviderConfig') return [200, { patch: { supported: store.patch } }];
		const isList = /^\/\w+$/.test(path);
		if (isList) {
			const Resources = [...store.records].filter(([one]) => one.startsWith(`${path}/`));
			return [200, { totalResults: Resources.length, Resources: Resources.map(([, one]) => one) }];
		}
		const present = store.records.get(path);
		if (!present) return [404, { status: '404' }];
		if (method === 'GET') return [200, present];
		const body = JSON.parse(text) as Json;
		store.writes.push({ method, path, body });
		if (method === 'PATCH' && !store.patch) return [501, { status: '501' }];
		const after = method === 'PUT' ? body : patched(present, body.Operations as Json[]);
		store.records.set(path, after);
		return [200, after];
	}

	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return Object.assign(store, {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	});
}

function patched(record: Json, operations: Json[]): Json {
	const after = structuredClone(record);
	for (const { op, path, value } of operations) {
		const [, urn, name = '', operand, inner] = PATH.exec(String(path)) ?? [];
		const names = [urn, name, inner].filter((one) => one !== undefined);
		const last = names.pop() ?? '';
		const target = names.reduce<Json>((within, one) => {
			const key = keyOf(within, one);
			return (within[key] ??= {}) as Json;
		}, after);
		const key = keyOf(target, last);
		if (operand !== undefined) {
			const isMeant = (entry: unknown) =>
				valueOf(entry).toLowerCase() === String(JSON.parse(operand)).toLowerCase();
			target[key] = [target[key]].flat().filter((entry) => !isMeant(entry));
		} else if (op === 'remove') delete target[key];
		else if (op === 'add' && Array.isArray(value)) {
			target[key] = [...[target[key] ?? []].flat(), ...(value as unknown[])];
		} else target[key] = value;
	}
	return after;
}

function keyOf(record: Json, name: string): string {
	return Object.keys(record).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name;
}

/** RFC 7643 4.2: a member is a value, which its address ends with. */
function valueOf(entry: unknown): string {
	if (typeof entry !== 'object' || entry === null) return String(entry);
	const { [keyOf(entry as Json, 'value')]: value, $ref } = entry as Json;
	return String(value ?? String($ref).split('/').at(-1));
}
