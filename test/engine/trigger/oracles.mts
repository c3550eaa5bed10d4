import type { ChangingTenant, TenantRecord } from '../../support/changingTenant.mts';
import type { EventItem, PublishedTrigger } from '../../support/triggerEngine.mts';

/** What lives count. Anything missed or invented fails at once, so that fast-check can shrink the life. */
export interface Count {
	lives: number;
	/** Changes that a reading of a list at rest could see. */
	events: number;
	emitted: number;
	/** Told a second time, which only an overwritten state may cause. */
	doubled: number;
	/** Lost with a state that n8n had not saved when its process ended. */
	unsaved: number;
}

/** Judges what a trigger tells. It knows the tenant's history, and nothing of how the trigger works. */
export abstract class Oracle {
	readonly count: Count = { lives: 0, events: 0, emitted: 0, doubled: 0, unsaved: 0 };
	protected isStocked = false;
	protected mayDouble = false;

	constructor(
		protected readonly tenant: ChangingTenant,
		protected readonly trigger: PublishedTrigger,
	) {}

	/** A poll has ended. `isClean`: it read a list at rest, without failures. */
	polled(items: EventItem[], isClean: boolean): void {
		this.count.emitted += items.length;
		const isStock = !this.isStocked && this.trigger.state !== '';
		if (isStock) {
			this.isStocked = true;
			this.stocked();
		}
		this.judge(items, isClean && !isStock);
		this.saved();
	}

	/** n8n may have saved a state: what the trigger knows now is what it knew when it made this state. */
	saved(): void {}

	/** The process ends; what was not saved is lost. */
	crash(): void {
		if (this.trigger.savedState !== '') this.restored();
		else {
			this.isStocked = false;
			this.lost();
		}
	}

	/** An execution wrote an older copy of the static data. */
	overwritten(): void {
		this.mayDouble = true;
	}

	/** The trigger took stock: what was served is the baseline. */
	protected abstract stocked(): void;
	protected abstract judge(items: EventItem[], isClean: boolean): void;
	/** The saved state is loaded by a new process. */
	protected restored(): void {}
	/** There is no saved state. */
	protected lost(): void {}

	protected get visible(): TenantRecord[] {
		return this.tenant.records.filter(({ id }) => !this.tenant.hidden.has(id));
	}

	protected once(told: Set<string>, key: string): void {
		if (told.has(key)) {
			if (!this.mayDouble) throw new Error(`doubled: ${key}`);
			this.count.doubled += 1;
		}
		told.add(key);
	}
}

function idOf({ id }: EventItem): string {
	return String(id);
}

export class CreatedOracle extends Oracle {
	private readonly baseline = new Set<string>();
	/** What the list did not show when the trigger took stock may be told later or not. */
	private readonly unlisted = new Set<string>();
	private readonly told = new Set<string>();

	protected stocked(): void {
		const { records, served } = this.tenant;
		for (const { id } of records) this.unlisted.add(id);
		for (const { id } of served) this.unlisted.delete(id);
		for (const { id } of [...records, ...served]) this.baseline.add(id);
	}

	protected judge(items: EventItem[], isClean: boolean): void {
		for (const item of items) {
			const id = idOf(item);
			const isOld = this.baseline.has(id) && !this.unlisted.has(id);
			if (isOld && !this.mayDouble) throw new Error(`invented: ${id} was there before`);
			this.once(this.told, id);
		}
		if (!isClean) return;
		for (const { id } of this.visible) {
			if (this.baseline.has(id)) continue;
			if (!this.told.has(id)) throw new Error(`missed: ${id} was created`);
			this.count.events += 1;
			this.baseline.add(id);
		}
	}

	protected override lost(): void {
		const untold = this.tenant.records.filter(
			({ id }) => !this.baseline.has(id) && !this.told.has(id),
		);
		this.count.unsaved += untold.length;
	}
}

/** The values that the trigger may know of a record; undefined if it may not know the record. */
type Known = Map<string, Set<unknown>>;

function copyOf(known: Known): Known {
	return new Map([...known].map(([id, values]) => [id, new Set(values)]));
}

export class UpdatedOracle extends Oracle {
	private known: Known = new Map();
	/** What the trigger knew when a text was saved. */
	private readonly snapshots = new Map<string, Known>();
	private beforeCrash: Known = new Map();

	protected stocked(): void {}

	protected judge(items: EventItem[], isClean: boolean): void {
		const told = new Set<string>();
		for (const item of items) {
			const id = idOf(item);
			const values = this.known.get(id);
			const isNews = values !== undefined && !(values.size === 1 && values.has(item.department));
			if (!isNews && !this.mayDouble) {
				throw new Error(`invented: ${id} did not become ${String(item.department)}`);
			}
			if (!isNews) this.count.doubled += 1;
			told.add(id);
			this.known.set(id, new Set([item.department]));
		}
		for (const { id, department } of this.tenant.served) {
			const values = this.known.get(id) ?? new Set([undefined]);
			if (told.has(id)) continue;
			if (isClean && !values.has(department) && !values.has(undefined)) {
				throw new Error(`missed: ${id} became ${String(department)}`);
			}
			this.countUnsaved(id, department, isClean);
			this.known.set(id, isClean ? new Set([department]) : values.add(department));
		}
		this.count.events += told.size;
		const served = new Set(this.tenant.served.map(({ id }) => id));
		for (const [id, values] of this.known) {
			if (!served.has(id)) values.add(undefined);
		}
	}

