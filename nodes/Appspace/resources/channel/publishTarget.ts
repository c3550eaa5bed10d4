import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../../runtime/firstFew';
import type { Call } from '../../runtime/operation';
import { badInput, RequestFailed } from '../../transport/failure';
import { announcesMore, pageIn } from '../../transport/page';
import type { FetchPage } from '../../transport/pages';
import { path } from '../../transport/path';

export type TargetType = 'Device' | 'DeviceGroup';

export interface Target {
	targetId: string;
	targetType: TargetType;
	name?: string;
}

/** Numbers on read, words on write (appspace-api.md 3.2, 5.1); 4 was seen too, apparently a user. */
const TYPE_NAMES: Record<string, string> = { 4: 'User', 7: 'Device', 8: 'DeviceGroup' };

/** Where the publish targets of a channel are read and written. */
export function targetsPath(channelId: string): string {
	return path`channeldirectory/${channelId}/publishto`;
}

/**
 * The publish targets of a channel as Appspace gives them: all in one answer, as far as is known
 * (appspace-api.md 5.1). Only where the answer announces more, the rest is asked for as pages.
 *
 * @param whole whether to refuse a list that may lack some, because the others will be written back
 */
export async function readTargets(
	call: Call,
	channelId: string,
	{ whole = false } = {},
): Promise<IDataObject[]> {
	const targets = targetsPath(channelId);
	let isRead = false;
	const fetch: FetchPage = async (start, limit) => {
		if (isRead) return [];
		const answer = await call.request({
			path: targets,
			...(start > 0 && { query: { start, limit } }),
		});
		isRead = start === 0 && !announcesMore(pageIn(answer));
		return answer;
	};
	return await call.list(targets, { fetch, all: true, whole });
}

/** A publish target with the name of its type beside the number. */
export function simplifyTarget(target: IDataObject): IDataObject {
	const { id, targetId, targetType, name, createdAt, createdBy } = target;
	const given = { id, targetId, targetType, targetTypeName: typeName(targetType) };
	return { ...given, ...(name !== undefined && { name }), createdAt, createdBy };
}

/** The targets that an item names in its two parameters. */
export function namedTargets(call: Call): Target[] {
	const targets = [
		...call.ids('deviceIds').map((targetId) => ({ targetId, targetType: 'Device' as const })),
		...call
			.ids('deviceGroupIds')
			.map((targetId) => ({ targetId, targetType: 'DeviceGroup' as const })),
	];
	return targets;
}

/** The same, for operations that make no sense without any. */
export function namedTargetsRequired(call: Call): Target[] {
	const targets = namedTargets(call);
	if (targets.length > 0) return targets;
	throw badInput(
		'The parameters "Devices" and "Device Groups" are both empty',
		'Pick a device or a device group, or enter IDs separated by commas.',
	);
}

/**
 * Present targets in the form in which they can be written back.
 *
 * @throws RequestFailed when one is of a kind that cannot be written: the list is always replaced
 * whole, so it would be lost
 */
export function writable(present: IDataObject[]): Target[] {
	return present.map(({ targetId, targetType, name }) => {
		const type = typeName(targetType);
		if (typeof targetId !== 'string' || (type !== 'Device' && type !== 'DeviceGroup')) {
			throw badInput(
				`The channel also publishes to a target of type "${String(targetType)}", which this package cannot write back`,
				'Nothing was changed: Appspace replaces the list of targets whole, and this target would be lost. Change the targets in the Appspace console.',
			);
		}
		return { targetId, targetType: type, ...(typeof name === 'string' && { name }) };
	});
}

/**
 * Writes the complete list of targets, whatever the publishing rule says (appspace-api.md 5.1),
 * reads it back and compares.
 *
 * @returns the targets that the channel has now
 * @throws RequestFailed when they are not the ones that were written
 */
export async function writeTargets(
	call: Call,
	channelId: string,
	targets: Target[],
): Promise<IDataObject[]> {
	await call.request({
		method: 'PUT',
		path: targetsPath(channelId),
		// What it answers is not public, and not needed: the targets are read back.
		acceptsText: true,
		body: {
			publishingRule: 'Overwrite',
			publishTo: targets.map((target) => ({ publishToId: target.targetId, ...target })),
		},
	});
	const present = await readTargets(call, channelId);
	const wanted = new Set(targets.map(keyOf));
	const found = new Set(present.map(keyOf));
	const missing = [...wanted].filter((key) => !found.has(key));
	const others = [...found].filter((key) => !wanted.has(key));
	if (missing.length + others.length === 0) return present;
	throw new RequestFailed({
		kind: 'input',
		message: `The publish targets of channel "${channelId}" are not what was just written`,
		description: [
			'Somebody else seems to have changed them at the same time.',
			missing.length > 0 ? `Missing: ${firstFew(missing)}.` : '',
			others.length > 0 ? `Not written here: ${firstFew(others)}.` : '',
			'Read the targets and run the operation again.',
		]
			.filter(Boolean)
			.join(' '),
	});
}

/** What the three writing operations return: the targets now, and what this item changed. */
export function targetsReport(
	channelId: string,
	before: IDataObject[],
	after: IDataObject[],
): IDataObject {
	const had = new Set(before.map(keyOf));
	const has = new Set(after.map(keyOf));
	return {
		channelId,
		publishTargets: after.map(simplifyTarget),
		added: after.filter((target) => !had.has(keyOf(target))).map(({ targetId }) => targetId),
		removed: before.filter((target) => !has.has(keyOf(target))).map(({ targetId }) => targetId),
	} as IDataObject;
}

/** A target is the same target when its kind and ID are the same. */
export function keyOf({ targetId, targetType }: IDataObject | Target): string {
	return `${typeName(targetType)} ${String(targetId).toLowerCase()}`;
}

function typeName(type: unknown): string {
	return TYPE_NAMES[String(type)] ?? String(type);
}
