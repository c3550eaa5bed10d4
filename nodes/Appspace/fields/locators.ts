import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { ENTRY, entryOf, LIST } from '../runtime/listOfLocators';

/**
 * A parameter for the ID of a record, chosen from a searchable list or typed.
 *
 * @param searchListMethod the key of the picker that fills the list
 */
export function locator(
	displayName: string,
	name: string,
	searchListMethod: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${withArticle(inText(displayName))}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60',
			},
		],
		...more,
	};
}

/**
 * A list of locators for several records. Each entry is picked from the list or typed. A typed entry takes
 * several IDs, because expressions and AI agents often return more than one: n8n accepts no expression for
 * the whole list.
 *
 * @param one the locator for a single record
 * @param texts texts for the mode in which you type a value
 */
export function locatorOfSeveral(
	displayName: string,
	name: string,
	one: INodeProperties,
	description: string,
	texts: Partial<INodePropertyMode> = {},
): INodeProperties {
	const typed = {
		placeholder: 'e.g. 8f14e45f-..., 45c48cce-...',
		hint: 'One ID, or several separated by commas. An expression can also return a list.',
		...texts,
	};
	const entry: INodeProperties = {
		...typedAs(one, typed),
		name: ENTRY,
		description,
		default: { __rl: true, mode: one.modes?.[0]?.name ?? 'id', value: '' },
		required: false,
		// `idsIn` splits and checks the IDs.
		ignoreValidationDuringExecution: true,
	};
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${inText(one.displayName)}`,
		default: {},
		description,
		options: [{ displayName: one.displayName, name: LIST, values: [entry] }],
	};
}

/** The same list with an empty entry to start with, for an operation that needs at least one record. */
export function startingWithOne(list: INodeProperties): INodeProperties {
	const entry = entryOf(list);
	return entry ? { ...list, default: { [LIST]: [{ [ENTRY]: entry.default }] } } : list;
}

/** The same locator with other texts for the mode in which you type a value. */
export function typedAs(
	field: INodeProperties,
	texts: Partial<INodePropertyMode>,
): INodeProperties {
	const modes = field.modes?.map((mode) => (mode.name === 'id' ? { ...mode, ...texts } : mode));
	return { ...field, modes };
}

/** A locator for a record that Appspace does not list: it has no list to choose from. */
export function idOnly(
	displayName: string,
	name: string,
	more: Partial<INodeProperties> = {},
): INodeProperties {
	const { modes = [], ...field } = locator(displayName, name, '', more);
	return { ...field, default: { mode: 'id', value: '' }, modes: modes.slice(1) };
}

/** "a user", but "an event" */
function withArticle(name: string): string {
	return /^(?!us)[aeiou]|^SCIM/.test(name) ? `an ${name}` : `a ${name}`;
}

/** A label as part of a sentence. */
function inText(label: string): string {
	return label.toLowerCase().replace(/\bscim\b/, 'SCIM');
}

export const channelLocator = locator('Channel', 'channelId', 'searchChannels', {
	description: 'The channel to work on',
});

export const userLocator = locator('User', 'userId', 'searchUsers', {
	description: 'The user to work on',
});

export const userGroupLocator = locator('User Group', 'userGroupId', 'searchUserGroups', {
	description: 'The user group to work on',
});

export const spaceLocator = locator('Space', 'spaceId', 'searchSpaces', {
	description: 'The room, desk, or other space to work on. You can also search by floor.',
});

export const eventLocator = locator('Event', 'eventId', 'searchEvents', {
	description: 'The booking event to work on: one dated instance of a reservation',
});

export const reservationLocator = locator('Reservation', 'reservationId', 'searchReservations', {
	description: 'The reservation to work on',
});

export const visitorLocator = locator('Visitor', 'visitorId', 'searchVisitors', {
	description: 'The visitor to work on',
});

export const deviceLocator = locator('Device', 'deviceId', 'searchDevices', {
	description: 'The device to work on',
});

export const deviceGroupLocator = locator('Device Group', 'deviceGroupId', 'searchDeviceGroups');

export const cardTemplateLocator = locator(
	'Card Template',
	'cardTemplateId',
	'searchCardTemplates',
	{ description: 'The card template to work on' },
);

export const contentLocator = idOnly('Content', 'contentId', {
	description:
		'The content item to work on. Appspace lists content only as playlist items: use the contentId of an item.',
});

export const postLocator = locator('Post', 'postId', 'searchPosts', {
	description: 'The post to work on. A post has two IDs: use the one in its id field.',
});

export const scimUserLocator = scimLocator('SCIM User', 'scimUserId', 'searchScimUsers', {
	description:
		'The user to work on, by SCIM ID. This ID can differ from the one that the User resource returns.',
});

export const scimGroupLocator = scimLocator('SCIM Group', 'scimGroupId', 'searchScimGroups', {
	description:
		'The group to work on, by SCIM ID. This ID can differ from the one that the User Group resource returns.',
});

/** A locator whose texts make clear that it takes a SCIM ID, not an ID from API v3. */
export function scimLocator(
	displayName: string,
	name: string,
	searchListMethod: string,
	more: Partial<INodeProperties>,
): INodeProperties {
	return typedAs(locator(displayName, name, searchListMethod, more), {
		displayName: 'By SCIM ID',
		placeholder: 'e.g. 2819c223-7f76-453a-919d-413861904646',
		hint: 'The id field in the output of this resource, not an ID from another resource',
	});
}

export const visitLocator = locator('Visit', 'eventId', 'searchVisits', {
	description: 'The visit. A planned invitation creates one.',
});
