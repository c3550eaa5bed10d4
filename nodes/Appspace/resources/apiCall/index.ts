import type { Resource } from '../../runtime/operation';
import { callEndpoint } from './callEndpoint.operation';
import { rawRequest } from './rawRequest.operation';

export const apiCall: Resource = {
	value: 'apiCall',
	name: 'Tenant Endpoint',
	description:
		'Any endpoint of your tenant, with the token, paging, and retries of this node. Custom API Call is a feature of n8n that leads to the HTTP Request node.',
	operations: [callEndpoint, rawRequest],
};
