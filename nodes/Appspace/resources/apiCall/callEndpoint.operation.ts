import { endpointFields } from './endpointFields';
import { endpointRequest } from './endpointRequest';
import { effectOfMethod, readAnswer } from './readAnswer';
import { typedEndpoint } from '../../description/typedEndpoint';
import { filledIn } from '../../runtime/itemCall';
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
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	namesRequest: true,
	isList: true,
	listsWhere: { endpoint: [{ _cnd: { regex: '^(=|\\s*[Gg][Ee][Tt]\\s)' } }] },
	fields: endpointFields,

	async run(call) {
		const { request, pages } = await endpointRequest(call);
		return await readAnswer(call, request, pages);
	},
};
