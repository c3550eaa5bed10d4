import { request, WebSocket } from 'undici';

/** Where a process spends its time, according to V8's sampling profiler. */
export interface CpuProfile {
	nodes: Array<{ id: number; callFrame: { url: string }; children?: number[] }>;
	samples: number[];
	/** Microseconds before each sample. */
	timeDeltas: number[];
}

/** Profiles a Node process that was started with `--inspect` while it does `work`. */
export async function profileOf(port: number, work: () => Promise<void>): Promise<CpuProfile> {
	const { body } = await request(`http://127.0.0.1:${port}/json/list`);
	const [target] = (await body.json()) as Array<{ webSocketDebuggerUrl: string }>;
	const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
	await new Promise((resolve) => socket.addEventListener('open', resolve));
	const waiting = new Map<number, (result: unknown) => void>();
	socket.addEventListener('message', ({ data }) => {
		const { id, result } = JSON.parse(String(data)) as { id: number; result: unknown };
		waiting.get(id)?.(result);
	});
	let last = 0;
	const ask = async (method: string, params = {}) =>
		await new Promise((resolve) => {
			waiting.set(++last, resolve);
			socket.send(JSON.stringify({ id: last, method, params }));
		});
	try {
		await ask('Profiler.enable');
		await ask('Profiler.setSamplingInterval', { interval: 250 });
		await ask('Profiler.start');
		await work();
		return ((await ask('Profiler.stop')) as { profile: CpuProfile }).profile;
	} finally {
		socket.close();
	}
}

/**
 * Each package's share of the time, largest first. Native time of Node counts for its caller; idle time
 * is left out.
 */
export function sharesIn({ nodes, samples, timeDeltas }: CpuProfile): Array<[string, number]> {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((of) => [of, id])));
	const ownerOf = (id: number): string => {
		for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
			const url = byId.get(at)?.callFrame.url ?? '';
			if (url !== '') return packageIn(url);
		}
		return '';
	};
	const times = new Map<string, number>();
	let total = 0;
	for (const [index, id] of samples.entries()) {
		const owner = ownerOf(id);
		// The profiler's own nodes (idle, program, garbage collector) have no file.
		if (owner === '') continue;
		const time = timeDeltas[index] ?? 0;
		total += time;
		times.set(owner, (times.get(owner) ?? 0) + time);
	}
	return [...times]
		.map(([owner, time]): [string, number] => [owner, time / total])
		.sort(([, left], [, right]) => right - left);
}

function packageIn(url: string): string {
	const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
	if (name !== undefined) return name;
	return url.startsWith('node:') ? 'Node' : 'other';
}
