import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type RecordedRequest, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, appspaceNode } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import type { RunResult } from '../../support/runResult.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import type { NodeUnderTest } from '../../support/workflow.mts';

export type Change = 'add' | 'remove' | 'replace';
export type Target = Sandbox['tenant']['publishTo'][string][number];

/** A channel of a separate tenant, published to its first two devices and its first device group. */
export class PublishedChannel {
	readonly id: string;
	readonly path: string;
	readonly devices: string[];
	readonly groups: string[];

	private constructor(readonly sandbox: Sandbox) {
		const { channels, devices, deviceGroups, publishTo } = sandbox.tenant;
		this.id = channels[1]!.id;
		this.path = `/api/v3/channeldirectory/${this.id}/publishto`;
		this.devices = devices.map(({ id }) => id);
		this.groups = deviceGroups.map(({ id }) => id);
		const [first, second] = this.devices;
		publishTo[this.id] = [
			this.entry(first!, 7),
			this.entry(second!, 7),
			this.entry(this.groups[0]!, 8),
		];
	}

	static async open(): Promise<PublishedChannel> {
		const settings = { undocumentedReply: 'object' } as const;
		return new PublishedChannel(await startSandbox({ channels: 6, devices: 8, settings }));
	}

	entry(targetId: string, targetType: number): Target {
		const createdBy = this.sandbox.tenant.serviceUser.id;
		return {
			id: `of ${targetId}`,
			targetId,
			targetType,
			createdAt: '2025-01-01T00:00:00.000Z',
			createdBy,
		};
	}

	/** Runs an operation on this channel. */
	async run(
		change: Change,
		parameters: Record<string, unknown>,
		input: IDataObject[] = [{}],
		more: Partial<NodeUnderTest> = {},
	): Promise<RunResult> {
		const operation = `channel.${change}PublishTargets` as const;
		return await run({
			credentials: sandboxCredential(this.sandbox),
			input,
			nodes: [appspaceNode(operation, { channelId: this.id, ...parameters }, more)],
		});
	}

	/** The same, for one item that has to succeed. */
	async report(change: Change, parameters: Record<string, unknown>): Promise<IDataObject> {
		const { error, items } = await this.run(change, parameters);
		expect(error).toBeUndefined();
		return items()[0]!.json;
	}

	/** The targets in force, as `[targetId, targetType]`. */
	present(): Array<[string, number]> {
		const targets = this.sandbox.tenant.publishTo[this.id]!;
		return targets.map(({ targetId, targetType }) => [targetId, targetType]);
	}

	presentIds(): string[] {
		return this.present().map(([targetId]) => targetId);
	}

	writes(): Array<Pick<RecordedRequest, 'method' | 'body'>> {
		return apiCalls(this.sandbox).filter(({ method }) => method === 'PUT');
	}

	/** Somebody else's hand: makes something else of each list that is written. */
	meddle(change: (written: Target[]) => Target[]): void {
		let targets = this.sandbox.tenant.publishTo[this.id]!;
		Object.defineProperty(this.sandbox.tenant.publishTo, this.id, {
			get: () => targets,
			set: (written: Target[]) => (targets = change(written)),
		});
	}
}
