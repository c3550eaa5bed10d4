import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';

export const cancel: Operation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel booking event',
	description:
		'Cancel one booking event. Better proven is to delete its reservation, which takes all its events away.',
	effect: 'write',
	endpoints: ['POST reservation/events/{id}/cancel', 'DELETE reservation/events/{id}'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2, S7', reply: 'unknown' },
	fields: [
		eventLocator,
		{
			displayName: 'Way',
			name: 'way',
			type: 'options',
			options: [
				{
					name: 'Cancel the Event',
					value: 'cancel',
					description: 'Calls it off, with a reason if there is one',
				},
				{
					name: 'Delete the Event',
					value: 'delete',
					description: 'Takes it away, without a reason; for tenants that refuse the other way',
				},
			],
			default: 'cancel',
			description: 'How to cancel; public sources show both ways',
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. The visitor is ill',
			description: 'Why the event is cancelled',
			displayOptions: { show: { way: ['cancel'] } },
		},
	],

	async run(call) {
		const eventId = call.id('eventId');
		if (call.text('way') === 'delete') {
			return await passThrough(call, {
				method: 'DELETE',
				path: path`reservation/events/${eventId}`,
			});
		}
		return await passThrough(call, {
			method: 'POST',
			path: path`reservation/events/${eventId}/cancel`,
			body: { reason: call.text('reason') },
		});
	},
};
