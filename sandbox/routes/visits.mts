import { Refusal } from '../answer.mts';
import type { Visit, Visitor } from '../data/visits.mts';
import { isoTime } from '../data/times.mts';
import { listing } from '../listing.mts';
import { shown } from '../recordForms.mts';
import { undocumentedReply } from '../undocumented.mts';
import { moment, objectBody, objects, requiredText, timeZone, word } from './bodies.mts';
import { isListed } from './bookingRules.mts';
import type { Call, Endpoint, Schema } from './endpoint.mts';
import { byId } from './lookups.mts';
import { newVisitor } from './visitorRules.mts';

const INVITATION: Schema = {
	title: 'Invitation',
	type: 'object',
	properties: {
		type: { type: 'string', enum: ['DropIn', 'Planned'] },
		title: { type: 'string' },
		notes: { type: 'string' },
		purpose: { type: 'string' },
		hosts: { type: 'array', items: { type: 'object' } },
		resourceIds: { type: 'array', items: { type: 'string', format: 'uuid' } },
		visitors: { type: 'array', items: { type: 'object' } },
		startAt: { type: 'string', format: 'date-time' },
		endAt: { type: 'string', format: 'date-time' },
		startTimeZone: { type: 'string' },
		endTimeZone: { type: 'string' },
		isAllDay: { type: 'boolean' },
	},
};

export const visitEndpoints: Endpoint[] = [
	{
		method: 'POST',
		path: 'visitormanagement/invitations',
		summary: 'Invites visitors and notifies their hosts',
		body: INVITATION,
		// Works, although the real document omits it as well (appspace-api.md 4).
		undocumented: true,
		handle: invite,
	},
	{
		method: 'GET',
		path: 'visitormanagement/events',
		summary: 'Lists the visits',
		query: { startAt: 'date-time', endAt: 'date-time' },
		paged: true,
		handle: (call) => {
			return listing(
				call,
				call.tenant.visits
					.filter((visit) => isListed(visit, call))
					.map((visit) => shownVisit(call, visit)),
			);
		},
	},
	...(['checkin', 'checkout'] as const).map((verb): Endpoint => {
		return {
			method: 'POST',
			path: `visitormanagement/events/:eventId/visitors/:visitorId/${verb}`,
			summary: verb === 'checkin' ? 'Checks in a visitor' : 'Checks out a visitor',
			handle: (call) => attend(call, verb),
		};
	}),
];

/** A planned invitation creates a visit that can be checked in to; every invitation notifies the hosts. */
function invite(call: Call) {
	const body = objectBody(call.body);
	const type = word(body, 'type', ['DropIn', 'Planned']);
	const hosts = objects(body, 'hosts').map((host) => ({
		...host,
		email: requiredText(host, 'email'),
	}));
	const guests = objects(body, 'visitors');
	if (guests.length === 0) throw new Refusal(400, 'The field visitors must not be empty.');
	const [startAt, endAt] = [moment(body, 'startAt'), moment(body, 'endAt')];
	if (endAt <= startAt) throw new Refusal(400, 'The end must be after the start.');

	const visitors = guests.map((guest) => registered(call, guest));
	const visit: Visit = {
		id: call.random.guid(),
		title: requiredText(body, 'title'),
		notes: typeof body.notes === 'string' ? body.notes : '',
		purpose: typeof body.purpose === 'string' ? body.purpose : '',
		hosts,
		resourceIds: Array.isArray(body.resourceIds) ? body.resourceIds : [],
		visitors,
		startAt: isoTime(startAt),
		endAt: isoTime(endAt),
		startTimeZone: timeZone(body, 'startTimeZone') ?? 'UTC',
		endTimeZone: timeZone(body, 'endTimeZone') ?? 'UTC',
		isAllDay: body.isAllDay === true,
	};
	if (type === 'Planned') call.tenant.visits.push(visit);
	const visitorEmails = visitors.map(({ email }) => email);
	call.tenant.hostNotices.push(...hosts.map(({ email }) => ({ email, visitorEmails })));
	return undocumentedReply(call, 'invitation', shownVisit(call, visit));
}

function shownVisit(call: Call, visit: Visit): object {
	return { ...visit, visitors: visit.visitors.map((visitor) => shown(call, 'visitor', visitor)) };
}

/** Finds the visitor by ID or email, and registers an unknown one. */
function registered(call: Call, guest: Record<string, unknown>): Visitor {
	const { visitors } = call.tenant;
	if (guest.id !== undefined) return byId(visitors, String(guest.id), 'The visitor');
	const known = visitors.find(({ email }) => email === guest.email);
	if (known) return known;
	const visitor = newVisitor(call, guest);
	visitors.push(visitor);
	return visitor;
}

function attend(call: Call, verb: 'checkin' | 'checkout') {
	const visit = byId(call.tenant.visits, call.params.eventId, 'The visit');
	const visitor = byId(visit.visitors, call.params.visitorId, 'The visitor');
	visitor.visitorRegistrationStatus = verb === 'checkin' ? 'CheckedIn' : 'CheckedOut';
	visitor.lastVisit = { startAt: visit.startAt };
	return undocumentedReply(call, `visitor ${verb}`, {});
}
