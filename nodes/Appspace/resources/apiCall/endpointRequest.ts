import type { IDataObject } from 'n8n-workflow';
import { notDescribed, type Description } from '../../openapi/document';
import { endpointFor, endpointsIn, nameOf, type Endpoint } from '../../openapi/endpoints';
import { parametersOf, placeholdersIn, type Parameters } from '../../openapi/parameters';
import { readDescription } from '../../openapi/read';
import {
	contentToSend,
	filledSegments,
	requestFor,
	wordOf,
	type EndpointRequest,
} from '../../openapi/requestFor';
import {
	bodyNotSent,
	hasBody,
	typedEndpoint,
	type TypedEndpoint,
} from '../../openapi/typedEndpoint';
import { jsonObject, jsonText } from '../../fields/json';
import { filledIn } from '../../runtime/parameterValues';
import type { Call } from '../../runtime/operation';
import { isRecord } from '../../transport/record';
import type { TenantRequest } from '../../transport/tenantRequest';
import { sentPath } from '../../transport/typedPath';

/** When to request pages: from the start, only if the first answer is a page, or never. */
export type Pages = 'described' | 'possible' | 'none';

/** The request that the parameters of the item describe. */
export async function endpointRequest(
	call: Call,
): Promise<{ request: TenantRequest; pages: Pages }> {
	const { service = '', endpoint = '' } = call.values('service', 'endpoint');
	const typed = typedEndpoint(String(endpoint));
	if (call.text('parametersAs') === 'json') return fromJson(call, typed);
	return await fromFields(call, typed, String(service) || (typed.segments[0] ?? ''));
}

async function fromFields(call: Call, typed: TypedEndpoint, service: string) {
	const { description, endpoints } = await described(call, service);
	const endpoint = endpointFor(endpoints, typed);
	if (!endpoint) throw notDescribed(service);
	const name = `parameters of ${service} ${nameOf(endpoint)}`;
	const parameters = await call.memoize(name, async () => parametersOf(description, endpoint));
	const values = valuesIn(call.values('parameters').parameters);
	const { query } = typed;
	const segments = asDescribed(typed.segments, endpoint);
	const request = requestFor({ segments, query }, parameters, values, call.zone());
	return {
		request: await sendable(call, typed, request),
		pages: pagesOf(typed, parameters),
	};
}

function fromJson(call: Call, typed: TypedEndpoint) {
	const { parametersJson = {}, bodyJson } = call.values('parametersJson', 'bodyJson');
	const values = Object.entries(filledIn(jsonObject(parametersJson, 'Path and Query (JSON)')));
	const words = values.map(([name, value]): [string, string] => [name, wordsOf(value)]);
	const inPath = placeholdersIn(typed.segments);
	const query = words.filter(([name]) => !inPath.includes(name));
	const path = sentPath(filledSegments(typed.segments, new Map(words)), [...typed.query, ...query]);
	const content = jsonContent(typed.method, bodyJson);
	const request: TenantRequest = { method: typed.method, path, ...(content && { content }) };
	return { request, pages: pagesOf(typed) };
}

function jsonContent(method: TypedEndpoint['method'], bodyJson: unknown): TenantRequest['content'] {
	if (bodyJson === undefined) return undefined;
	const body = jsonText(bodyJson, 'Body (JSON)');
	if (hasBody(method)) return contentToSend('application/json', body);
	// AI agents often fill in an empty object.
	if (body.text !== '{}') throw bodyNotSent('Body (JSON)');
	return undefined;
}

/** The typed segments, with a trailing slash if the description has one. */
function asDescribed(typed: string[], { segments }: Endpoint): string[] {
	return segments.length > typed.length ? [...typed, ''] : typed;
}

/** The description of a service, read once per run. */
async function described(
	call: Call,
	service: string,
): Promise<{ description: Description; endpoints: Endpoint[] }> {
	return await call.memoize(`description of ${service}`, async () => {
		const { description } = await readDescription(call, service);
		return { description, endpoints: endpointsIn(description) };
	});
}

/** Values by ID, from n8n's resource mapper, or from an object or JSON that an expression returns. */
function valuesIn(parameters: unknown): IDataObject {
	const given = isRecord(parameters) && 'mappingMode' in parameters ? parameters.value : parameters;
	if (given === undefined || given === null) return {};
	// The schema checks the values one by one later.
	return isRecord(given) ? given : jsonObject(given, 'Parameters');
}

async function sendable(
	call: Call,
	{ method }: TypedEndpoint,
	{ path, headers, content }: EndpointRequest,
): Promise<TenantRequest> {
	const request: TenantRequest = { method, path, headers };
	if (!content) return request;
	if (!content.isFile) return { ...request, content: contentToSend(content.type, content.value) };
	const { data, mimeType } = await call.inputFile(String(content.value));
	return {
		...request,
		content: { type: content.type.includes('*') ? mimeType : content.type, data },
	};
}

function pagesOf({ method }: TypedEndpoint, described?: Parameters): Pages {
	if (method !== 'GET') return 'none';
	const has = (name: string) => described?.parameters.some(({ id }) => id === `query.${name}`);
	return has('start') && has('limit') ? 'described' : 'possible';
}

/** A value as text. Appspace separates lists with commas (appspace-api.md 3.2). */
function wordsOf(value: unknown): string {
	return Array.isArray(value) ? value.map(wordOf).join(',') : wordOf(value);
}
