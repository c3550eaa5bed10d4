import { LONG_AGO, NO_ID, NO_WORD, type Expectation, type Fields } from './expectation.mts';

const event: Fields = {
	...{ id: 'id', reservationId: 'id', status: 'text', title: 'text', startAt: 'time' },
	...{ endAt: 'time', startTimeZone: 'text', createdAt: 'time', updatedAt: 'time' },
	...{ origin: 'any', organizer: 'object', provider: 'object' },
};

/** The resources are in one of two places. */
const eventResources: Fields = { resourceIds: 'list', resources: 'list', reservation: 'object' };

const reservation: Fields = {
	...{ id: 'id', title: 'text', startAt: 'time', endAt: 'time', status: 'text' },
	...{ isRecurring: 'flag', isAllDay: 'flag', organizer: 'object', resources: 'list' },
	...{ events: 'list', attendees: 'list' },
};

const resource: Fields = {
	...{ id: 'id', name: 'text', type: 'text', subType: 'any', locationPath: 'any' },
};

const reservable: Fields = {
	...{ id: 'id', name: 'text', type: 'text', subType: 'any', networkId: 'id' },
	...{ networkName: 'text', isReservable: 'flag', reservableStatus: 'text' },
};

/** Only some spaces have a capacity; whether records show their floor is open. */
const spaceAlso = {
	optional: { resourceFloorId: 'id' },
	absentIfEmpty: { capacity: 'number' },
} satisfies Partial<Expectation>;

/** Events, reservations, and reservable resources (appspace-api.md 5.5). */
export const bookings: readonly Expectation[] = [
	{
		endpoint: 'GET reservation/events',
		section: '5.5',
		form: 'listing',
		fields: event,
		optional: eventResources,
		filters: [
			{ none: LONG_AGO, known: 'honored' },
			{ none: { resourceids: NO_ID }, known: 'honored' },
			{ none: { resourceId: NO_ID }, known: 'honored' },
			{ none: { status: NO_WORD }, known: 'open' },
		],
	},
	{
		endpoint: 'GET reservation/events/{id}',
		section: '5.5',
		form: 'record',
		fields: event,
		optional: eventResources,
	},
	{
		endpoint: 'GET reservation/users/me/events',
		section: '5.5',
		form: 'listing',
		fields: event,
		optional: eventResources,
		filters: [
			{ none: LONG_AGO, known: 'honored' },
			{ none: { status: NO_WORD }, known: 'honored' },
		],
	},
	{
		endpoint: 'GET reservation/reservations',
		section: '5.5',
		form: 'listing',
		fields: reservation,
		optional: { checkpoints: 'list' },
		absentIfEmpty: { notes: 'text' },
		filters: [
			{ none: LONG_AGO, known: 'open' },
			{ none: { resourceId: NO_ID }, known: 'open' },
			{ none: { organizer: 'nobody@conformance.invalid' }, known: 'open' },
		],
	},
	{
		endpoint: 'GET reservation/reservations/{id}',
		section: '5.5',
		form: 'record',
		fields: reservation,
		optional: { checkpoints: 'list' },
		absentIfEmpty: { notes: 'text' },
	},
	{
		endpoint: 'GET reservation/resources',
		section: '5.5',
		form: 'listing',
		fields: resource,
		...spaceAlso,
		filters: [
			{ none: { types: NO_WORD }, known: 'honored' },
			{ none: { type: NO_WORD }, known: 'honored' },
			{ none: { networkid: NO_ID }, known: 'honored' },
			{ none: { search: NO_WORD }, known: 'open' },
			{ none: { ancestorLocationId: NO_ID }, known: 'open' },
			{ none: { locationPath: NO_WORD }, known: 'open' },
		],
	},
	{
		endpoint: 'GET reservation/resources/{id}',
		section: '5.5',
		form: 'record',
		fields: resource,
		...spaceAlso,
	},
	{
		endpoint: 'GET reservation/resources/{id}/events',
		section: '5.5',
		form: 'listing',
		fields: event,
		optional: eventResources,
		filters: [{ none: LONG_AGO, known: 'honored' }],
	},
	{
		endpoint: 'POST reservation/resources/reservable',
		section: '5.5',
		form: 'listing',
		fields: reservable,
		...spaceAlso,
	},
	{
		endpoint: 'GET reservation/resources/reservable',
		section: '5.5',
		form: 'listing',
		fields: reservable,
		...spaceAlso,
	},
	{
		endpoint: 'GET reservation/resources/availability',
		section: '4',
		form: 'unknown',
		refusedWith: 400,
	},
	{ endpoint: 'POST reservation/useravailabilities', section: '5.5', form: 'unknown' },
	{ endpoint: 'POST reservation/schedules', section: '5.5', form: 'unknown' },
];
