import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request, type Dispatcher } from 'undici';
import { matchesFilter } from './scimFilter.mts';
import { fromForms, inForms, type Forms } from './scimForms.mts';
import { inLowerCase, versioned, versionIn, versionOf, type Json } from './scimRecords.mts';

/** The optional features of a service; tests can change them at any time. */
export interface FrontOptions extends Forms {
	/** RFC 7644 3.5.2: PATCH is optional, and a service without it says so (RFC 7643 5). */
	patch: boolean;
	/** RFC 7644 3.14: versions, and writes that depend on them. */
	etag: boolean;
	/** RFC 7643 5: whether the service supports filters. */
	filter: boolean;
	/** Filters are taken and ignored: every record is returned, as a faulty service does. */
	ignoresFilters: boolean;
	/** The status for groups if the tenant does not sync them (RFC 7644 3.12); undefined if it does. */
	groups: 404 | 501 | undefined;
	/** Whether the service has the configuration that RFC 7644 4 requires. */
	config: boolean;
	/** RFC 7643 2.1: attribute names are case-insensitive, so a service may use another case. */
	lowerCase: boolean;
	/** RFC 7644 3.5.2: a PATCH may return 204. */
	silentPatch: boolean;
	/** Paths of attributes that are accepted but silently dropped, as only a faulty service does. */
	ignored: string[];
	/**
	 * RFC 7644 3.3: the response to a create contains the record. Here it may be empty, with or without
	 * its address.
	 */
	created: 'record' | 'location' | 'nothing';
	/** RFC 7643 2.2: filters ignore letter case. Here they do not, although unique values do. */
	mindsCase: boolean;
	/** RFC 7644 3.4.2.2: "or" is part of filters. Here it is an invalidFilter. */
	or: boolean;
	/** A deactivated user returns 404 and is in no list, as with services that store such users separately. */
	hidesInactive: boolean;
	/** Writes to these paths are refused with 400. */
	refused: RegExp | undefined;
	/** How many more records a list announces than there are. */
	announcesMore: number;
	/** The request that gets no answer but a broken connection, counted from the first. */
	cutAt: number | undefined;
	/** RFC 7643 2.2 and 2.4: changes to the records that the service shows, such as another letter case. */
	shown: (record: Json, method: string) => Json;
}

export interface FrontRequest {
	method: string;
	/** Below the SCIM address, such as `/Users`. */
	path: string;
	query: Record<string, string>;
	ifMatch: string | undefined;
	body: Json | undefined;
}

export interface ScimFront {
	readonly url: string;
	readonly requests: FrontRequest[];
	options: FrontOptions;
	close(): Promise<void>;
}

export const EVERYTHING: FrontOptions = {
	...{ patch: true, etag: false, filter: true, ignoresFilters: false },
	groups: undefined,
	...{ config: true, lowerCase: false, silentPatch: false },
	...{ ignored: [], shown: (record) => record },
	...{ entries: 'objects', booleans: 'json', members: 'shown' },
	...{ created: 'record', mindsCase: false, or: true, hidesInactive: false },
	...{ refused: undefined, announcesMore: 0, cutAt: undefined },
};

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

interface Answer {
	status: number;
	body: Json | undefined;
	location?: string;
}

/**
 * A thin front for a SCIM service, written from RFC 7644, for what that service does not do by the RFC.
 * @param target address of the service, such as `sandbox.scimUrl`
 */
