import type { INodeProperties } from 'n8n-workflow';
import { allDayDescription, rangeFields } from '../../fields/dateRange';
import { locator, locatorOfSeveral, spaceLocator, startingWithOne } from '../../fields/locators';
import { peopleField } from '../../fields/people';
import { newVisitorsField, purposeField, visitorsField } from '../../fields/visitors';

/** The parameters of a booking. */
export const bookingFields: INodeProperties[] = [
	{
		...startingWithOne(
			locatorOfSeveral(
				'Spaces',
				'spaceIds',
				spaceLocator,
				'The rooms, desks, or other spaces to book',
			),
		),
		required: true,
	},
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Weekly planning',
		description:
			'The subject of the booking. If the workflow runs again, the node uses the title, among other values, to recognize the existing booking.',
	},
	...rangeFields('When the booking starts', 'When the booking ends'),
	peopleField(
		'Attendees',
		'Attendee',
		'attendees',
		'The people who take part, besides the organizer',
	),
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
				description: allDayDescription('booking'),
			},
			newVisitorsField,
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'Text for the attendees',
			},
			locator('Organizer', 'organizerId', 'searchUsers', {
				required: false,
				description:
					'The user to book for. If you leave it empty, the node books for the service user that the API token acts as.',
			}),
			{ ...purposeField, displayName: 'Purpose of Visit', name: 'visitPurpose' },
			{
				displayName: 'Sensitivity',
				name: 'sensitivity',
				type: 'string',
				default: 'Public',
				placeholder: 'e.g. Public',
				description:
					'Who can see the subject of the booking. Public is known; other values may exist.',
			},
			visitorsField,
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			{
				displayName: 'Lock First',
				name: 'lockFirst',
				type: 'boolean',
				default: false,
				description:
					'Whether to lock the spaces briefly before booking them, as the Appspace console does. If locking does not succeed, the node books them anyway.',
			},
		],
	},
];
