import { fullRange, rangeFields } from '../../fields/dateRange';
import { startingWithOne } from '../../fields/locators';
import { peopleField, peopleIn } from '../../fields/people';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';

export const checkPeopleAvailability: Operation = {
	value: 'checkPeopleAvailability',
	name: 'Check Availability of People',
	action: 'Check availability of people',
	description: 'Get when people are free or busy, as Appspace returns it',
	effect: 'read',
	endpoints: ['POST reservation/useravailabilities', 'GET users/{id}'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		{
			...startingWithOne(peopleField('People', 'Person', 'attendees', 'The people to check')),
			required: true,
		},
		...rangeFields('The start of the time range', 'The end of the time range'),
	],

	async run(call) {
		const people = await peopleIn(call, call.values('attendees').attendees, 'People');
		if (people.length === 0) {
			throw badInput('The parameter "People" is empty', 'Pick a user, or enter email addresses.');
		}
		const { startAt, endAt } = fullRange(call);
		return await passThrough(call, {
			method: 'POST',
			path: 'reservation/useravailabilities',
			body: { attendees: people.map(({ email }) => email), startAt, endAt },
			effect: 'read',
		});
	},
};
