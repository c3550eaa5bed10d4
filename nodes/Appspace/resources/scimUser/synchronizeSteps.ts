import type { IDataObject } from 'n8n-workflow';
import { RecordFailed, type Call, type Result, type WholeRun } from '../../runtime/operation';
import { change } from '../../scim/change';
import { fulfills } from '../../scim/conditions';
import { createRecord } from '../../scim/create';
import { featuresOf } from '../../scim/features';
import { conditionsIn } from '../../scim/filter';
import { listOf } from '../../scim/listing';
import { memberIds, showsMembers, unseenMembers } from '../../scim/members';
import { badInput, catchStatus, isRefusal, RequestFailed } from '../../transport/failure';
import { path } from '../../transport/path';
import { attribute } from '../../transport/scim/attributes';
import { userNamedAtAll, userPathOf } from './scimUserRecord';
import type { Directory, Step } from './synchronization';
import type { Settings } from './synchronizeFields';
import { hintsFor, recordOf, summaryOf } from './synchronizeOutput';
import { explainTaken, takenBy } from './takenNames';

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
			'Nothing was changed. Add a condition, or choose All Users under "Deactivate Missing Users".',
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

/**
 * Takes the steps, or only says what they are, and returns an output for each.
 *
 * @throws RecordFailed for the first step that fails, unless the run goes on; a conflict that is known before
 * the first write
 */
export async function takeSteps(
	{ calls, goesOn, each }: WholeRun,
	steps: Step[],
	{ isApplied, addSummary }: Settings,
): Promise<Result[]> {
	const blocked = steps.find(({ conflict }) => conflict);
	if (blocked && !goesOn) throw new RecordFailed({ items: blocked.items }, blocked.conflict);
	const results = await each(steps.length, async (index): Promise<Result> => {
		const step = steps[index];
		const call = step && calls[step.items[0] ?? 0];
		if (!step || !call) return { json: {}, items: [] };
		const taken = async (): Promise<Taken> => {
			if (step.conflict) throw step.conflict;
			return isApplied ? await take(call, step) : { step, user: step.user };
		};
		return await taken().then(
			(done) => ({ json: recordOf(done.step, done.user, done.step.outcome), items: step.items }),
			(failure: unknown) => {
				const { items } = step;
				// The messages for input name the user themselves.
				const isInput = failure instanceof RequestFailed && failure.failure.kind === 'input';
				const called = isInput ? undefined : step.userName;
				if (!goesOn) throw new RecordFailed({ items, called }, failure);
				return { json: recordOf(step, step.user, 'failed'), items, called, failure };
			},
		);
	});
	for (const hint of hintsFor(steps, results, isApplied)) calls[0]?.hint(hint);
	return addSummary ? [...results, summaryOf(results, calls.length)] : results;
}

/** A step that was taken, and the user afterwards. */
interface Taken {
	step: Step;
	user?: IDataObject;
}

async function take(call: Call, step: Step): Promise<Taken> {
	const { user, changes, attributes, isSpared } = step;
	if (isSpared) return { step, user };
	if (!user) return await create(call, step);
	if (changes.length === 0) return { step, user };
	const userPath = userPathOf(user);
	// The user may have changed since it was listed, so nothing whole is written back as it was then.
	const isWhole =
		!(await featuresOf(call)).patch || changes.some(({ value }) => Array.isArray(value));
	const before = isWhole ? undefined : user;
	return await call.runExclusive(userPath, async () => {
		const changing = change(call, userPath, attributes, before);
		const context = { self: user, advice: 'Correct the list, or change that user.' };
		const changed = await catchStatus(explainTaken(call, changing, attributes(), context), 412);
		if (!isRefusal(changed)) return { step, user: changed.record };
		// Somebody else changed the user in between, and nothing was written.
		return { step, user: (await change(call, userPath, attributes)).record };
	});
}

async function create(call: Call, step: Step): Promise<Taken> {
	const { userName } = step;
	const body = step.attributes();
	// This key sorts before the path of a user, which allows a turn on the user inside it; see `Turns.take`.
	return await call.runExclusive(`user name ${userName}`, async () => {
		const present = async () => await userNamedAtAll(call, userName);
		const user = await catchStatus(createRecord(call, 'Users', body, present), 409);
		if (!isRefusal(user)) return { step, user };
		// Another client was faster, such as another process of n8n with the same list.
		const holder = await present();
		const next = holder && step.ifPresent?.(holder);
		if (next?.conflict) throw next.conflict;
		if (next) return await take(call, next);
		const advice = 'If Appspace hides this user, reactivate it in the console.';
		throw await takenBy(call, user, body, { advice });
	});
}
