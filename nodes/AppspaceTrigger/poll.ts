import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { readInputs } from '../../credentials/auth/accessToken';
import { ExecutionStopped, untilStopped } from '../../credentials/auth/deadline';
import { RequestFailed } from '../Appspace/transport/failure';
import { Tenant } from '../Appspace/transport/tenant';
import { fingerprintOf } from './digest';
import { Items } from './items';
import { PollCall } from './pollCall';
import { asNodeError, isPassing } from './pollErrors';
import { fieldsOf, USUAL_SHARE } from './properties';
import { Reading } from './reading';
import { samples } from './samples';
import { decode } from './state';
import type { TriggerEvent } from './triggerEvent';
import { watchOf, type Watch } from './watch';

/** How long a poll may take where n8n does not say, in milliseconds. */
const USUAL_BUDGET = 300_000;
/** The share of the budget after which a poll stops reading, and the one after which it stops waiting. */
const READING_SHARE = 0.8;
const WAITING_SHARE = 0.9;
/** How long failures that may pass are only logged, in milliseconds. */
const TOLERANCE = 300_000;
/** After how many readings in a row of a list that changes meanwhile the log says so. */
const MANY_UNSTABLE = 10;
/** Options that change neither what is listed nor what is compared. */
const PLAIN_OPTIONS = ['onActivation', 'mostGone', 'latest'];
/**
 * The shortest time between two reported failures, in milliseconds. When a workflow is published or n8n
 * starts, n8n polls five times within 26 seconds and gives the trigger up if all of these polls fail.
 */
const REPORT_INTERVAL = 30_000;

/**
 * What happened since the last poll; null if nothing did. A test in the editor gets samples instead.
 *
 * @throws NodeApiError or NodeOperationError
 */
export async function poll(
	context: IPollFunctions,
	event: TriggerEvent,
): Promise<INodeExecutionData[][] | null> {
	const call = new PollCall(context, fieldsOf(event));
	if (context.getMode() === 'manual') {
		const failure = (error: unknown) => asNodeError(context, event, error);
		return await samples(context, event, call).catch(
			async (error) => await Promise.reject(failure(error)),
		);
	}
	const budget = context.getPollBudgetMs?.() ?? USUAL_BUDGET;
	const watch = watchOf(context);
	const until = Date.now() + budget;
	if (!watch.enter(until)) return null;
	try {
		const { state } = context.getWorkflowStaticData('node');
		if (watch.isSaving(context, state)) return null;
		const poll = new Poll(context, event, call, watch, budget);
		return await poll.run(() => watch.isHeld(until));
	} finally {
		watch.leave(until);
	}
}

/** One poll of a published trigger. */
class Poll {
	private readonly end: number;
	private readonly tenant: Tenant;

	/** @param budget how long the poll may take, in milliseconds */
	constructor(
		private readonly context: IPollFunctions,
		private readonly event: TriggerEvent,
		private readonly call: PollCall,
		private readonly watch: Watch,
		private readonly budget: number,
	) {
		this.end = Date.now() + budget * READING_SHARE;
		this.tenant = new Tenant(context);
	}

	/** @param isHeld whether no later poll took over, because n8n gave this one up */
	async run(isHeld: () => boolean): Promise<INodeExecutionData[][] | null> {
		const { context, watch } = this;
		const data = context.getWorkflowStaticData('node');
		const reading = await this.begin(data.state).catch(asFailure);
		if (reading instanceof Failure) return this.report(reading, data.state);
		const end = AbortSignal.timeout(Math.ceil(this.budget * WAITING_SHARE));
		const failure = await untilStopped(end, async () => await reading.read()).then(
			() => undefined,
			asFailure,
		);
		reading.close();
		if (!isHeld()) return null;

		reading.commit();
		// Last of all, and as one text: n8n notices only that a field was assigned.
		const { found } = reading;
		const text = watch.save(reading.hasHashedKeys, found.length > 0);
		if (text !== undefined && text !== data.state) data.state = text;
		if (reading.late > 0)
			this.log('warn', `skipped ${reading.late} events that are too old to report`);
		if (watch.unstable === MANY_UNSTABLE && reading.isAboutGone) {
			this.log('warn', 'the list changes each time it is read, so no record counts as gone');
		}
		// If the time was up, the next poll goes on.
		const isOver = failure?.error instanceof ExecutionStopped;
		if (!failure || (isOver && reading.hasProgress)) watch.failingSince = undefined;
		else this.report(isOver ? TIMED_OUT : failure, text, found.length > 0);
		return found.length > 0 ? [found] : null;
	}

