import type { INodeProperties } from 'n8n-workflow';
import { allDayDescription, rangeFields } from '../../fields/dateRange';
import { locatorOfSeveral, spaceLocator, startingWithOne } from '../../fields/locators';
import { peopleField } from '../../fields/people';
import { newVisitorsField, purposeField, visitorsField } from '../../fields/visitors';

/** The parameters of an invitation. */
export const invitationFields: INodeProperties[] = [
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{
				name: 'Drop-In',
				value: 'DropIn',
				description: 'The visitors are already here. Appspace notifies the hosts.',
			},
			{
				name: 'Planned',
				value: 'Planned',
				description: 'The visitors will come later. Creates a visit that you can check in.',
			},
		],
		default: 'Planned',
		description: 'Whether the visitors are expected or already here',
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Visit from Example Inc.',
		description: 'The subject of the visit',
	},
	{
		...startingWithOne(
			peopleField('Hosts', 'Host', 'hosts', 'The people to visit. Appspace notifies them.'),
		),
		required: true,
	},
	...rangeFields('When the visit starts', 'When the visit ends'),
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
				description: allDayDescription('visit'),
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
			locatorOfSeveral('Spaces', 'spaceIds', spaceLocator, 'Where the visit takes place'),
		],
	},
];
