import fc from 'fast-check';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { prepare } from '../faults/examples.mts';
import { apiCalls, appspaceNode } from '../support/appspaceNode.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { DECLARED, parametersWith, type DeclaredField } from '../support/declaredFields.mts';
import { run } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

/** Always the same values. */
const SEED = 20_250_301;
/** Different values of a field that are tried, beside null and empty. */
const TRIES = 2;

let sandbox: Sandbox;
let credentials: CredentialStore;
let atStart: Sandbox['tenant'];
beforeAll(async () => {
	const settings = { undocumentedReply: 'object', reservable: 'both' } as const;
	sandbox = await startSandbox({ users: 12, channels: 6, devices: 6, settings });
	credentials = sandboxCredential(sandbox);
	prepare(sandbox.tenant);
	atStart = structuredClone(sandbox.tenant);
});
afterAll(async () => await sandbox.close());

interface Outcome {
	message: string | undefined;
	requests: ReturnType<typeof apiCalls>;
	/** The names of the fields of each record. */
	records: string[][];
}

/** Runs an operation with a value that an expression gives; undefined leaves the field out. */
async function outcomeOf(declared: DeclaredField, value: unknown): Promise<Outcome> {
	Object.assign(sandbox.tenant, structuredClone(atStart));
	sandbox.clearRequests();
	const expression = value === undefined ? undefined : '={{ $json.given }}';
	const { error, items } = await run({
		credentials,
		input: [{ given: value as string }],
		nodes: [
			appspaceNode(
				declared.subject.name as `${string}.${string}`,
				parametersWith(declared, expression, sandbox.tenant),
			),
		],
	});
	return {
		message: error?.message,
		// How far a list is read ahead is a matter of time.
		requests: apiCalls(sandbox).filter(({ query, body }) => {
			const { start = 0, page = 0 } = { ...query, ...(body as IDataObject | undefined) };
			return Number(start) === 0 && Number(page) === 0;
		}),
		records: items().map(({ json }) => Object.keys(json)),
	};
}

const of = (...types: string[]) => DECLARED.filter(({ field }) => types.includes(field.type));
const tried = async <T,>(values: fc.Arbitrary<T>, check: (value: T) => Promise<void>) =>
	await fc.assert(fc.asyncProperty(values, check), { seed: SEED, numRuns: TRIES });

/** Refused with the label, and before anything is changed. */
async function expectRefused(declared: DeclaredField, value: unknown, why: string): Promise<void> {
	const { message, requests } = await outcomeOf(declared, value);
	expect(message).toContain(`"${declared.field.displayName}" ${why}`);
	if (declared.subject.operation.effect === 'read') return;
	expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
}

/** A value and what it stands for. */
type Spelled = [spelled: unknown, meant: unknown];

const inAnyCase = (...words: string[]) =>
	fc
		.tuple(fc.constantFrom(...words), fc.func(fc.boolean()), fc.constantFrom('', ' ', '\t'))
		.map(([word, isUpper, space]) => {
			const letters = [...word].map((one, at) => (isUpper(at) ? one.toUpperCase() : one));
			return space + letters.join('') + space;
		});
const booleans: fc.Arbitrary<Spelled> = fc.oneof(
	fc.oneof(inAnyCase('true', 'yes', '1'), fc.constant(1)).map((one): Spelled => [one, true]),
	fc.oneof(inAnyCase('false', 'no', '0'), fc.constant(0)).map((one): Spelled => [one, false]),
);
const numbers: fc.Arbitrary<Spelled> = fc
	.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom('', ' ', '+'), fc.constantFrom('', '.0'))
	.map(([number, before, after]) => [`${before}${number}${after}`, number]);
const NO_BOOLEAN = ['maybe', 'on', 2, -1, 'truefalse', 'tru', [], {}, [true], '10'];
const NO_NUMBER = ['many', '1,5', '0x10', '5 rooms', true, [], {}, [5], '9007199254740993', -1];

it('the table holds every operation, and every kind of field', () => {
	expect(new Set(DECLARED.map(({ subject }) => subject.name)).size).toBeGreaterThan(85);
	expect(of('boolean').length).toBeGreaterThan(60);
	expect(of('number').length).toBeGreaterThan(120);
});

describe.each([
	{ type: 'boolean', spelled: booleans, nonsense: NO_BOOLEAN, why: 'is not true or false' },
	{ type: 'number', spelled: numbers, nonsense: NO_NUMBER, why: 'is not a ' },
])('every $type', ({ type, spelled, nonsense, why }) => {
	it.each(of(type))('$name takes its spellings', async (declared) => {
		await tried(spelled, async ([value, meant]) => {
			const wanted = await outcomeOf(declared, meant);
			expect(wanted.message).toBeUndefined();
			expect(await outcomeOf(declared, value)).toEqual(wanted);
		});
	});

	it.each(of(type))('$name takes null and empty for nothing', async (declared) => {
		const wanted = await outcomeOf(declared, undefined);
		expect(await outcomeOf(declared, null)).toEqual(wanted);
		expect(await outcomeOf(declared, ' ')).toEqual(wanted);
	});

	it.each(of(type))('$name refuses nonsense', async (declared) => {
		await tried(fc.constantFrom(...nonsense), async (value) => {
			await expectRefused(declared, value, why);
		});
	});
});

const texts = of('string').filter(({ field }) => !field.ignoreValidationDuringExecution);

describe('every text', () => {
	it.each(texts)('$name takes a number as its text', async (declared) => {
		expect(await outcomeOf(declared, 701_984)).toEqual(await outcomeOf(declared, '701984'));
	});

	it.each(texts)('$name refuses objects, lists and numbers that were rounded', async (declared) => {
		await expectRefused(declared, { a: 1 }, 'contains an object instead of text');
		await expectRefused(declared, ['a', 'b'], 'contains a list instead of text');
		await expectRefused(declared, 2 ** 53, 'contains a number that n8n rounded');
	});
});

describe('every choice', () => {
	const closed = of('options', 'multiOptions').filter(({ field }) => !field.allowArbitraryValues);

	it.each(of('options'))('$name takes its choices in any case, and by name', async (declared) => {
		const { name, value } = declared.field.options?.at(-1) as INodePropertyOptions;
		const wanted = await outcomeOf(declared, value);
		expect(await outcomeOf(declared, String(value).toUpperCase())).toEqual(wanted);
		expect(await outcomeOf(declared, name)).toEqual(wanted);
	});

	it.each(closed)('$name refuses all else', async (declared) => {
		await expectRefused(declared, 'nonsense', 'is not one of its options');
	});
});
