import { dateField, rangeIn, refusePast, timeZoneField } from '../../fields/dateRange';
import { reservationLocator } from '../../fields/locators';
import { updateFields } from '../../fields/updateFields';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';
import { badInput } from '../../transport/failure';
import { path } from '../../transport/path';
import { spaceIdsIn } from '../event/bookedSpaces';
import { explainClash } from './clash';

export const update: Operation = {
	value: 'update',
	name: 'Update',
	action: 'Update reservation',
	description: 'Change the title, notes, or time of a reservation and keep everything else',
	effect: 'write',
	endpoints: [
		'PATCH reservation/reservations/{id}',
		...['GET reservation/reservations/{id}', 'GET reservation/events'],
	],
	evidence: { grade: 'OBSERVED-weak', sources: 'S2', reply: 'unknown' },
	fields: [
		reservationLocator,
		updateFields([
			dateField('End', 'endAt', 'The new end of the booking'),
			{ displayName: 'Notes', name: 'notes', type: 'string', default: '' },
			dateField('Start', 'startAt', 'The new start of the booking'),
			timeZoneField,
			{ displayName: 'Title', name: 'title', type: 'string', default: '' },
		]),
	],

	async run(call) {
		const reservationPath = path`reservation/reservations/${call.id('reservationId')}`;
		const { timeZone, ...given } = call.collection('updateFields');
		const { startAt, endAt } = rangeIn(call, { timeZone, ...given });
		refusePast(startAt, 'Start');
		refusePast(endAt, 'End');
		const body = { ...given, ...(startAt && { startAt }), ...(endAt && { endAt }) };
		if (Object.keys(body).length === 0) {
			throw badInput('There is nothing to update', 'Add a field under "Update Fields".');
		}
		return await explainClash(
			call,
			passThrough(call, { method: 'PATCH', path: reservationPath, body }),
			async () => {
				const reservation = await call.record({ path: reservationPath });
				return {
					spaceIds: spaceIdsIn(reservation),
					startAt: startAt ?? String(reservation.startAt),
					endAt: endAt ?? String(reservation.endAt),
					reservationId: reservation.id,
				};
			},
		);
	},
};
