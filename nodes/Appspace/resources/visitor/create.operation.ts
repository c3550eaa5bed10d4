import {
	customFieldsField,
	newVisitor,
	visitorEmailField,
	visitorNameFields,
	visitorTypeField,
} from '../../fields/visitors';
import type { Operation } from '../../runtime/operation';
import { passThrough } from '../../runtime/passThrough';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create visitor',
	description: 'Register a visitor without notifying anyone. To notify a host, use Invite.',
	effect: 'write',
	endpoints: ['POST visitormanagement/visitors'],
	evidence: { grade: 'OBSERVED', sources: 'S2', reply: 'unknown' },
	fields: [
		...visitorNameFields.map((field) => ({ ...field, required: true })),
		{
			...visitorEmailField,
			description: 'The email address of the visitor. Most tenants require one.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [customFieldsField, visitorTypeField],
		},
	],

	async run(call) {
		const named = call.values('firstName', 'lastName', 'email');
		const body = newVisitor({ ...call.collection('additionalFields'), ...named });
		return await passThrough(call, { method: 'POST', path: 'visitormanagement/visitors', body });
	},
};
