import { visitLocator, visitorLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';

export const checkOut: Operation = {
	value: 'checkOut',
	name: 'Check Out',
	action: 'Check out visitor',
	description: 'Record that a visitor has left',
	effect: 'write',
	endpoints: ['POST visitormanagement/events/{eventId}/visitors/{visitorId}/checkout'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [visitLocator, visitorLocator],

	async run(call) {
		const [eventId, visitorId] = [call.id('eventId'), call.id('visitorId')];
		return await passThrough(call, {
			method: 'POST',
			path: path`visitormanagement/events/${eventId}/visitors/${visitorId}/checkout`,
		});
	},
};
