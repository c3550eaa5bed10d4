import type { INodeProperties } from 'n8n-workflow';
import { locatorOfSeveral } from '../../fields/locators';
import type { Call } from '../../runtime/operation';
import { badInput } from '../../transport/failure';

const kinds = [
	{ value: 'device', name: 'Device', plural: 'Devices', picker: 'searchDevices' },
	{
		value: 'deviceGroup',
		name: 'Device Group',
		plural: 'Device Groups',
		picker: 'searchDeviceGroups',
	},
	{ value: 'location', name: 'Location', plural: 'Locations', picker: '' },
];

/** The targets of a task: their type, then the targets. Appspace does not list locations: they need an ID. */
export const targetFields: INodeProperties[] = [
	{
		displayName: 'Target Type',
		name: 'targetType',
		type: 'options',
		options: kinds.map(({ name, value }) => ({ name, value })),
		default: 'device',
		description: 'The type of target to send the task to',
	},
	...kinds.map(({ value, plural, picker }): INodeProperties => {
		const field = locatorOfSeveral(plural, 'targetIds', picker, 'The targets to run the task on');
		return {
			...field,
			...(picker === '' && { default: { mode: 'id', value: '' }, modes: field.modes?.slice(1) }),
			displayOptions: { show: { targetType: [value] } },
		};
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
