import type { INodeProperties } from 'n8n-workflow';
import {
	deviceGroupLocator,
	deviceLocator,
	idOnly,
	locatorOfSeveral,
	startingWithOne,
} from '../../fields/locators';
import type { Call } from '../../runtime/operation';
import { badInput } from '../../transport/failure';

const kinds = [
	{ value: 'device', plural: 'Devices', one: deviceLocator },
	{ value: 'deviceGroup', plural: 'Device Groups', one: deviceGroupLocator },
	// Appspace does not list locations.
	{ value: 'location', plural: 'Locations', one: idOnly('Location', 'locationId') },
];

/** The targets of a task: their type, then the targets. */
export const targetFields: INodeProperties[] = [
	{
		displayName: 'Target Type',
		name: 'targetType',
		type: 'options',
		options: kinds.map(({ value, one }) => ({ name: one.displayName, value })),
		default: 'device',
		description: 'The type of target to send the task to',
	},
	...kinds.map(({ value, plural, one }): INodeProperties => {
		const list = locatorOfSeveral(plural, 'targetIds', one, 'The targets to run the task on');
		return { ...startingWithOne(list), displayOptions: { show: { targetType: [value] } } };
	}),
];

/** The targets of an item, in the form that requests take. */
export function targetsIn(call: Call): { targetType: string; targetIds: string[] } {
	const targetType = call.text('targetType');
	const targetIds = call.ids('targetIds');
	if (targetIds.length > 0) return { targetType, targetIds };
	const label = kinds.find(({ value }) => value === targetType)?.plural;
	throw badInput(`The parameter "${label}" is empty`, 'Enter IDs, separated by commas.');
}
