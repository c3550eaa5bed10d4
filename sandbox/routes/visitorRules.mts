import { Refusal } from '../answer.mts';
import { isoTime } from '../data/times.mts';
import type { Visitor } from '../data/visits.mts';
import { objects, requiredText, type JsonObject } from './bodies.mts';
import type { Call } from './endpoint.mts';

/** A visitor made from a body. The type is free text; the default is Guest. Refuses with 400. */
export function newVisitor(call: Call, body: JsonObject): Visitor {
	const [firstName, lastName] = [requiredText(body, 'firstName'), requiredText(body, 'lastName')];
	const now = isoTime(Date.now());
	return {
		id: call.random.guid(),
		firstName,
		lastName,
		fullName: `${firstName} ${lastName}`,
		email: requiredText(body, 'email'),
		visitorType: body.visitorType === undefined ? 'Guest' : requiredText(body, 'visitorType'),
		customFields: (body.customFields ?? []) as Visitor['customFields'],
		visitorRegistrationStatus: 'NotRegistered',
		createdAt: now,
		updatedAt: now,
	};
}

/** No two visitors share an email address. Refuses with 409. */
export function checkEmail({ tenant }: Call, email: string): void {
	if (tenant.visitors.some((visitor) => visitor.email.toLowerCase() === email.toLowerCase())) {
		throw new Refusal(409, `A visitor with the email ${email} already exists.`);
	}
}

/** The list is required but may be empty. Refuses with 400. */
export function checkCustomFields(body: JsonObject): void {
	for (const field of objects(body, 'customFields')) requiredText(field, 'id');
}

/** A visitor in responses, with custom fields in the form that the settings name. */
export function withCustomFields(
	{ settings }: Call,
	{ customFields, ...visitor }: Visitor,
): object {
	switch (settings.customFields) {
		case 'list':
			return { ...visitor, customFields };
		case 'capitals':
			return {
				...visitor,
				customFields: customFields.map((field) => ({ ...field, id: field.id.toUpperCase() })),
			};
		case 'object':
			return {
				...visitor,
				customFields: Object.fromEntries(customFields.map(({ id, value }) => [id, value])),
			};
		case 'text':
			return { ...visitor, customFields: customFields.map(({ id, value }) => `${id}: ${value}`) };
		case 'missing':
			return visitor;
	}
}
