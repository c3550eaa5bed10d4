import { scimGroupLocator } from '../../fields/locators';
import type { Operation } from '../../runtime/operation';
import { path } from '../../transport/path';
import { simplifyScimGroup } from './scimGroupRecord';

export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get provisioned group',
	description: 'Get one group and its members by SCIM ID',
	effect: 'read',
	endpoints: ['GET /identity/scim/Groups/{id}'],
	evidence: { grade: 'INFERRED', sources: 'S13' },
	fields: [scimGroupLocator],
	simplify: simplifyScimGroup,

	async run(call) {
		return await call.record({ path: path`Groups/${call.id('scimGroupId')}` });
	},
};
