import type { IDataObject } from 'n8n-workflow';
import type { Call, Result, WholeRun } from '../../runtime/operation';
import { change } from '../../scim/change';
import { fulfills } from '../../scim/conditions';
import { createRecord } from '../../scim/create';
import { featuresOf } from '../../scim/features';
import { conditionsIn } from '../../scim/filter';
import { listOf } from '../../scim/listing';
import { memberIds, showsMembers, unseenMembers } from '../../scim/members';
import { badInput, catchStatus, isRefusal } from '../../transport/failure';
import { path } from '../../transport/path';
import { attribute } from '../../transport/scim/attributes';
import { userNamedAtAll, userPathOf } from './scimUserRecord';
import type { Directory, Step } from './synchronization';
import type { Settings } from './synchronizeFields';
import { previewHint, recordOf, summaryOf } from './synchronizeOutput';
import { explainTaken } from './takenNames';

/**
 * All users, and who of them the list may deactivate.
 *
 * @throws RequestFailed if the list of users may lack some
 */
export async function directoryOf(call: Call, settings: Settings): Promise<Directory> {
	const isInScope = await scopeOf(call, settings);
	const users = await listOf(call, 'Users', { filter: '', all: true, whole: true });
	return { users, isInScope };
}

async function scopeOf(call: Call, settings: Settings): Promise<Directory['isInScope']> {
	const { scope, scopeGroupId, combine, zone } = settings;
	if (scope === 'all') return () => true;
	if (scope === 'nobody') return () => false;
	if (scope === 'conditions') {
		const conditions = conditionsIn(settings.conditions);
		if (conditions.length > 0) return fulfills(conditions, combine, zone);
		throw badInput(
			'There are no conditions for the users that may be deactivated',
			'Nothing was changed. Add a condition, or choose All Users under "Deactivate Who Is Missing".',
		);
	}
	if (scopeGroupId === undefined) {
		throw badInput(
			'The parameter "SCIM Group" is empty',
			'Nothing was changed. Pick the group whose members may be deactivated.',
		);
	}
	const group = await call.record({ path: path`Groups/${String(scopeGroupId)}` });
	if (!(await showsMembers(call, group))) throw unseenMembers(group);
	const members = new Set(memberIds(group).map((id) => id.toLowerCase()));
	return (user) => members.has(String(attribute(user, 'id')).toLowerCase());
}

/** Takes the steps, or only says what they are, and returns an output for each. */
export async function takeSteps(
	{ calls, goesOn, each }: WholeRun,
	steps: Step[],
	{ isApplied, addSummary }: Settings,
): Promise<Result[]> {
	const results = await each(steps.length, async (index): Promise<Result> => {
		const step = steps[index];
		const call = step && calls[step.items[0] ?? 0];
		if (!step || !call) return { json: {}, items: [] };
		const taken = async () => {
			if (step.conflict) throw step.conflict;
			return isApplied ? await take(call, step) : step.user;
		};
		return await taken().then(
			(user) => ({ json: recordOf(step, user, step.outcome), items: step.items }),
			(failure: unknown) => {
				if (!goesOn) throw failure;
				return { json: recordOf(step, step.user, 'failed'), items: step.items, failure };
			},
		);
	});
	if (!isApplied) calls[0]?.hint(previewHint(results));
	return addSummary ? [...results, summaryOf(results, calls.length)] : results;
}

/** @returns the user afterwards */
async function take(call: Call, { user, userName, attributes, changes }: Step) {
	if (!user) return await create(call, userName, attributes());
	if (changes.length === 0) return user;
	const userPath = userPathOf(user);
	// A whole record is not written back as it was listed: it may have changed since.
	const before = (await featuresOf(call)).patch ? user : undefined;
	return await call.runExclusive(userPath, async () => {
		const changing = change(call, userPath, attributes, before);
		const context = { self: user, advice: 'Correct the list, or change that user.' };
		const changed = await catchStatus(explainTaken(call, changing, attributes(), context), 412);
		if (!isRefusal(changed)) return changed.record;
		// Somebody else changed the user in between, and nothing was written.
		return (await change(call, userPath, attributes)).record;
	});
}

async function create(call: Call, userName: string, user: IDataObject): Promise<IDataObject> {
	return await call.runExclusive(`user name ${userName}`, async () => {
		const creating = createRecord(call, 'Users', user, async () => {
			return await userNamedAtAll(call, userName);
		});
		return await explainTaken(call, creating, user, {
			advice: 'If Appspace hides this user, reactivate it in the console.',
		});
	});
}
