import { gzipSync } from 'node:zlib';
import { bytes, reply, type Script } from '../support/rawServer.mts';

export type Kind = 'read' | 'list' | 'write';

/** A server that answers anything but what Appspace would. */
export interface Case {
	name: string;
	kind: Kind;
	/** What the request that matters gets. */
	script: Script;
	/** How often that request arrives. */
	sent: number;
	/** What the item's message says; without it the item must succeed. */
	says?: RegExp;
	/** What to do. */
	remedy?: RegExp;
	/** What the item's records must hold, where it succeeds. */
	records?: unknown[];
}

const record = { id: 'c1', name: 'Lobby' };
const whole = bytes(JSON.stringify(record));
const half = whole.subarray(0, -5);
const head = whole.subarray(0, 30);
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const asText = { headers: { 'content-type': 'text/plain' } };
export const asGzip = { headers: { 'content-encoding': 'gzip' } };
const chunked = { headers: { 'content-length': '', 'transfer-encoding': 'chunked' } };

const CHECK_URL = /Check the Base URL/;
const UNCERTAIN = /may have carried out.+not sent again.+Check in Appspace/;
const broken = {
	says: /no complete response/,
	remedy: /network.+try again/i,
	/** All attempts of a read. */
	sent: 4,
};
/** An answer that cannot be read may be a proxy's: a read is repeated. */
const notJson = { says: /not JSON/, remedy: CHECK_URL, sent: 4 };
const nothing = { says: /empty response/, remedy: CHECK_URL, sent: 4 };
const noRecord = { says: /without the requested record/, remedy: CHECK_URL };
const noList = { says: /not a list|without|no answer/, remedy: CHECK_URL };

function read(name: string, script: Script, more: Partial<Case> = {}): Case {
	return { name, kind: 'read', script, sent: 1, records: [record], ...more };
}

function list(name: string, script: Script, more: Partial<Case>): Case {
	return { name, kind: 'list', script, sent: 1, ...more };
}

function write(name: string, script: Script, says?: RegExp): Case {
	return { name, kind: 'write', script, sent: 1, ...(says && { says, remedy: UNCERTAIN }) };
}

const connections: Case[] = [
	read('reset before the answer', () => reply.reset(), broken),
	read('reset once', (_, nth) => (nth === 1 ? reply.reset() : reply.json(record)), { sent: 2 }),
	read('reset in the head', () => reply.partThenReset(head), broken),
	read('end in the head', () => reply.partThenEnd(head), broken),
	read('reset in the body', () => reply.partThenReset(half), broken),
	read('half a body', () => reply.partThenEnd(half), broken),
	read('half a body once', (_, nth) => (nth === 1 ? reply.partThenEnd(half) : reply.json(record)), {
		sent: 2,
	}),
	read('half a body in chunks', () => reply.partThenEnd(bytes('5\r\n{"id"\r\n', chunked)), broken),
	read('slow head and body', () => reply.slowly(whole, 20, 20)),
	read('another protocol', () => reply.partThenEnd(Buffer.from('SSH-2.0-Other\r\n')), broken),
	read(
		'a head beyond all bounds',
		() => reply.json(record, { headers: { 'x-big': 'a'.repeat(20_000) } }),
		broken,
	),
	read('an interim answer first', () =>
		reply.partThenEnd(Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), whole])),
	),
];

const contents: Case[] = [
	read('HTML with 200', () => reply.html(), notJson),
	read('text with 200', () => reply.text('OK', asText), notJson),
	read('truncated JSON', () => reply.text('{"id":"c1","na'), notJson),
	read('JSON that is text', () => reply.text('"c1"'), notJson),
	read('no content with 200', () => reply.text(''), nothing),
	read('204', () => reply.text('', { status: 204 }), nothing),
	read('null', () => reply.text('null'), nothing),
	read('a list for a record', () => reply.json([record]), noRecord),
	read('byte order mark', () => reply.text(`\ufeff${JSON.stringify(record)}`)),
	read('text/plain', () => reply.json(record, asText)),
	read('image/png', () => reply.json(record, { headers: { 'content-type': 'image/png' } })),
	read('no content type', () => reply.json(record, { headers: { 'content-type': '' } })),
	read('duplicate keys', () => reply.text('{"id":"c0","id":"c1","name":"Lobby"}')),
	read('prototype keys', () =>
		reply.text('{"id":"c1","name":"Lobby","__proto__":{"polluted":true}}'),
	),
	read('deep nesting', () => reply.text(`{"id":"c1","name":"Lobby","deep":${deep}}`)),
	read('gzip', () => reply.text(gzipSync(JSON.stringify(record)), asGzip)),
	read('broken gzip', () => reply.text('{}', asGzip), broken),
	read(
		'a refusal that repeats the token',
		({ headers }) => reply.json({ message: `Bad: ${headers.authorization}` }, { status: 400 }),
		{ says: /does not accept the request for Channel "c1"/, remedy: /Check the parameters/ },
	),
	read('304', () => reply.text('', { status: 304 }), { says: /status 304/, remedy: /./ }),
];

/** An answer that is no list must never look like the end of the list. */
const lists: Case[] = [
	list('a list without content', () => reply.text(''), nothing),
	list('a list that is 204', () => reply.text('', { status: 204 }), nothing),
	list('a list that is null', () => reply.text('null'), nothing),
	list('a list that is an object', () => reply.json({ message: 'Hello' }), noList),
	list('a list that is HTML', () => reply.html(), notJson),
	list('a second page without content', secondPage(reply.text('')), nothing),
	list('a second page that is HTML', secondPage(reply.html()), notJson),
	list(
		'deeply nested records without an ID',
		({ target }) => reply.text(target.includes('start=0&') ? `{"items":[{"a":${deep}}]}` : '[]'),
		{ records: [{}] },
	),
	list(
		'entries that are no records',
		({ target }) => reply.text(target.includes('start=0&') ? '[null,1,"a",[],{"id":"1"}]' : '[]'),
		{ records: [{ id: '1' }] },
	),
];

/** What is ambiguous is never repeated, and said to be uncertain. */
const writes: Case[] = [
	write('a write reset before the answer', () => reply.reset(), broken.says),
	write('a write reset in the head', () => reply.partThenReset(head), broken.says),
	write('a write with half a body', () => reply.partThenEnd(half), broken.says),
	write('a write with broken gzip', () => reply.text('{}', asGzip), broken.says),
	write(
		'a write answered in another protocol',
		() => reply.partThenEnd(Buffer.from('SSH-2.0-Other\r\n')),
		broken.says,
	),
	write('a write answered with a web page', () => reply.html(), notJson.says),
	// The shape of this answer is not public, so all that are likely count as success (design: D9).
	write('a write answered with text', () => reply.text('OK', asText)),
	write('a write answered with 204', () => reply.text('', { status: 204 })),
	write('a write answered with an array', () => reply.json([])),
];

function secondPage(second: ReturnType<Script>): Script {
	const items = Array.from({ length: 100 }, (_, id) => ({ id: String(id) }));
	return ({ target }) =>
		target.includes('start=0&') ? reply.json({ items, size: 300, limit: 100 }) : second;
}

export const CASES = [...connections, ...contents, ...lists, ...writes];
