import fc from 'fast-check';
import { ChangingTenant, type Fault, type TenantRecord } from '../../support/changingTenant.mts';
import { CredentialStore } from '../../support/credentialStore.mts';
import { PublishedTrigger, type Scheduler } from '../../support/triggerEngine.mts';
import type { Count } from './oracles.mts';
import { type Subject, subjects } from './subjects.mts';

/** What can happen in a life, to the tenant or to n8n. `at` chooses a record. */
export type Step =
	| { do: 'create' | 'remove' | 'hide' | 'show'; at: number }
	| { do: 'change'; at: number; to: number }
	| { do: 'shuffle'; at: number }
	| { do: 'pass'; minutes: number }
	| { do: 'skew'; minutes: number }
	| { do: 'poll' | 'polls' | 'pollsInARow' | 'crash' | 'publish' | 'rename' | 'overwrite' }
	| { do: 'pollsWhileAway' }
	| { do: 'pollWhileShifting' | 'pollWhileOverlooked'; at: number }
	/** `after` so many requests that succeed. */
	| { do: 'pollWithFaults'; fault: Fault; count: number; after: number };

export interface Life {
	subject: number;
	scheduler: Scheduler;
	records: number;
	steps: Step[];
}

const at = fc.nat(30);
/** `npm run test:trigger` also draws what happens less often, and needs more lives than CI has time for. */
const rarely = process.env.LIVES === undefined ? 0 : 1;
const step = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('create' as const), at }) },
	{ weight: 6, arbitrary: fc.record({ do: fc.constant('change' as const), at, to: fc.nat(3) }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), at }) },
	{
		weight: 1,
		arbitrary: fc.record({ do: fc.constantFrom('hide' as const, 'show' as const), at }),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('shuffle' as const), at }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.nat(12) }) },
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('skew' as const),
			minutes: fc.integer({ min: -3_000, max: 3_000 }),
		}),
	},
	{ weight: 9, arbitrary: fc.constant({ do: 'poll' as const }) },
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constantFrom(
				...(['polls', 'pollsInARow', 'crash', 'publish', 'rename', 'overwrite'] as const),
			),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('pollWhileShifting' as const), at }) },
	{ weight: rarely, arbitrary: fc.record({ do: fc.constant('pollWhileOverlooked' as const), at }) },
	{ weight: rarely, arbitrary: fc.constant({ do: 'pollsWhileAway' as const }) },
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('pollWithFaults' as const),
			fault: fc.constantFrom<Fault>(429, 500, 403, 'half', 'cut'),
			count: fc.integer({ min: 1, max: 12 }),
			after: fc.nat(3 * rarely),
		}),
	},
);

/** Lives of so many steps on average, each with one of the subjects. */
export function lives(length: number): fc.Arbitrary<Life> {
	return fc.record({
		subject: fc.nat(subjects.length - 1),
		scheduler: fc.constantFrom<Scheduler>('usual', 'durable'),
		records: fc.nat(14),
		steps: fc.array(step, { maxLength: 2 * length, size: 'max' }) as fc.Arbitrary<Step[]>,
	});
}

/** Lives through all steps, and then until nothing more happens. Throws for anything missed or invented. */
export async function live(life: Life): Promise<Count> {
	const subject = subjects[life.subject];
	if (!subject) throw new Error('There is no such subject.');
	const tenant = await ChangingTenant.start(subject.path);
	const clock = jest.spyOn(Date, 'now');
	try {
		return await new Living(life, subject, tenant, clock).run();
	} finally {
		clock.mockRestore();
		await tenant.close();
	}
}

class Living {
	private readonly trigger: PublishedTrigger;
	private readonly oracle: ReturnType<Subject['oracle']>;
	private skew = 0;
	/** When the trigger last told something, by n8n's clock. */
	private toldAt = -Infinity;
	private names = 0;
	/** Whether the last poll read a list at rest, without failures. */
	private wasClean = false;
	/** What n8n once saved, for the execution that writes an older copy. */
	private readonly saves: string[] = [];

	constructor(
		private readonly life: Life,
		private readonly subject: Subject,
		private readonly tenant: ChangingTenant,
		clock: jest.SpyInstance<number>,
	) {
		clock.mockImplementation(() => tenant.now + this.skew);
		const data = {
			baseUrl: tenant.url,
			authentication: 'applicationToken',
			subjectId: 'model',
			refreshToken: 'model',
		};
		this.trigger = new PublishedTrigger({
			credentials: new CredentialStore({ main: { type: 'appspaceApi', data } }),
			parameters: { event: subject.event, ...subject.parameters },
			scheduler: life.scheduler,
			isPatient: false,
		});
		this.oracle = subject.oracle(tenant, this.trigger);
	}

	async run(): Promise<Count> {
		for (let index = 0; index < this.life.records; index++) this.create();
		await this.observed(async () => await this.trigger.publish());
		for (const [index, step] of this.life.steps.entries()) {
			await this.take(step).catch((error: unknown) => {
				const message = error instanceof Error ? error.message : String(error);
				throw new Error(`Step ${index}, ${JSON.stringify(step)}: ${message}`, { cause: error });
			});
		}
		await this.take({ do: 'pass', minutes: 1 });
		for (let count = 0; count < 4; count++) await this.take({ do: 'poll' });
		return { ...this.oracle.count, lives: 1 };
	}

