import { fullRange, rangeFields } from '../../fields/dateRange';
import { locatorOfSeveral, spaceLocator, startingWithOne } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';

export const getSchedule: Operation = {
	value: 'getSchedule',
	name: 'Get Schedule',
	action: 'Get schedule of spaces',
	description: 'Get the bookings of several spaces, as Appspace returns them',
	effect: 'read',
	endpoints: ['POST reservation/schedules', 'GET reservation/resources/availability'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2, S7', reply: 'unknown' },
	fields: [
		{
			...startingWithOne(
				locatorOfSeveral('Spaces', 'spaceIds', spaceLocator, 'The spaces to check'),
			),
			required: true,
		},
		...rangeFields('The start of the time range', 'The end of the time range'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [
				{
					displayName: 'Source',
					name: 'source',
					type: 'options',
					options: [
						{ name: 'Schedules', value: 'schedules' },
						{ name: 'Availability', value: 'availability' },
					],
					default: 'schedules',
					description:
						'The Appspace service to use. Availability reportedly does not work in every tenant.',
				},
			],
		},
	],

	async run(call) {
		const resourceIds = call.ids('spaceIds');
		if (resourceIds.length === 0)
			throw badInput('The parameter "Spaces" is empty', 'Pick a space.');
		const { startAt, endAt } = fullRange(call);
		if (call.collection('options').source === 'availability') {
			const query = { resourceIds: resourceIds.join(','), startAt, endAt };
			return await passThrough(call, { path: 'reservation/resources/availability', query });
		}
		return await passThrough(call, {
			method: 'POST',
			path: 'reservation/schedules',
			body: { resourceIds, startAt, endAt },
			effect: 'read',
		});
	},
};
