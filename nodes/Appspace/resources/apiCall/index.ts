import type { Resource } from '../../runtime/operation';
import { callEndpoint } from './callEndpoint.operation';
import { rawRequest } from './rawRequest.operation';

export const apiCall: Resource = {
	value: 'apiCall',
	name: 'Tenant Endpoint',
	description:
		"Any endpoint of your tenant, within this node and with its token, pages and retries. Custom API Call is n8n's own and leads to the HTTP Request node.",
	operations: [callEndpoint, rawRequest],
};
