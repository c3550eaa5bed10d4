import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyEvent } from './eventRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get booking event',
	description: 'Get one booking event by its ID',
	effect: 'read',
	endpoints: ['GET reservation/events/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S7' },
	fields: [eventLocator],
	simplify: simplifyEvent,

	async run(call) {
		return await call.record({ path: path`reservation/events/${call.id('eventId')}` });
	},
};
