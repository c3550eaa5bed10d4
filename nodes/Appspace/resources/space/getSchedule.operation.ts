import { fullRange, rangeFields } from '../../fields/dateRange';
import { locatorOfSeveral } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';

export const getSchedule: Operation = {
	value: 'getSchedule',
	name: 'Get Schedule',
	action: 'Get schedule of spaces',
	description: 'Get what is booked when across several spaces, as Appspace gives it',
	effect: 'read',
	endpoints: ['POST reservation/schedules', 'GET reservation/resources/availability'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2, S7', reply: 'unknown' },
	fields: [
		{
			...locatorOfSeveral('Spaces', 'spaceIds', 'searchSpaces', 'The spaces to look at'),
			required: true,
		},
		...rangeFields('From when on', 'Until when'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			default: {},
			options: [
				{
					displayName: 'Ask For',
					name: 'source',
					type: 'options',
					options: [
						{ name: 'Schedules', value: 'schedules' },
						{ name: 'Availability', value: 'availability' },
					],
					default: 'schedules',
					description:
						'Which service to ask. The one for availability is said not to work on every tenant.',
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
