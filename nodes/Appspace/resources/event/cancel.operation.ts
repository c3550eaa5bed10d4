import { eventLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { path } from '../../transport/path';

export const cancel: Operation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel booking event',
	description:
		'Cancel one booking event. There is stronger evidence for deleting the whole reservation instead.',
	effect: 'write',
	endpoints: ['POST reservation/events/{id}/cancel', 'DELETE reservation/events/{id}'],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2, S7', reply: 'unknown' },
	fields: [
		eventLocator,
		{
			displayName: 'Method',
			name: 'way',
			type: 'options',
			options: [
				{
					name: 'Cancel the Event',
					value: 'cancel',
					description: 'Cancels the event, with an optional reason',
				},
				{
					name: 'Delete the Event',
					value: 'delete',
					description:
						'Deletes the event, without a reason. Use it if your tenant refuses to cancel events.',
				},
			],
			default: 'cancel',
			description: 'How to cancel the event. Public sources show both methods.',
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. The visitor is sick',
			description: 'Why the event is canceled',
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
