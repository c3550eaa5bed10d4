import { endpointFields } from './endpointFields';
import { endpointRequest } from './endpointRequest';
import { effectOfMethod, readAnswer } from './readAnswer';
import { withoutTokens } from './withoutTokens';
import { METHODS, typedEndpoint } from '../../openapi/typedEndpoint';
import { listFields } from '../../runtime/listing';
import type { Operation } from '../../runtime/operation';
import { shownWhere } from '../../runtime/shownWhere';

/** No regular expression here: n8n limits its time so strictly that it times out on a busy machine. */
const ONLY_LISTS = {
	hide: {
		endpoint: METHODS.filter((method) => method !== 'GET').map((method) => ({
			_cnd: { startsWith: `${method} ` },
		})),
	},
};

export const callEndpoint: Operation = {
	value: 'callEndpoint',
	name: 'Call Endpoint',
	action: 'Call endpoint of tenant by its description',
	description:
		"Call an endpoint from the tenant's own API description, with its parameters as fields or JSON",
	effect: 'write',
	effectOn: (call) => effectOfMethod(typedEndpoint(call.text('endpoint')).method),
	endpoints: ['GET {service}/openapi'],
	evidence: { grade: 'OBSERVED', sources: 'S2', reply: 'unknown' },
	namesRequest: true,
	isList: true,
	fields: [...endpointFields, ...listFields.map((field) => shownWhere(field, ONLY_LISTS))],

	async run(call) {
		const { request, pages } = await endpointRequest(call);
		return await readAnswer(call, withoutTokens(call, request), pages);
	},
};
