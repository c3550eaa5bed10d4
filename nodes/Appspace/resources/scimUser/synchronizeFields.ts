import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { scimLocator } from '../../fields/locators';
import { isPreview, modeField } from '../../fields/mode';
import { combineField, conditionsField } from '../../fields/scimFilters';
import { KEPT } from '../../fields/updateFields';
import { mostField, type Guarded } from '../../runtime/guard';
import type { Call, WholeRun } from '../../runtime/operation';
import { badInput } from '../../transport/failure';
import { protectedIn, type Protected } from './protectedUsers';
import { userFieldsCollection, userNameField } from './scimUserFields';
import { USER_ATTRIBUTES } from './scimUserRecord';

export const DEACTIVATIONS: Guarded = {
	label: 'Most Deactivations',
	verb: 'deactivate',
	scope: 'users',
};

const withScope = { hide: { scope: ['nobody'] } };

export const synchronizeFields: INodeProperties[] = [
	{
		displayName:
			'All input items together are the users that you want. Look at a preview before you apply it.',
		name: 'synchronizeNotice',
		type: 'notice',
		default: '',
	},
	modeField,
	{
		...userNameField,
		description: 'The user name of each item. In Appspace, this is the email address of the user.',
	},
	userFieldsCollection('User Fields', 'additionalFields', KEPT),
	{
		displayName: 'Match By',
		name: 'matchBy',
		type: 'options',
		options: [
			{
				name: 'External ID',
				value: 'externalId',
				description: 'The ID in the source directory. Add External ID to the user fields.',
			},
			{ name: 'User Name', value: 'userName', description: 'The email address' },
		],
		default: 'userName',
		description:
			'How to match each item to a user in Appspace. Letter case counts in External IDs, but not in user names.',
	},
	{
		displayName: 'Deactivate Missing Users',
		name: 'scope',
		type: 'options',
		options: [
			{
				name: 'All Users',
				value: 'all',
				description: 'Every user in Appspace who is not among the items',
			},
			{
				name: 'Members of a Group',
				value: 'group',
				description: 'The members of a group who are not among the items',
			},
			{ name: 'Nobody', value: 'nobody', description: 'Only create and update users' },
			{
				name: 'Users Matching Conditions',
				value: 'conditions',
				description: 'The users who match conditions and are not among the items',
			},
		],
		default: 'nobody',
		description: 'Which users to deactivate if they are not among the items',
	},
	scimLocator('SCIM Group', 'scopeGroupId', 'searchScimGroups', {
		required: false,
		description: 'The group whose members may be deactivated, by SCIM ID',
		displayOptions: { show: { scope: ['group'] } },
	}),
	{
		...conditionsField(USER_ATTRIBUTES),
		description:
			'Which users may be deactivated. The node compares them itself. A user without the attribute does not match.',
		displayOptions: { show: { scope: ['conditions'] } },
	},
	{ ...combineField, displayOptions: { show: { scope: ['conditions'] } } },
	mostField('mostDeactivations', DEACTIVATIONS, { displayOptions: withScope }),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			{
				displayName: 'Add Summary',
				name: 'addSummary',
				type: 'boolean',
				default: false,
				description: 'Whether to add an item with the numbers at the end',
			},
			{
				displayName: 'Protected Users',
				name: 'protectedUsers',
				type: 'string',
				default: '',
				placeholder: 'e.g. admin@example.com, signage@example.com',
				description:
					'User names or email addresses of users that this node never changes, separated by commas, semicolons, or line breaks, such as those of your administrators',
			},
		],
	},
];

/** What holds for the whole run. */
export interface Settings {
	isApplied: boolean;
	matchBy: 'userName' | 'externalId';
	scope: 'nobody' | 'group' | 'conditions' | 'all';
	scopeGroupId: unknown;
	conditions: unknown;
	combine: unknown;
	mostDeactivations: string;
	protectedUsers: Protected;
	addSummary: boolean;
	zone: string;
}

const LABELS: Record<string, string> = {
	mode: 'Mode',
	matchBy: 'Match By',
	scope: 'Deactivate Missing Users',
	scopeGroupId: 'SCIM Group',
	conditions: 'Conditions',
	combine: 'Combine Conditions With',
	mostDeactivations: DEACTIVATIONS.label,
	protectedUsers: 'Protected Users',
	addSummary: 'Add Summary',
};

/**
 * The settings of the run.
 *
 * @throws RequestFailed if an expression gives items different settings, or if a part of the items would be
 * taken for all of them
 */
export function settingsIn({ calls, part }: Pick<WholeRun, 'calls' | 'part'>): Settings {
	const [first = {}, ...others] = calls.map(valuesOf);
	for (const [index, other] of others.entries()) {
		const name = Object.keys(LABELS).find((one) => !isAlike(first[one], other[one]));
		if (name !== undefined) throw notAlike(LABELS[name] ?? name, index + 1);
	}
	const { mode, matchBy, scope } = first;
	const isApplied = !isPreview(mode);
	if (part !== undefined && scope !== 'nobody') throw onlyPart(part);
	if (part === 'tool' && isApplied) throw noApplyByTool();
	return {
		...(first as unknown as Settings),
		mostDeactivations: String(first.mostDeactivations ?? ''),
		isApplied,
		matchBy: matchBy as Settings['matchBy'],
		scope: scope as Settings['scope'],
		protectedUsers: protectedIn(first.protectedUsers),
		addSummary: first.addSummary === true,
		zone: calls[0]?.zone() ?? 'UTC',
	};
}

/** n8n gives only the parameters that the form shows. */
const SHOWN: Record<string, string[]> = {
	all: ['mostDeactivations'],
	group: ['mostDeactivations', 'scopeGroupId'],
	conditions: ['mostDeactivations', 'conditions', 'combine'],
};

function valuesOf(call: Call): IDataObject {
	const { addSummary, protectedUsers } = call.collection('options');
	const { scope, ...values } = call.values('mode', 'matchBy', 'scope');
	const more = call.values(...(SHOWN[String(scope)] ?? []));
	return { ...values, scope, ...more, addSummary, protectedUsers };
}

function isAlike(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function notAlike(label: string, item: number) {
	return badInput(
		`The parameter "${label}" has different values for item 0 and item ${item}`,
		'All items are synchronized together, so it must have one value. Use a fixed value, or an expression that gives the same for every item.',
	);
}

function onlyPart(part: WholeRun['part']) {
	const reason =
		part === 'tool'
			? 'An AI agent passes only the users that it names, so everybody else would seem to be missing.'
			: 'In a loop, or after several branches, the node gets only a part of the users at a time, so everybody else would seem to be missing.';
	return badInput(
		'The parameter "Deactivate Missing Users" must be Nobody here',
		`${reason} This run changed nothing. ${part === 'loop' ? 'Pass all users to the node at once, such as behind a Merge node.' : 'Use a workflow instead of a tool.'}`,
	);
}

function noApplyByTool() {
	return badInput(
		'The parameter "Mode" must be Preview when an AI agent uses the node as a tool',
		'Nothing was changed. Let a workflow apply what the agent has looked at.',
	);
}
