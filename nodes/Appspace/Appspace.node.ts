import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listSearch } from './pickers/listSearch';
import { getEndpointParameters } from './pickers/tenantDescriptions';
import { resources } from './resources/resources';
import { execute } from './runtime/execute';
import { credentialsOf, propertiesOf } from './runtime/properties';

/** The Appspace node: one table of resources and operations, run once for each input item. */
export class Appspace implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Appspace',
		name: 'appspace',
		icon: { light: 'file:../../icons/appspace.svg', dark: 'file:../../icons/appspace.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with channels, devices, bookings, visitors, content, and people in Appspace',
		defaults: { name: 'Appspace' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialsOf(resources),
		properties: propertiesOf(resources),
	};

	methods = { listSearch, resourceMapping: { getEndpointParameters } };

	async execute(this: IExecuteFunctions) {
		return await execute.call(this, resources);
	}
}