	private async take(step: Step): Promise<void> {
		const { tenant, trigger } = this;
		switch (step.do) {
			case 'create':
				return this.create();
			case 'change':
				return this.withRecord(step.at, (record) =>
					this.subject.change(record, step.to, tenant.now),
				);
			case 'remove':
				return this.withRecord(step.at, ({ id }) => this.remove(id));
			case 'hide':
				return this.withRecord(step.at, ({ id }) => void tenant.hidden.add(id));
			case 'show':
				return tenant.hidden.clear();
			case 'shuffle':
				return this.shuffle(step.at);
			case 'pass':
				tenant.now += step.minutes * 60_000;
				return;
			case 'skew':
				this.skew = step.minutes * 60_000;
				return;
			case 'poll':
				return await this.observed(async () => await trigger.tick());
			case 'polls':
				return await this.observed(async () => {
					await Promise.all([trigger.tick(), trigger.tick()]);
				});
			case 'pollsInARow':
				// The second begins before n8n has saved the state of the first.
				trigger.savesLate = this.life.scheduler === 'durable';
				await this.observed(async () => await trigger.tick());
				await this.observed(async () => await trigger.tick());
				trigger.finishSaving();
				return this.oracle.saved();
			case 'pollWhileShifting':
				return await this.shifting(step.at);
			case 'pollWhileOverlooked':
				return await this.overlooking(step.at);
			case 'pollsWhileAway':
				return await this.away();
			case 'pollWithFaults':
				tenant.faults = Array.from({ length: step.after + step.count }, (_, nth) => {
					return nth < step.after ? undefined : step.fault;
				});
				await this.observed(async () => await trigger.tick(), false);
				tenant.faults = [];
				return;
			case 'publish':
				return await this.observed(async () => await trigger.publish());
			case 'rename':
				trigger.name = `Trigger ${++this.names}`;
				return await this.observed(async () => await trigger.publish());
			case 'crash':
				return await this.crash();
			case 'overwrite':
				return this.overwrite();
		}
	}

	/** A poll. `isClean` tells whether it read a list that stood still, without failures. */
	private async observed(poll: () => Promise<unknown>, isClean = true): Promise<void> {
		const { trigger, tenant, saves } = this;
		tenant.served = [];
		const { requests } = tenant;
		const before = trigger.items.length;
		// For half a minute, the trigger may wait until n8n has saved the state.
		const mayWait = Math.abs(Date.now() - this.toldAt) <= 30_000;
		await poll().catch((error: unknown) => {
			// A failure that lasts is reported, and so is a list that lost too many records.
			if (isClean && !String(error).includes('missing from the list')) throw error;
		});
		if (saves.at(-1) !== trigger.saved) saves.push(trigger.saved);
		const told = trigger.items.slice(before);
		if (told.length > 0) this.toldAt = Date.now();
		const hasRead = tenant.requests > requests || !mayWait;
		this.wasClean = isClean && hasRead;
		this.oracle.polled(told, this.wasClean);
	}

	private async crash(): Promise<void> {
		const { trigger, oracle, tenant, saves } = this;
		// What was saved after the copy that n8n now loads counts events that the trigger will not remember, so it
		// would look newer. Only an execution that outlives the process, on a worker, could write it back.
		if (trigger.savedState !== '') saves.splice(saves.indexOf(trigger.saved) + 1);
		// A start takes time, so a stock that it takes is a later one.
		tenant.now += 1_000;
		oracle.crash();
		await this.observed(async () => await trigger.crash());
	}

	/** A poll does not find a record that the poll before it found. Twice in a row would be a removal. */
	private async overlooking(at: number): Promise<void> {
		const { tenant } = this;
		const served = tenant.served.map(({ id }) => id);
		if (this.wasClean) tenant.overlooked = served[at % Math.max(1, served.length)];
		await this.observed(async () => await this.trigger.tick(), false);
		tenant.overlooked = undefined;
	}

	/**
	 * Two polls in a row overlook the record that slips to the page before, which then leaves at once. A trigger
	 * that takes both readings as whole forgets the record, and has nothing to tell when it is gone.
	 */
	private async away(): Promise<void> {
		const { tenant, trigger } = this;
		tenant.isFirstAway = true;
		await this.observed(async () => await trigger.tick(), false);
		await this.observed(async () => await trigger.tick(), false);
		tenant.isFirstAway = false;
		const served = new Set(tenant.served.map(({ id }) => id));
		const overlooked = tenant.records.find(({ id }) => !served.has(id) && !tenant.hidden.has(id));
		if (served.size > 0 && overlooked) this.remove(overlooked.id);
	}

	private async shifting(at: number): Promise<void> {
		const { tenant } = this;
		let left = 2;
		tenant.beforeNextPage = () => {
			if (left-- <= 0) return;
			if (at % 3 === 0) this.create(true);
			else if (at % 3 === 1) this.withRecord(at, ({ id }) => this.remove(id));
			else this.shuffle(at);
		};
		await this.observed(async () => await this.trigger.tick(), false);
		tenant.beforeNextPage = undefined;
	}

	/** Another execution writes an older copy of the static data; n8n reads it when it starts again. */
	private overwrite(): void {
		const older = this.saves[Math.floor(this.saves.length / 2)];
		if (older === undefined || this.life.scheduler === 'durable') return;
		this.trigger.overwrite(older);
		this.oracle.overwritten();
	}

	private create(isFirst = false): void {
		const { tenant } = this;
		const record: TenantRecord = { id: crypto.randomUUID(), ...this.subject.create(tenant.now) };
		if (isFirst) tenant.records.unshift(record);
		else tenant.records.push(record);
	}

	private remove(id: string): void {
		const { tenant } = this;
		tenant.records = tenant.records.filter((record) => record.id !== id);
	}

	private shuffle(seed: number): void {
		const { records } = this.tenant;
		const by = (seed % 5) + 1;
		this.tenant.records = [...records.slice(by), ...records.slice(0, by).reverse()];
	}

	private withRecord(at: number, act: (record: TenantRecord) => void): void {
		const { records } = this.tenant;
		const record = records[at % Math.max(1, records.length)];
		if (record) act(record);
	}
}
