import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { additionalDataFor } from './additionalData.mts';
import { StoreCredentialsHelper } from './credentialsHelper.mts';
import type { CredentialStore } from './credentialStore.mts';
import { type InstalledPackage, loadPackage } from './installedPackage.mts';
import { core, workflow as n8n } from './n8nModules.mts';

/** n8n's scheduler for polls: the usual one, or the one that keeps its own cursors. */
export type Scheduler = 'usual' | 'durable';

export interface TriggerOptions {
	credentials: CredentialStore;
	parameters: Record<string, unknown>;
	scheduler?: Scheduler;
	/** What `getPollBudgetMs` answers. */
	budget?: number;
	/** Set to false to retry without waiting. */
	isPatient?: boolean;
}

export type EventItem = INodeExecutionData['json'] & {
	trigger: { event: string; eventId: string; detectedAt: string; previous: IDataObject };
};

/** `npm run test:trigger -- --breakages` sets another one. */
const { TRIGGER_BUNDLE = 'dist/nodes/AppspaceTrigger/AppspaceTrigger.node.js' } = process.env;
/** The usual scheduler gives a poll five minutes, the durable one 36 seconds. */
const BUDGETS: Record<Scheduler, number> = { usual: 300_000, durable: 36_000 };
/** n8n's attempts to publish. */
const ATTEMPTS = 5;

type Bundle = (module: object, exports: object, load: (name: string) => unknown) => void;

let bundle: Bundle | undefined;
let installed: Promise<InstalledPackage> | undefined;

/** The trigger as a new n8n process loads it: no module state is left from before. */
function loadTrigger({ isPatient = true }: Pick<TriggerOptions, 'isPatient'>): INodeType {
	// Each call has its own module state. `Function` stays in the realm of the tests, whose clock they move.
	bundle ??= new Function(
		'module',
		'exports',
		'require',
		readFileSync(TRIGGER_BUNDLE, 'utf8'),
	) as Bundle;
	const module = { exports: {} as Record<string, new () => INodeType> };
	const load = createRequire(resolve('package.json'));
	const impatient = { sleep: async () => await new Promise((resolve) => setImmediate(resolve)) };
	const library = isPatient ? n8n : { ...n8n, ...impatient };
	const requireOf = (name: string): unknown => (name === 'n8n-workflow' ? library : load(name));
	bundle(module, module.exports, requireOf);
	const { AppspaceTrigger } = module.exports;
	if (!AppspaceTrigger) throw new Error('The bundle exports no trigger.');
	return new AppspaceTrigger();
}

/**
 * A workflow that starts with the trigger, in n8n's poll context. Polls happen when a test asks for them.
 * What survives an end of the process is what n8n would have saved: with the usual scheduler, the static
 * data after an emission and after publishing; with the durable one, the cursor after an emission and after
 * a poll of the schedule without events.
 */
export class PublishedTrigger {
	/** Everything that polls returned, in order. */
	readonly items: EventItem[] = [];
	/** What the trigger logged as warnings and information. */
	readonly log: string[] = [];
	/** The column or the cursor in the database, as text. */
	saved = '{}';
	/** Whether n8n is slow to save the cursor of a poll with items; see `finishSaving`. */
	savesLate = false;
	name = 'Appspace Trigger';
	private unsaved?: string;
	private type: INodeType;
	private context?: InstanceType<typeof core.PollContext>;
	private staticData: IDataObject = {};
	private workflow?: InstanceType<typeof n8n.Workflow>;

	constructor(private readonly options: TriggerOptions) {
		this.type = loadTrigger(options);
	}

	/** Registers the workflow as n8n does when it is published or n8n starts; rejects if all attempts fail. */
	async publish(mode: 'activate' | 'init' = 'activate'): Promise<void> {
		const errors: unknown[] = [];
		while (errors.length < ATTEMPTS) {
			await this.register(mode);
			const polled = await this.poll(true).then(
				() => true,
				(error: unknown) => void errors.push(error),
			);
			if (polled) return;
		}
		throw errors[0] as Error;
	}

	/** A poll of the schedule: the items of the execution that it starts, or none. */
	async tick(): Promise<EventItem[]> {
		return await this.poll(false);
	}

	/** The sample items of a test in the editor; null for n8n's own message that there are none. */
	async test(): Promise<EventItem[] | null> {
		const installedPackage = await (installed ??= loadPackage(process.cwd()));
		const { workflow, node, additionalData } = this.build(installedPackage);
		const context = new core.PollContext(workflow, node, additionalData, 'manual', 'manual');
		return itemsIn(await this.type.poll?.call(context));
	}

	/** The process ends without warning; the next one knows what was saved, and nothing else. */
	async crash(): Promise<void> {
		this.type = loadTrigger(this.options);
		await this.publish('init');
	}

