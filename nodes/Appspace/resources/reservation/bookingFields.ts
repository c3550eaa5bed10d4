import type { INodeProperties } from 'n8n-workflow';
import { rangeFields } from '../../fields/dateRange';
import { locator, locatorOfSeveral } from '../../fields/locators';
import { peopleField } from '../../fields/people';
import { newVisitorsField, purposeField, visitorsField } from '../../fields/visitors';

/** What a booking is made of. */
export const bookingFields: INodeProperties[] = [
	{
		...locatorOfSeveral('Spaces', 'spaceIds', 'searchSpaces', 'The room, desk or spaces to book'),
		required: true,
	},
	...rangeFields('When the booking begins', 'When the booking ends'),
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Weekly planning',
		description:
			'What the booking is for. A workflow that runs again recognises its own booking by it, among other things.',
	},
	peopleField('Attendees', 'attendees', 'Who takes part, beside the organizer'),
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
				description: 'Whether the booking is for whole days',
			},
			newVisitorsField,
			{
				displayName: 'Notes',
				name: 'notes',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'Text for those who take part',
			},
			locator('Organizer', 'organizerId', 'searchUsers', {
				required: false,
				description:
					'In whose name to book. Left empty: the service user that the API token acts as.',
			}),
			{ ...purposeField, displayName: 'Purpose of Visit', name: 'visitPurpose' },
			{
				displayName: 'Sensitivity',
				name: 'sensitivity',
				type: 'string',
				default: 'Public',
				placeholder: 'e.g. Public',
				description: 'Who may see what the booking is for. Public is known; others may exist.',
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
					'Whether to lock the spaces for a moment before booking them, as the Appspace console does. Where that does not succeed, they are booked all the same.',
			},
		],
	},
];
