import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';

export const release: Operation = {
	value: 'release',
	name: 'Release',
	action: 'Release spaces of booking event',
	description: 'Release the spaces of a booking event so that others can book them',
	effect: 'write',
	endpoints: ['POST reservation/events/{id}/release'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [eventLocator],

	async run(call) {
		return await passThrough(call, {
			method: 'POST',
			path: path`reservation/events/${call.id('eventId')}/release`,
		});
	},
};
