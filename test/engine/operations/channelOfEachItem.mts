import { appspaceNode, locator } from '../../support/appspaceNode.mts';
import type { NodeUnderTest } from '../../support/workflow.mts';

/** Items that each name a channel. */
export const items = (...channels: string[]) => channels.map((channel) => ({ channel }));

/** Gets the channel of each item. */
export function getChannel(
	more: Partial<NodeUnderTest> = {},
	options: Record<string, unknown> = {},
): NodeUnderTest {
	const parameters = { channelId: locator('={{ $json.channel }}'), options };
	return appspaceNode('channel.get', parameters, more);
}
