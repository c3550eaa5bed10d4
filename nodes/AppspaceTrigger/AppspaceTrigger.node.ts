import type { IPollFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { listSearch } from '../Appspace/pickers/listSearch';
import { chosenEvent, events } from './events/events';
import { poll } from './poll';
import { propertiesOf } from './properties';

/** The Appspace Trigger node: starts a workflow when something happens in Appspace. */
export class AppspaceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Appspace Trigger',
		name: 'appspaceTrigger',
		icon: { light: 'file:../../icons/appspace.svg', dark: 'file:../../icons/appspace.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toLowerCase() }}',
		description: 'Start a workflow when something happens in Appspace',
		defaults: { name: 'Appspace Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'appspaceApi', required: true }],
		properties: propertiesOf(events),
	};

	methods = { listSearch };

	async poll(this: IPollFunctions) {
		return await poll(this, chosenEvent(this));
	}
}
