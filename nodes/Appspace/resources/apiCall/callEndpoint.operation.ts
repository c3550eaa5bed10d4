import { endpointFields } from './endpointFields';
import { endpointRequest } from './endpointRequest';
import { effectOfMethod, readAnswer } from './readAnswer';
import { withoutTokens } from './withoutTokens';
import { METHODS, typedEndpoint } from '../../openapi/typedEndpoint';
import { filledIn } from '../../runtime/parameterValues';
import type { Operation } from '../../runtime/operation';

export const callEndpoint: Operation = {
	value: 'callEndpoint',
	name: 'Call Endpoint',
	action: 'Call endpoint of tenant by its description',
	description:
		"Call an endpoint picked from the tenant's own description, with its parameters as fields or as JSON",
	effect: 'write',
	effectOn: (parameter) => {
		const { endpoint } = filledIn({ endpoint: parameter('endpoint') });
		return effectOfMethod(typedEndpoint(String(endpoint)).method);
	},
	endpoints: ['GET {service}/openapi'],
	evidence: { grade: 'OBSERVED', sources: 'S2', reply: 'unknown' },
	namesRequest: true,
	isList: true,
	// Not a regular expression: n8n gives one so little time that it fails on a busy machine.
	listsWhere: {
		hide: {
			endpoint: METHODS.filter((method) => method !== 'GET').map((method) => ({
				_cnd: { startsWith: `${method} ` },
			})),
		},
	},
	fields: endpointFields,

	async run(call) {
		const { request, pages } = await endpointRequest(call);
		return await readAnswer(call, withoutTokens(call, request), pages);
	},
};
