import { empty } from '../answer.mts';
import type { Visitor } from '../data/visits.mts';
import { isoTime } from '../data/times.mts';
import { listing } from '../listing.mts';
import { shown } from '../recordForms.mts';
import { undocumentedReply } from '../undocumented.mts';
import { objectBody, requiredText } from './bodies.mts';
import type { Call, Schema, Service } from './endpoint.mts';
import { byId } from './lookups.mts';
import { checkCustomFields, checkEmail, newVisitor, withCustomFields } from './visitorRules.mts';
import { visitEndpoints } from './visits.mts';

const VISITOR: Schema = {
	title: 'Visitor',
	type: 'object',
	properties: {
		firstName: { type: 'string' },
		lastName: { type: 'string' },
		email: { type: 'string' },
		visitorType: { type: 'string' },
		customFields: {
			type: 'array',
			items: {
				type: 'object',
				properties: { id: { type: 'string' }, value: { type: 'string' } },
			},
		},
	},
};

export const visitormanagement: Service = {
	name: 'visitormanagement',
	title: 'Visitor Management',
	endpoints: [
		{
			method: 'GET',
			path: 'visitormanagement/visitors',
			summary: 'Lists the visitors',
			paged: true,
			handle: (call) =>
				listing(
					call,
					call.tenant.visitors.map((visitor) =>
						shown(call, 'visitor', withCustomFields(call, visitor)),
					),
				),
		},
		{
			method: 'GET',
			path: 'visitormanagement/visitors/:id',
			summary: 'Gets one visitor',
			handle: (call) => shown(call, 'visitor', withCustomFields(call, visitorOf(call))),
		},
		{
			method: 'POST',
			path: 'visitormanagement/visitors',
			summary: 'Registers a visitor',
			body: VISITOR,
			// Works, although the real document omits it as well (appspace-api.md 4).
			undocumented: true,
			handle: (call) => {
				const body = objectBody(call.body);
				checkCustomFields(body);
				const visitor = newVisitor(call, body);
				checkEmail(call, visitor.email);
				call.tenant.visitors.push(visitor);
				return shown(call, 'visitor', withCustomFields(call, visitor));
			},
		},
		{
			method: 'PATCH',
			path: 'visitormanagement/visitors/:id',
			summary: 'Changes a visitor',
			body: VISITOR,
			handle: changeVisitor,
		},
		{
			method: 'DELETE',
			path: 'visitormanagement/visitors/:id',
			summary: 'Deletes a visitor',
			handle: (call) => {
				const visitor = visitorOf(call);
				call.tenant.visitors = call.tenant.visitors.filter((other) => other !== visitor);
				return empty(204);
			},
		},
		{
			method: 'GET',
			path: 'visitormanagement/configurations/me',
			summary: 'Gets the settings for visitor registration',
			handle: ({ tenant }) => tenant.visitorConfiguration,
		},
		...visitEndpoints,
	],
};

/** The body of a PATCH is not public; these are the fields of a create request (appspace-api.md 5.6). */
function changeVisitor(call: Call) {
	const visitor = visitorOf(call);
	const body = objectBody(call.body);
	const names = ['firstName', 'lastName', 'email', 'visitorType'] as const;
	const change = Object.fromEntries(
		names
			.filter((name) => body[name] !== undefined)
			.map((name) => [name, requiredText(body, name)]),
	);
	if (change.email && change.email !== visitor.email) checkEmail(call, change.email);
	if (body.customFields !== undefined) checkCustomFields(body);
	Object.assign(visitor, change, {
		customFields: body.customFields ?? visitor.customFields,
		updatedAt: isoTime(Date.now()),
	});
	visitor.fullName = `${visitor.firstName} ${visitor.lastName}`;
	return undocumentedReply(
		call,
		'change visitor',
		shown(call, 'visitor', withCustomFields(call, visitor)),
	);
}

function visitorOf({ tenant, params }: Pick<Call, 'tenant' | 'params'>): Visitor {
	return byId(tenant.visitors, params.id, 'The visitor');
}
