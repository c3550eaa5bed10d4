import { Refusal } from '../answer.mts';
import { isObject, objectBody } from './bodies.mts';
import type { Service } from './endpoint.mts';

export const userpreference: Service = {
	name: 'userpreference',
	title: 'User Preference',
	endpoints: [
		{
			method: 'GET',
			path: 'userpreference/users/me',
			summary: 'Gets the preferences of the acting user',
			handle: ({ tenant }) => ({ additionalProperties: tenant.preferences }),
		},
		{
			method: 'PATCH',
			path: 'userpreference/users/me',
			summary: 'Replaces the preferences of the acting user',
			body: { type: 'object', properties: { additionalProperties: { type: 'object' } } },
			// Replaces all preferences, although it is a PATCH (appspace-api.md 5.8).
			handle: ({ tenant, body }) => {
				const { additionalProperties } = objectBody(body);
				if (!isObject(additionalProperties)) {
					throw new Refusal(400, 'The field additionalProperties must be an object.');
				}
				tenant.preferences = additionalProperties;
				return { additionalProperties };
			},
		},
	],
};
