import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';

export const checkOut: Operation = {
	value: 'checkOut',
	name: 'Check Out',
	action: 'Check out of booking event',
	description: 'Check out of a booking event that is checked in',
	effect: 'write',
	endpoints: ['POST reservation/events/{id}/checkout'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S7', reply: 'unknown' },
	fields: [eventLocator],

	async run(call) {
		return await passThrough(call, {
			method: 'POST',
			path: path`reservation/events/${call.id('eventId')}/checkout`,
		});
	},
};
