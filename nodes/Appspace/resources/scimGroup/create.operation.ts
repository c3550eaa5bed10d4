import { idsIn } from '../../runtime/parameterValues';
import type { Operation } from '../../runtime/operation';
import { GROUP } from '../../transport/scim/attributes';
import { badInput } from '../../transport/failure';
import {
	externalIdField,
	groupNameField,
	membersField,
	simplifyScimGroup,
} from './scimGroupRecord';

export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create provisioned group',
	description: 'Create a group, with or without members',
	effect: 'write',
	endpoints: ['POST /identity/scim/Groups'],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: [
		groupNameField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [externalIdField, membersField],
		},
	],
	simplify: simplifyScimGroup,

	async run(call) {
		const { externalId, memberIds } = call.collection('additionalFields');
		const displayName = call.text('displayName');
		if (displayName === '') throw badInput('The parameter "Name" is empty', 'Enter a name.');
		const members = idsIn(memberIds, 'SCIM Users').map((value) => ({ value }));
		const body = {
			...{ schemas: [GROUP], displayName, members },
			...(externalId !== undefined && { externalId }),
		};
		return await call.record({ method: 'POST', path: 'Groups', body });
	},
};
