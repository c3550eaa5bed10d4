import { appspaceNode } from '../support/appspaceNode.mts';
import type { Engine } from '../support/engine.mts';
import { impatientEngine } from '../support/changedPackage.mts';
import { reply, startRawServer, type RawRequest } from '../support/rawServer.mts';

const ATTEMPTS = 4;
const PAGE = 500;
const LAST_PAGE = 99 * PAGE;
/** The requests before this one are answered, so the node asks for many at once. */
const FIRST_SILENT = 8;

let engine: Engine;
beforeAll(async () => {
	// Long compared with the waits between attempts, as the timeout of the product is.
	engine = await impatientEngine(2_000);
});

interface Subject {
	run: { parameters: Record<string, unknown>; items: number };
	operation: `${string}.${string}`;
	/** The position of what a request asks for. */
	nth: (request: RawRequest) => number;
	answer: (nth: number) => unknown;
}

const subjects: Record<string, Subject> = {
	'a long list': {
		operation: 'user.getAll',
		run: { parameters: { returnAll: true }, items: 1 },
		nth: ({ target }) => {
			return Number(new URL(target, 'http://localhost').searchParams.get('start')) / PAGE;
		},
		answer: (nth) => {
			const items = Array.from({ length: PAGE }, (_, index) => ({ id: `${nth} ${index}` }));
			return { items, start: nth * PAGE, limit: PAGE, size: LAST_PAGE + PAGE };
		},
	},
	'many items': {
		operation: 'user.get',
		run: { parameters: { userId: '=user-{{ $itemIndex }}' }, items: 60 },
		nth: ({ target }) => Number(/user-(\d+)/.exec(target)?.[1]),
		answer: (nth) => ({ id: `user-${nth}` }),
	},
};

it.concurrent.each(Object.entries(subjects))(
	'%s, in the middle of which the server falls silent: the first to fail has its attempts first',
	async (_, { operation, run: { parameters, items }, nth, answer }) => {
		const attempts = new Map<number, number>();
		const server = await startRawServer((request) => {
			const position = nth(request);
			// The last page verifies the announced total.
			if (position < FIRST_SILENT || position * PAGE === LAST_PAGE) {
				return reply.json(answer(position));
			}
			attempts.set(position, (attempts.get(position) ?? 0) + 1);
			return reply.partThenSilence(Buffer.alloc(0));
		});
		const { error } = await engine.run({
			credentials: server.store,
			nodes: [appspaceNode(operation, parameters)],
			input: Array.from({ length: items }, () => ({})),
		});
		await server.close();
		expect(error?.message).toMatch(/timed out/);
		expect(attempts.get(FIRST_SILENT)).toBe(ATTEMPTS);
		const usedUp = [...attempts.values()].filter((count) => count === ATTEMPTS);
		expect(attempts.size).toBeGreaterThan(10);
		// The waits between attempts vary, so that one or the other may get ahead.
		expect(usedUp.length).toBeLessThan(attempts.size / 3);
	},
	180_000,
);
