import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { fingerprint, readInputs } from '../../../credentials/auth/accessToken';
import { notDescribed, unusable } from '../openapi/document';
import { endpointFor, nameOf, type Endpoint } from '../openapi/endpoints';
import { keptDescription, type Described } from '../openapi/descriptionCache';
import type { Body } from '../openapi/body';
import { parametersOf, type Parameter, type Place } from '../openapi/parameters';
import { readServices } from '../openapi/read';
import { typedEndpoint } from '../openapi/typedEndpoint';
import { filledIn } from '../runtime/parameterValues';
import { anyContains } from '../runtime/pick';
import { own } from '../openapi/untrusted';
import { badInput, fail } from '../transport/failure';
import { Tenant } from '../transport/tenant';
import { toNodeError } from './toNodeError';

const ENTRIES = 100;

/** The services that the tenant lists, shown by name and title. */
export async function searchServices(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	try {
		const tenant = new Tenant(this, 1);
		const { services, areListed } = await readServices(tenant, await tenant.origin());
		const choices = services.map(({ name, title }) => {
			const note = areListed ? title : 'not listed by the tenant';
			return { name: note === name ? name : `${name}: ${note}`, value: name };
		});
		return { results: choices.filter(({ name }) => anyContains([name], filter)) };
	} catch (error) {
		throw toNodeError(this, error, { plural: 'services' });
	}
}

/** The endpoints of the chosen service whose method, path, or summary contains every word of `filter`. */
export async function searchEndpoints(
	this: ILoadOptionsFunctions,
	filter = '',
	token?: string,
): Promise<INodeListSearchResult> {
	try {
		const { endpoints, description } = await describedService(this);
		if (endpoints.length === 0) throw unusable(description.service, 'it names no endpoints');
		const words = filter.split(/\s+/).filter(Boolean);
		const found = endpoints
			.map((endpoint) => ({ name: shownAs(endpoint), value: nameOf(endpoint) }))
			.filter(({ name, value }) => words.every((word) => anyContains([name, value], word)));
		const from = Number(token ?? 0);
		const results = found.slice(from, from + ENTRIES);
		const next = from + ENTRIES;
		return next < found.length ? { results, paginationToken: String(next) } : { results };
	} catch (error) {
		throw toNodeError(this, error, { plural: 'endpoints' });
	}
}

/** The parameters of the chosen endpoint as fields. */
export async function getEndpointParameters(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	try {
		const typed = textOf(this, 'endpoint');
		if (typed === '') return { fields: [], emptyFieldsNotice: 'Choose an endpoint first.' };
		const wanted = typedEndpoint(typed);
		const { endpoints, description } = await describedService(this, wanted.segments[0]);
		const endpoint = endpointFor(endpoints, wanted);
		if (!endpoint) throw notDescribed(description.service);
		const { parameters, body } = parametersOf(description, endpoint);
		const filled = own(this.getCurrentNodeParameter('parameters'), 'value');
		// If you type the path with a value in it, that parameter needs no field.
		const isThere = (one: Parameter) => one.place !== 'path' || hasGap(wanted.segments, one);
		// You can remove a value for a body that is not sent only if you see it.
		const isSent = ({ id, place }: Parameter) =>
			body.kind !== 'none' || !isInBody(place) || own(filled, id) !== undefined;
		return {
			fields: parameters
				.filter((one) => isThere(one) && isSent(one))
				.map((one) => asField(one, filled)),
			emptyFieldsNotice: noticeWithoutFields(parameters, body),
		};
	} catch (error) {
		throw toNodeError(this, error, { plural: 'parameters' });
	}
}

function noticeWithoutFields(parameters: Parameter[], body: Body): string {
	if (body.kind === 'unknown') {
		return `This endpoint takes a body of type ${body.contentType}. Use the HTTP Request node to send it.`;
	}
	return body.kind === 'none' && parameters.some(({ place }) => isInBody(place))
		? 'This endpoint describes a body, but GET and HEAD requests have no body.'
		: 'This endpoint takes no parameters.';
}

function isInBody(place: Place): boolean {
	return place === 'body' || place === 'content';
}

/** @param fallback the service in the path of the endpoint, used if none is chosen */
async function describedService(context: ILoadOptionsFunctions, fallback = ''): Promise<Described> {
	const service = textOf(context, 'service') || fallback;
	if (service === '') {
		throw badInput('The parameter "Service" is empty', 'Choose a service first.');
	}
	const identity = await identityOf(context).catch(fail);
	return await keptDescription(new Tenant(context, 1), identity, service);
}

/** Identifies the credential without revealing its values. */
async function identityOf(context: ILoadOptionsFunctions): Promise<string> {
	return fingerprint(readInputs(await context.getCredentials('appspaceApi')));
}

function hasGap(segments: string[], { name }: Parameter): boolean {
	return segments.some((segment) => segment.includes(`{${name}}`));
}

function textOf(context: ILoadOptionsFunctions, parameter: string): string {
	const { value } = filledIn({ value: context.getCurrentNodeParameter(parameter) });
	return typeof value === 'string' ? value : '';
}

function shownAs({ method, segments, summary, isDeprecated, isBeta }: Endpoint): string {
	const marks = [...(isDeprecated ? ['deprecated'] : []), ...(isBeta ? ['BETA'] : [])];
	const mark = marks.length > 0 ? ` (${marks.join(', ')})` : '';
	return `${method} /${segments.join('/')}${mark}${summary ? `: ${summary}` : ''}`;
}

/** Fields in n8n have no room for a description, so it follows the name. */
function asField(parameter: Parameter, filled: unknown): ResourceMapperField {
	const { id, name, place, required, description, type, options } = parameter;
	const where = isInBody(place) ? '' : ` (${place})`;
	return {
		...{ id, required, type, display: true, defaultMatch: false, canBeUsedToMatch: false },
		displayName: `${name}${where}${description ? `: ${description}` : ''}`,
		...(options.length > 0 && { options }),
		// Users add optional fields as needed. A field with a value is never hidden.
		removed: !required && own(filled, id) === undefined,
	};
}
