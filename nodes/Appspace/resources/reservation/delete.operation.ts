import { reservationLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';

export const deleteReservation: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete reservation',
	description: 'Delete a reservation and all of its booking events, which frees the spaces',
	effect: 'delete',
	endpoints: ['DELETE reservation/reservations/{id}'],
	evidence: { grade: 'OBSERVED', sources: 'S2, S6' },
	fields: [reservationLocator],

	async run(call) {
		const id = call.id('reservationId');
		await call.request({
			method: 'DELETE',
			path: path`reservation/reservations/${id}`,
			acceptsText: true,
		});
		return { id, deleted: true };
	},
};
