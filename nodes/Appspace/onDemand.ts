/**
 * What runs the node and fills its lists. It is a part of the package by itself (gulpfile.js), which is
 * loaded when it is first needed: when n8n starts, it wants to know what the node looks like, no more.
 */
export { searchScimGroups, searchScimUsers } from './pickers/scimPages';
export { searchPages } from './pickers/searchPages';
export {
	getEndpointParameters,
	searchEndpoints,
	searchServices,
} from './pickers/tenantDescriptions';
export { endpointRequest } from './resources/apiCall/endpointRequest';
export { rawRequestOf } from './resources/apiCall/rawRequestOf';
export { execute } from './runtime/execute';
