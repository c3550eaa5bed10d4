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

/** Reads return numbers, writes take names (appspace-api.md 3.2, 5.1). 4 appears to be a user. */
const TYPE_NAMES: Record<string, string> = { 4: 'User', 7: 'Device', 8: 'DeviceGroup' };

/** The path at which the publish targets of a channel are read and written. */
export function targetsPath(channelId: string): string {
	return path`channeldirectory/${channelId}/publishto`;
}

/**
 * The publish targets of a channel as Appspace returns them: all in one answer, as far as is known
 * (appspace-api.md 5.1). Reads further pages only if the answer announces more targets.
 *
 * @param whole whether to refuse a list that may be incomplete, because the caller writes it back
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

/** A publish target plus the name of its type. */
export function simplifyTarget(target: IDataObject): IDataObject {
	const { id, targetId, targetType, name, createdAt, createdBy } = target;
	const typed = { id, targetId, targetType, targetTypeName: typeName(targetType) };
	return { ...typed, ...(name !== undefined && { name }), createdAt, createdBy };
}

/**
 * The targets that an item names in "Devices" and "Device Groups".
 *
 * @param read how to read the IDs
 */
export function namedTargets(call: Call, read: 'ids' | 'wholeIds' = 'ids'): Target[] {
	const [devices, groups] = [call[read]('deviceIds'), call[read]('deviceGroupIds')];
	return [
		...devices.map((targetId) => ({ targetId, targetType: 'Device' as const })),
		...groups.map((targetId) => ({ targetId, targetType: 'DeviceGroup' as const })),
	];
}

/** Like `namedTargets`, for operations that need at least one target. */
export function namedTargetsRequired(call: Call): Target[] {
	const targets = namedTargets(call);
	if (targets.length > 0) return targets;
	throw badInput(
		'The parameters "Devices" and "Device Groups" are both empty',
		'Pick a device or a device group, or enter IDs separated by commas.',
	);
}

/**
 * Existing targets in the form that a write takes.
 *
 * @throws RequestFailed if a target has a type that cannot be written: each write replaces the whole
 * list, so that target would be lost
 */
export function writable(existing: IDataObject[]): Target[] {
	return existing.map(({ targetId, targetType, name }) => {
		const type = typeName(targetType);
		if (typeof targetId !== 'string' || (type !== 'Device' && type !== 'DeviceGroup')) {
			throw badInput(
				`The channel also publishes to a target of type "${String(targetType)}", which this node cannot write back`,
				'Nothing was changed, because Appspace replaces the whole list and this target would be lost. Change the targets in the Appspace console.',
			);
		}
		return { targetId, targetType: type, ...(typeof name === 'string' && { name }) };
	});
}

/**
 * Writes the complete list of targets, reads it back, and compares. Appspace replaces the whole list,
 * whatever the publishing rule says (appspace-api.md 5.1).
 *
 * @returns the targets that the channel now has
 * @throws RequestFailed if they differ from what was written
 */
export async function writeTargets(
	call: Call,
	channelId: string,
	targets: Target[],
): Promise<IDataObject[]> {
	await call.request({
		method: 'PUT',
		path: targetsPath(channelId),
		// The answer is not public and not needed, since the targets are read back.
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
			'Someone else may have changed them at the same time.',
			missing.length > 0 ? `Missing: ${firstFew(missing)}.` : '',
			others.length > 0 ? `Unexpected: ${firstFew(others)}.` : '',
			'Check the targets and run the operation again.',
		]
			.filter(Boolean)
			.join(' '),
	});
}

/** The output of the three write operations: the current targets, and what this item changed. */
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

/** Identifies a target by type and ID. */
export function keyOf({ targetId, targetType }: IDataObject | Target): string {
	return `${typeName(targetType)} ${String(targetId).toLowerCase()}`;
}

function typeName(type: unknown): string {
	return TYPE_NAMES[String(type)] ?? String(type);
}