	/** Changes the parameters, as a user does who then publishes the workflow again. */
	async change(parameters: Record<string, unknown>): Promise<void> {
		this.options.parameters = parameters;
		await this.publish();
	}

	/** n8n saves the cursor at last. */
	finishSaving(): void {
		this.saved = this.unsaved ?? this.saved;
		this.unsaved = undefined;
		this.savesLate = false;
	}

	/** Another execution of the workflow writes its older copy of the static data over what is saved. */
	overwrite(older: string): void {
		this.saved = older;
	}

	/** The state of this node that survives the end of the process; empty if none does. */
	get savedState(): string {
		const saved = JSON.parse(this.saved) as IDataObject;
		const own = this.isDurable ? saved : ((saved[`node:${this.name}`] ?? {}) as IDataObject);
		return String(own.state ?? '');
	}

	/** The state that the trigger keeps now, whether saved or not. */
	get state(): string {
		return String(this.staticDataOfNode().state ?? '');
	}

	private get isDurable(): boolean {
		return this.options.scheduler === 'durable';
	}

	private async register(mode: 'activate' | 'init'): Promise<void> {
		const built = this.build(await (installed ??= loadPackage(process.cwd())));
		const { workflow, node, additionalData } = built;
		this.workflow = workflow;
		const { budget = BUDGETS[this.options.scheduler ?? 'usual'] } = this.options;
		const unused = () => {
			throw new Error('Not used.');
		};
		const contextOf = (cursor?: IDataObject) =>
			new core.PollContext(
				workflow,
				node,
				additionalData,
				'trigger',
				mode,
				unused,
				unused,
				async () => undefined,
				async (poll) => await poll(),
				() => cursor ?? this.staticDataOfNode(),
				() => budget,
			);
		this.contextFor = (cursor) => (cursor ? contextOf(cursor) : (this.context ??= contextOf()));
		this.context = undefined;
	}

	private contextFor = (_cursor?: IDataObject): InstanceType<typeof core.PollContext> => {
		throw new Error('Publish the workflow first.');
	};

	private async poll(isTest: boolean): Promise<EventItem[]> {
		// With the durable scheduler, each poll has a copy of the cursor.
		const cursor = this.isDurable ? (JSON.parse(this.saved) as IDataObject) : undefined;
		const result = await this.type.poll?.call(this.logging(this.contextFor(cursor)));
		const items = itemsIn(result);
		const isSaved = items !== null || (this.isDurable ? !isTest : isTest);
		const text = JSON.stringify(cursor ?? this.column());
		if (isSaved && items !== null && this.savesLate) this.unsaved = text;
		else if (isSaved) this.saved = text;
		this.staticData = cursor ?? {};
		this.items.push(...(items ?? []));
		return items ?? [];
	}

	private column(): IDataObject {
		return (this.workflow?.staticData ?? {}) as IDataObject;
	}

	private staticDataOfNode(): IDataObject {
		if (this.isDurable) return this.staticData;
		return (this.workflow?.getStaticData('node', { name: this.name } as INode) ??
			{}) as IDataObject;
	}

	private build(installedPackage: InstalledPackage) {
		const { credentials, parameters } = this.options;
		const node = {
			id: 'trigger',
			name: this.name,
			type: 'n8n-nodes-appspace.appspaceTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
			credentials: { appspaceApi: { id: 'main', name: 'Credential main' } },
		} as INode;
		const types = installedPackage.nodeTypes([]);
		const nodeTypes = {
			...types,
			getByNameAndVersion: () => this.type,
			getByName: () => this.type,
		};
		const workflow = new n8n.Workflow({
			...{ id: 'test', name: 'Test', nodes: [node], connections: {}, active: true, nodeTypes },
			settings: { executionOrder: 'v1' },
			staticData: this.isDurable ? {} : (JSON.parse(this.saved) as IDataObject),
		});
		const helper = new StoreCredentialsHelper(credentials, installedPackage);
		const additionalData: IWorkflowExecuteAdditionalData = additionalDataFor(helper);
		return { workflow, node: workflow.getNode(this.name) ?? node, additionalData };
	}

	private logging(context: InstanceType<typeof core.PollContext>) {
		if (!Object.hasOwn(context, 'logger')) {
			const note = (text: string) => void this.log.push(text);
			const logger = { info: note, warn: note, error: note, debug: () => undefined };
			Object.defineProperty(context, 'logger', { value: logger });
		}
		return context;
	}
}

/** The values of the parameter `event`. */
export function eventNames(): string[] {
	const { properties } = loadTrigger({ isPatient: true }).description;
	const event = properties.find(({ name }) => name === 'event');
	return (event?.options ?? []).map((option) => String('value' in option ? option.value : ''));
}

function itemsIn(result: INodeExecutionData[][] | null | undefined): EventItem[] | null {
	if (!result) return null;
	return result.flat().map(({ json }) => json as EventItem);
}
