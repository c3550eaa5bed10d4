import type { INodeProperties } from 'n8n-workflow';
import { rangeFields } from '../../fields/dateRange';
import { locatorOfSeveral } from '../../fields/locators';
import { peopleField } from '../../fields/people';
import { newVisitorsField, purposeField, visitorsField } from '../../fields/visitors';

/** What an invitation is made of. */
export const invitationFields: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{
				name: 'Drop-In',
				value: 'DropIn',
				description: 'Somebody is here; the hosts are told',
			},
			{
				name: 'Planned',
				value: 'Planned',
				description: 'Somebody will come; makes a visit that can be checked in to',
			},
		],
		default: 'Planned',
		description: 'Whether the visitors are expected or here already',
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Visit of Example Ltd',
		description: 'What the visit is about',
	},
	{ ...peopleField('Hosts', 'hosts', 'Whom they visit; Appspace notifies them'), required: true },
	...rangeFields('When the visit begins', 'When the visit ends'),
	visitorsField,
	newVisitorsField,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		options: [
			{
				displayName: 'All Day',
				name: 'isAllDay',
				type: 'boolean',
				default: false,
				description: 'Whether the visit is for whole days',
			},
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'Text for the hosts',
			},
			purposeField,
			locatorOfSeveral('Spaces', 'spaceIds', 'searchSpaces', 'Where the visit takes place'),
		],
	},
];
