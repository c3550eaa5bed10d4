import { visitorTypeField } from '../../fields/visitors';
import type { Operation } from '../../runtime/operation';
import { passes, simplifyVisitor } from './visitorRecord';

export const getAll: Operation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many visitors',
	description: 'List the registered visitors',
	effect: 'read',
	endpoints: ['GET visitormanagement/visitors'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	isList: true,
	simplify: simplifyVisitor,
	fields: [
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Name or Email Contains',
					name: 'search',
					type: 'string',
					default: '',
					placeholder: 'e.g. mary@example.com',
					description: 'Only visitors whose name or email address contains this text',
				},
				{ ...visitorTypeField, description: 'Only visitors of this type' },
			],
		},
	],

	async run(call) {
		const filters = call.collection('filters');
		const isFiltered = Object.keys(filters).length > 0;
		return await call.list('visitormanagement/visitors', {
			matches: isFiltered ? (visitor) => passes(visitor, filters) : undefined,
		});
	},
};
