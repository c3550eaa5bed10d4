import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';

export const end: Operation = {
	value: 'end',
	name: 'End Now',
	action: 'End booking event now',
	description: 'End a booking event that is in progress, which frees its spaces',
	effect: 'write',
	endpoints: ['POST reservation/events/{id}/end'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [eventLocator],

	async run(call) {
		return await passThrough(call, {
			method: 'POST',
			path: path`reservation/events/${call.id('eventId')}/end`,
		});
	},
};
