import type { IConnections, INode } from 'n8n-workflow';

type Linked = Pick<INode, 'name' | 'type' | 'disabled'>;

/**
 * The nodes that gave nothing although they should have. Nodes behind an output that stays empty are
 * excused if their node has several outputs, of which a run takes one, as behind an If.
 *
 * @param outputs the items of each output of a node
 * @param starts where the run began; by default, all nodes that nothing leads to
 */
export function silentNodes(
	nodes: readonly Linked[],
	connections: IConnections,
	outputs: (name: string) => readonly unknown[][],
	starts = startsIn(nodes, connections),
): string[] {
	const running = nodes.filter(({ type, disabled }) => !disabled && !type.endsWith('.stickyNote'));
	const reached = new Set<string>();
	const follow = (name: string): void => {
		if (reached.has(name)) return;
		reached.add(name);
		const all = connections[name]?.main ?? [];
		for (const [index, links] of all.entries()) {
			if (all.length > 1 && !outputs(name)[index]?.length) continue;
			for (const { node } of links ?? []) follow(node);
		}
	};
	for (const start of starts) follow(start);
	return running
		.map(({ name }) => name)
		.filter((name) => reached.has(name) && outputs(name).flat().length === 0);
}

function startsIn(nodes: readonly Linked[], connections: IConnections): string[] {
	const linked = Object.values(connections).flatMap(({ main = [] }) =>
		main.flatMap((links) => (links ?? []).map(({ node }) => node)),
	);
	return nodes.map(({ name }) => name).filter((name) => !linked.includes(name));
}