	private async begin(saved: unknown): Promise<Reading> {
		const { context, event, call, watch, tenant } = this;
		const detection = event.detection(call);
		const { onActivation, mostGone = USUAL_SHARE } = call.collection('options');
		const fingerprint = await this.fingerprint();
		const isFresh = watch.isRegistration(context) && onActivation === 'startFresh';
		const isOther = watch.resume(saved, fingerprint);
		if (isFresh) watch.startAfresh(fingerprint);
		if (isFresh || isOther) this.log('info', 'starts fresh and reports what happens from now on');
		const plan = {
			...{ event, detection },
			items: new Items(event, detection, call.isOn('simplify')),
			lists: event.lists(call, await this.serverTime()),
			mostGone: Number(mostGone),
			isTimeUp: () => Date.now() >= this.end,
		};
		return new Reading(plan, watch, tenant);
	}

	/** What the state belongs to. With another token of the same application, it stays the same. */
	private async fingerprint(): Promise<string> {
		const { credentials } = this.context.getNode();
		const inputs = readInputs(await this.context.getCredentials('appspaceApi'));
		const actsAs =
			inputs.mode === 'applicationToken' ? inputs.subjectId : credentials?.appspaceApi?.id;
		const { call, event } = this;
		const { value, fields = [], filters = [] } = event;
		const shaping = Object.entries(call.collection('options')).filter(
			([name]) => !PLAIN_OPTIONS.includes(name),
		);
		const chosen = [
			filters.length > 0 ? call.collection('filters') : undefined,
			...fields.map(({ name }) => call.value(name)),
			...(shaping.length > 0 ? [Object.fromEntries(shaping)] : []),
		];
		return fingerprintOf([inputs.baseUrl, actsAs, value, chosen]);
	}

	/**
	 * A window of time has to start at the server's time, which only an answer tells. Each poll asks anew,
	 * because n8n's own clock may have been set in between.
	 */
	private async serverTime(): Promise<number> {
		const { clock } = this.watch;
		if (this.event.isWindow) {
			clock.set((await this.tenant.reply({ path: 'users/me' })).headers);
		}
		return clock.now();
	}

	/**
	 * Throws the failure of a poll, unless it may pass by itself.
	 *
	 * @param saved the saved state
	 * @param hasItems whether there are events to return nevertheless
	 */
	private report({ error }: Failure, saved: unknown, hasItems = false): null {
		const { context, event, watch } = this;
		const now = Date.now();
		watch.failingSince ??= now;
		const shown = asNodeError(context, event, error);
		const isTolerated = isPassing(error) && now - watch.failingSince < TOLERANCE;
		const isStocked = watch.isStocked || decode(saved) !== undefined;
		const isTooSoon = isStocked && now - watch.reportedAt < REPORT_INTERVAL;
		if (hasItems || isTolerated || isTooSoon) {
			this.log('warn', [shown.message, shown.description].filter(Boolean).join('. '));
			return null;
		}
		watch.reportedAt = now;
		throw shown;
	}

	private log(level: 'info' | 'warn', what: string): void {
		this.context.logger[level](`${this.context.getNode().name}: ${what}`);
	}
}

/** Something that was thrown, so that it can be returned. */
class Failure {
	constructor(readonly error: unknown) {}
}

function asFailure(error: unknown): Failure {
	return new Failure(error);
}

const TIMED_OUT = new Failure(
	new RequestFailed({ kind: 'network', code: 'ETIMEDOUT', sent: true }),
);
