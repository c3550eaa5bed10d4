import { visitLocator, visitorLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';

export const checkIn: Operation = {
	value: 'checkIn',
	name: 'Check In',
	action: 'Check in visitor',
	description: 'Record that a visitor has arrived for a visit',
	effect: 'write',
	endpoints: ['POST visitormanagement/events/{eventId}/visitors/{visitorId}/checkin'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [visitLocator, visitorLocator],

	async run(call) {
		const [eventId, visitorId] = [call.id('eventId'), call.id('visitorId')];
		return await passThrough(call, {
			method: 'POST',
			path: path`visitormanagement/events/${eventId}/visitors/${visitorId}/checkin`,
		});
	},
};
