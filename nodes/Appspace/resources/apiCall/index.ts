import type { Resource } from '../../runtime/operation';
import { callEndpoint } from './callEndpoint.operation';
import { rawRequest } from './rawRequest.operation';

export const apiCall: Resource = {
	value: 'apiCall',
	name: 'Tenant Endpoint',
	description:
		'Any endpoint of your tenant, picked from its own description or typed, with the token, pages and retries of this node',
	operations: [callEndpoint, rawRequest],
};