	override saved(): void {
		if (!this.snapshots.has(this.trigger.savedState)) {
			this.snapshots.set(this.trigger.savedState, copyOf(this.known));
		}
	}

	private countUnsaved(id: string, department: unknown, isClean: boolean): void {
		const before = this.beforeCrash.get(id);
		if (!isClean || !before) return;
		this.beforeCrash.delete(id);
		if (!before.has(undefined) && !before.has(department)) this.count.unsaved += 1;
	}

	protected override restored(): void {
		const saved = copyOf(this.snapshots.get(this.trigger.savedState) ?? new Map());
		this.beforeCrash = new Map([...this.known].filter(([id]) => !saved.has(id)));
		this.known = saved;
	}

	protected override lost(): void {
		this.beforeCrash = this.known;
		this.known = new Map();
	}

	override overwritten(): void {
		super.overwritten();
		// Whether n8n reads the older copy depends on what happens next.
		for (const [id, values] of this.snapshots.get(this.trigger.savedState) ?? []) {
			this.known.set(id, new Set([...values, ...(this.known.get(id) ?? [undefined])]));
		}
		for (const values of this.known.values()) values.add(undefined);
		this.snapshots.set(this.trigger.savedState, copyOf(this.known));
	}
}

export class DeletedOracle extends Oracle {
	/** Records that the trigger knows for sure, and how many clean polls missed them. */
	private known = new Map<string, number>();
	/** Which records the trigger knew when a text was saved. */
	private readonly snapshots = new Map<string, string[]>();
	private readonly everThere = new Set<string>();
	private readonly told = new Set<string>();

	/** @param isGoneWhenHidden nothing but the list tells that a record is there, as with members of a group */
	constructor(
		tenant: ChangingTenant,
		trigger: PublishedTrigger,
		private readonly isGoneWhenHidden = false,
	) {
		super(tenant, trigger);
	}

	protected stocked(): void {}

	private get there(): Set<string> {
		const records = this.isGoneWhenHidden ? this.visible : this.tenant.records;
		return new Set(records.map(({ id }) => id));
	}

	protected judge(items: EventItem[], isClean: boolean): void {
		const { there } = this;
		for (const { id } of this.tenant.served) {
			this.everThere.add(id);
			// Two polls in a row must miss a record. A poll that read it, clean or not, was none of them.
			if (this.known.has(id)) this.known.set(id, 0);
		}
		for (const item of items) {
			const id = idOf(item);
			if (there.has(id) || !this.everThere.has(id)) throw new Error(`invented: ${id} is not gone`);
			this.once(this.told, id);
			this.known.delete(id);
			this.count.events += 1;
		}
		// A member that comes back can leave again, even while the list is read.
		const back = [...there, ...this.tenant.served.map(({ id }) => id)];
		if (this.isGoneWhenHidden) for (const id of back) this.told.delete(id);
		for (const [id, missed] of this.known) {
			if (there.has(id)) {
				if (this.tenant.hidden.has(id)) this.known.delete(id);
			} else if (isClean) {
				if (missed >= 1) throw new Error(`missed: ${id} was removed`);
				this.known.set(id, missed + 1);
			}
		}
		if (isClean) for (const { id } of this.visible) this.known.set(id, 0);
	}

	override saved(): void {
		const { savedState } = this.trigger;
		if (!this.snapshots.has(savedState)) this.snapshots.set(savedState, [...this.known.keys()]);
	}

	protected override restored(): void {
		const ids = new Set(this.snapshots.get(this.trigger.savedState));
		for (const id of this.known.keys()) {
			if (ids.has(id)) this.known.set(id, 0);
			else this.forget(id);
		}
	}

	protected override lost(): void {
		for (const id of this.known.keys()) this.forget(id);
	}

	override overwritten(): void {
		super.overwritten();
		this.snapshots.set(this.trigger.savedState, []);
		this.known.clear();
	}

	private forget(id: string): void {
		if (!this.there.has(id)) this.count.unsaved += 1;
		this.known.delete(id);
	}
}

interface Period {
	/** What a record is told for once. */
	period: (record: Record<string, unknown>) => unknown;
	isDue: (record: Record<string, unknown>, now: number) => boolean;
}

export class DueOracle extends Oracle {
	private readonly baseline = new Set<string>();
	private readonly told = new Set<string>();

	constructor(
		tenant: ChangingTenant,
		trigger: PublishedTrigger,
		private readonly due: Period,
	) {
		super(tenant, trigger);
	}

	protected stocked(): void {
		for (const record of [...this.tenant.records, ...this.tenant.served]) {
			if (this.due.isDue(record, this.tenant.now)) this.baseline.add(this.keyOf(record));
		}
	}

	protected judge(items: EventItem[], isClean: boolean): void {
		const served = this.tenant.served.map((record) => [this.keyOf(record), record] as const);
		const records = new Map(served);
		for (const item of items) {
			const key = this.keyOf(item as unknown as TenantRecord);
			const record = records.get(key);
			if (!record || !this.due.isDue(record, this.tenant.now)) throw new Error(`invented: ${key}`);
			this.once(this.told, key);
		}
		if (!isClean) return;
		for (const record of this.visible) {
			const key = this.keyOf(record);
			if (!this.due.isDue(record, this.tenant.now) || this.baseline.has(key)) continue;
			if (!this.told.has(key)) throw new Error(`missed: ${key}`);
			this.count.events += 1;
			this.baseline.add(key);
		}
	}

	private keyOf(record: TenantRecord | Record<string, unknown>): string {
		return `${String(record.id)} ${String(this.due.period(record))}`;
	}
}
