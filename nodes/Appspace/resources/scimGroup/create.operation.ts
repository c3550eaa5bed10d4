import type { IDataObject } from 'n8n-workflow';
import { idsIn } from '../../runtime/parameterValues';
import type { Call, Operation } from '../../runtime/operation';
import { listOfAny } from '../../scim/alternatives';
import { createRecord } from '../../scim/create';
import { featuresOf } from '../../scim/features';
import { isExactly } from '../../scim/filter';
import { badInput } from '../../transport/failure';
import { attribute, GROUP } from '../../transport/scim/attributes';
import {
	externalIdField,
	groupNameField,
	isNamed,
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
		return await createRecord(call, 'Groups', body, () => onlyGroupLike(call, body));
	},
};

/** The group that matches a new one; undefined if several match, because any of them could be it. */
async function onlyGroupLike(
	call: Call,
	{ displayName, externalId }: IDataObject,
): Promise<IDataObject | undefined> {
	const name = String(displayName);
	const alternatives = (await featuresOf(call)).filter ? [isExactly('displayName', name)] : [];
	const matches = (group: IDataObject) =>
		isNamed(group, name) && attribute(group, 'externalId') === externalId;
	const found = await listOfAny(call, 'Groups', [{ alternatives, matches, isEnough: true }]);
	return found.length === 1 ? found[0] : undefined;
}