export async function startScimFront(target: string): Promise<ScimFront> {
	const requests: FrontRequest[] = [];
	const front = { options: EVERYTHING };
	const server = createServer((incoming, outgoing) => {
		void answerTo(incoming).then(({ status, body, location }) => {
			if (requests.length - 1 === front.options.cutAt) {
				outgoing.destroy();
				return;
			}
			const version = front.options.etag ? versionIn(body) : undefined;
			outgoing.writeHead(status, {
				'content-type': 'application/scim+json',
				...(version && { etag: version }),
				...(location && front.options.created === 'location' && { location }),
			});
			outgoing.end(body && JSON.stringify(front.options.lowerCase ? inLowerCase(body) : body));
		});
	});

	async function answerTo(incoming: IncomingMessage): Promise<Answer> {
		const asked = await noteOf(incoming);
		requests.push(asked);
		const authorization = String(incoming.headers.authorization);
		const { options } = front;
		const { method, path, ifMatch } = asked;
		const { filter: _, ...unfiltered } = asked.query;
		const query = options.ignoresFilters ? unfiltered : asked.query;
		if (method !== 'GET' && options.refused?.test(path)) return refusal(400, 'Not this one.');
		const isGroup = path.startsWith('/Groups');
		if (isGroup && options.groups) return refusal(options.groups, 'Groups are not offered.');
		if (path === '/ServiceProviderConfig') {
			if (!options.config) return refusal(404, 'There is no configuration.');
			const config = (await onward('GET', path, {}, authorization)).body ?? {};
			const supported = (is: boolean) => ({ supported: is });
			return {
				status: 200,
				body: {
					...config,
					...{ patch: supported(options.patch), etag: supported(options.etag) },
					filter: supported(options.filter),
				},
			};
		}
		if (method === 'PATCH' && !options.patch) return refusal(501, 'PATCH is not supported.');
		const isList = /^\/(Users|Groups)$/.test(path) && method === 'GET';
		if (isList && (query.filter !== undefined || options.hidesInactive)) {
			return await filtered(path, query, authorization);
		}
		if (ifMatch !== undefined && options.etag) {
			const present = await onward('GET', path, {}, authorization);
			if (versionOf(present.body) !== ifMatch) return refusal(412, 'The version is another one.');
		}
		const kept = await withoutIgnored(asked, authorization);
		const body = fromForms(kept.body, options);
		const answer = shownAs(method, await onward(kept.method, path, query, authorization, body));
		if (answer.status === 201 && options.created !== 'record') {
			const { location } = (answer.body?.meta ?? {}) as { location?: string };
			return { status: 201, body: undefined, location };
		}
		if (method === 'GET' && isHidden(answer.body)) return refusal(404, 'There is no such user.');
		if (method === 'PATCH' && options.silentPatch && answer.status === 200) {
			return { status: 204, body: undefined };
		}
		return options.etag ? { ...answer, body: versioned(answer.body) } : answer;
	}

	/** The same request without what the service ignores. If nothing remains, it only reads. */
	async function withoutIgnored(
		{ method, path, body }: FrontRequest,
		authorization: string,
	): Promise<{ method: string; body: Json | undefined }> {
		const { ignored } = front.options;
		if (ignored.length === 0 || !body) return { method, body };
		if (method === 'PATCH') {
			const all = body.Operations as Array<{ path: string }>;
			const Operations = all.filter((one) => !ignored.includes(one.path));
			if (Operations.length === 0) return { method: 'GET', body: undefined };
			return { method, body: { ...body, Operations } };
		}
		const present = (await onward('GET', path, {}, authorization)).body ?? {};
		return {
			method,
			body: { ...body, ...Object.fromEntries(ignored.map((name) => [name, present[name]])) },
		};
	}

	function shownAs(method: string, answer: Answer): Answer {
		const { body } = answer;
		const shown = (record: Json) => inForms(front.options.shown(record, method), front.options);
		if (Array.isArray(body?.Resources)) {
			const totalResults = Number(body.totalResults) + front.options.announcesMore;
			const Resources = (body.Resources as Json[]).map(shown);
			return { ...answer, body: { ...body, totalResults, Resources } };
		}
		return { ...answer, body: body?.id === undefined ? body : shown(body) };
	}

	function isHidden(record: Json | undefined): boolean {
		return front.options.hidesInactive && /^false$/i.test(String(record?.active));
	}

	/** RFC 7644 3.4.2.2, evaluated here: strings are JSON strings, and case does not count. */
	async function filtered(
		path: string,
		query: Record<string, string>,
		authorization: string,
	): Promise<Answer> {
		if (!front.options.filter && query.filter !== undefined) {
			return refusal(400, 'Filters are not supported.', 'invalidFilter');
		}
		const all: Json[] = [];
		for (;;) {
			const page = { startIndex: String(all.length + 1), count: '100' };
			const { body } = await onward('GET', path, page, authorization);
			const { Resources = [] } = (body ?? {}) as { Resources?: Json[] };
			if (Resources.length === 0) break;
			all.push(...Resources);
		}
		let found: Json[];
		try {
			const { filter } = query;
			const { mindsCase, or } = front.options;
			if (!or && / or /i.test(filter ?? '')) throw new Error('"or" is not supported.');
			const matches = (record: Json) => !filter || matchesFilter(filter, record, mindsCase);
			found = all.filter((record) => matches(record) && !isHidden(record));
		} catch (error) {
			return refusal(400, (error as Error).message, 'invalidFilter');
		}
		const start = Number(query.startIndex ?? 1) - 1;
		const Resources = found.slice(start, start + Number(query.count ?? 100));
		// RFC 7644 3.4.2: Resources may be missing if there are none.
		const list = { schemas: [LIST], totalResults: found.length, startIndex: start + 1 };
		const body = {
			...list,
			itemsPerPage: Resources.length,
			...(Resources.length > 0 && { Resources }),
		};
		const answer = shownAs('GET', { status: 200, body });
		return front.options.etag ? { ...answer, body: versioned(answer.body) } : answer;
	}

	async function onward(
		method: string,
		path: string,
		query: Record<string, string>,
		authorization: string,
		body?: Json,
	): Promise<Answer> {
		const reply = await request(target + path, {
			method: method as Dispatcher.HttpMethod,
			query,
			headers: { authorization, 'content-type': 'application/scim+json' },
			body: body && JSON.stringify(body),
		});
		const text = await reply.body.text();
		return {
			status: reply.statusCode,
			body: text === '' ? undefined : (JSON.parse(text) as Json),
		};
	}

	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return Object.assign(front, {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	});
}

async function noteOf(incoming: IncomingMessage): Promise<FrontRequest> {
	let text = '';
	for await (const part of incoming) text += String(part);
	const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://front');
	const ifMatch = incoming.headers['if-match'];
	return {
		method: incoming.method ?? '',
		path: pathname.replace(/^\/identity\/scim/, ''),
		query: Object.fromEntries(searchParams),
		ifMatch,
		body: text === '' ? undefined : (JSON.parse(text) as Json),
	};
}

/** RFC 7644 3.12: the status as text. */
function refusal(status: number, detail: string, scimType?: string): Answer {
	return {
		status,
		body: { schemas: [ERROR], status: String(status), detail, ...(scimType && { scimType }) },
	};
}
