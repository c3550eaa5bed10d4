import { SUBJECTS, type Subject } from '../faults/examples.mts';
import { filledIn, harmless } from '../leaks/parameters.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import { listSearch, run } from '../support/engine.mts';
import { reply, startRawServer, type RawServer } from '../support/rawServer.mts';

/** What a spreadsheet, a browser, n8n's expressions or JavaScript itself would act upon. */
const FORMULA = '=HYPERLINK("http://evil.example.com","=cmd|\' /C calc\'!A0")';
const MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const EXPRESSION = '={{ $credentials }} {{ 1 + 1 }} ${7*7}';
const MINE = [FORMULA, MARKUP, EXPRESSION];
const RECORD = `{
	"__proto__": { "polluted": "yes", "isAdmin": true },
	"constructor": { "prototype": { "polluted": "yes" } },
	"id": "x1", "name": ${JSON.stringify(FORMULA)}, "title": ${JSON.stringify(FORMULA)},
	"displayName": ${JSON.stringify(FORMULA)}, "key": "__proto__", "value": "polluted",
	"email": "harmless@example.com", "description": ${JSON.stringify(MARKUP)},
	"comment": ${JSON.stringify(EXPRESSION)}, "toString": "no function", "hasOwnProperty": 1
}`;
const LIST = `{ "__proto__": { "polluted": "yes" }, "items": [${RECORD}], "size": 1, "start": 0, "limit": 100 }`;

let record: RawServer;
let list: RawServer;
beforeAll(async () => {
	record = await startRawServer(() => reply.text(RECORD));
	list = await startRawServer(() => reply.text(LIST));
});
afterAll(async () => {
	await Promise.all([record.close(), list.close()]);
});
afterEach(() => {
	const innocent = {} as Record<string, unknown>;
	expect([innocent.polluted, innocent.isAdmin]).toEqual([undefined, undefined]);
	expect(String({})).toBe('[object Object]');
});

async function played({ resource, operation }: Subject, { store }: RawServer): Promise<unknown> {
	const { items } = await run({
		credentials: store,
		nodes: [
			appspaceNode(
				`${resource.value}.${operation.value}`,
				{ ...filledIn(operation, harmless), simplify: false, filters: {} },
				{ onError: 'continueRegularOutput' },
			),
		],
	});
	return items().map(({ json }) => json);
}

/** Every text in it, under its own keys only. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}

let untouched = 0;

describe.each(SUBJECTS)('$name', (subject) => {
	it.each(['record', 'list'] as const)(
		'takes a hostile %s for data',
		async (kind) => {
			const texts = textsIn(await played(subject, kind === 'record' ? record : list));
			for (const mark of ['HYPERLINK', 'onerror', '$credentials']) {
				for (const text of texts.filter((text) => text.includes(mark))) {
					expect(MINE).toContain(text);
					untouched++;
				}
			}
		},
		60_000,
	);
});

it('hands hostile texts through as they are', () => expect(untouched).toBeGreaterThan(20));

it.each(['searchChannels', 'searchUsers'])('%s shows hostile names as they are', async (method) => {
	const { results } = await listSearch({ method, credentials: list.store });
	expect(results.map(({ name }) => name)).toEqual([expect.stringContaining(FORMULA)]);
});
