import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { exampleFor, prepare, SUBJECTS } from '../faults/examples.mts';
import { anyCase } from '../fuzz/operationCase.mts';
import { FuzzedEngine } from '../fuzz/engineCase.mts';
import { wordsOfATenant } from '../fuzz/words.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import { DECLARED, parametersWith } from '../support/declaredFields.mts';
import { run } from '../support/engine.mts';
import { readFromItem } from '../support/readFromItem.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';
import { triggerName, type NodeUnderTest } from '../support/workflow.mts';

/**
 * The values of parameters are objects of the workflow: whatever the node changed in them would be changed
 * for the nodes behind it, in what n8n stores, and for its own next attempt.
 */

/** Always the same cases. */
const SEED = 20_250_301;
const CASES = 3;

/** What the node before put out, as it is after the run. */
async function inputAfter(
	credentials: Parameters<typeof run>[0]['credentials'],
	input: IDataObject[],
	node: NodeUnderTest,
): Promise<IDataObject[]> {
	const { items } = await run({ credentials, input, nodes: [node] });
	return items(triggerName).map(({ json }) => json);
}

describe('an operation that succeeds leaves its input as it was', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ users: 20, channels: 6, devices: 6 });
		prepare(sandbox.tenant);
	});
	afterAll(async () => await sandbox.close());

	it.each(SUBJECTS)('$name', async (subject) => {
		const example = exampleFor(subject, sandbox.tenant, 0);
		const input = [asObjects(example)] as IDataObject[];
		const before = structuredClone(input);
		const node = appspaceNode(subject.name as `${string}.${string}`, readFromItem(example));
		expect(await inputAfter(sandboxCredential(sandbox), input, node)).toEqual(before);
	});

	/** Names that mean something to one operation or another. */
	const whole = {
		...{
			id: '17',
			schemas: ['a'],
			meta: { version: '1' },
			title: 'Guide',
			name: { formatted: 'G' },
		},
		...{ emails: [{ value: 'g@example.com', primary: 'true' }], active: 'yes', status: ['x'] },
	};
	it.each(DECLARED.filter(({ field }) => field.type === 'json'))(
		'$name is given an object',
		async (declared) => {
			const input = [{ whole }];
			const before = structuredClone(input);
			const node = appspaceNode(
				declared.subject.name as `${string}.${string}`,
				parametersWith(declared, '={{ $json.whole }}', sandbox.tenant),
			);
			expect(await inputAfter(sandboxCredential(sandbox), input, node)).toEqual(before);
		},
	);

	it('Custom Attributes are taken from a whole user, again and again', async () => {
		const user = { id: '17', schemas: ['a'], meta: { version: '1' }, title: 'Guide' };
		const input = [{ user: { ...user, userName: 'whole@example.com' } }];
		const before = structuredClone(input);
		const node = appspaceNode('scimUser.create', {
			userName: '={{ $json.user.userName }}',
			additionalFields: { attributes: '={{ $json.user }}' },
		});
		expect(await inputAfter(sandboxCredential(sandbox), input, node)).toEqual(before);
		expect(sandbox.tenant.scimUsers.at(-1)).toMatchObject({ title: 'Guide' });
	});
});

describe('whatever comes in and whatever is answered, the input stays as it was', () => {
	const words = wordsOfATenant();
	let engine: FuzzedEngine;
	beforeAll(async () => void (engine = await FuzzedEngine.start()));
	afterAll(async () => await engine.close());

	it.each(SUBJECTS)('$name', async (subject) => {
		await fc.assert(
			fc.asyncProperty(anyCase(subject, words, false), async (fuzz) => {
				const before = structuredClone(fuzz.items);
				expect(await engine.inputAfter(subject, fuzz)).toEqual(before);
			}),
			{ seed: SEED, numRuns: CASES },
		);
	});
});

/** The same values, JSON as the objects that it stands for: those could be changed. */
function asObjects(example: object): unknown {
	return JSON.parse(JSON.stringify(example), (_, value: unknown) => {
		if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
		return JSON.parse(value) as unknown;
	});
}
