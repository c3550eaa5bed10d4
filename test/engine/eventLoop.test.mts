import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { listSearch } from '../../nodes/Appspace/pickers/listSearch.ts';
import { getEndpointParameters } from '../../nodes/Appspace/pickers/tenantDescriptions.ts';
import { execute } from '../../nodes/Appspace/runtime/execute.ts';
import { redactFailure } from '../../nodes/Appspace/transport/redaction.ts';
import { refusalIn } from '../../nodes/Appspace/transport/reply.ts';
import type { Tenant } from '../../sandbox/server.mts';
import { exampleFor, SUBJECTS, type Subject } from '../faults/examples.mts';
import { locators } from '../support/appspaceNode.mts';
import type { Inflation } from '../support/hugeAnswers.mts';
import { HugeTenant } from '../support/hugeTenant.mts';
import { longestBlock, LONGEST_BLOCK } from '../support/longestBlock.mts';

/** Entries of each list: what takes a millionth of a second for each two of them takes 25 s. */
const COUNT = 5_000;
const many = (make: (index: number) => unknown) =>
	Array.from({ length: COUNT }, (_, index) => make(index));

let huge: HugeTenant;
beforeAll(async () => void (huge = await HugeTenant.start()));
afterAll(async () => await huge.close());

/** Parameters that lead to what the examples leave out: a lot of values, and lists that are written. */
const MORE: Record<string, (example: IDataObject, tenant: Tenant) => object> = {
	'scimUser.update': () => ({
		updateFields: {
			...{ email: 'other@example.com', workPhone: '+1 2', mobilePhone: '+3 4' },
			attributes: {
				roles: many((i) => ({ value: `r${i}` })),
				groups: many((i) => ({ value: `g${i}` })),
			},
		},
	}),
	'scimUser.upsert': () => ({
		additionalFields: { email: 'other@example.com', workPhone: '+1 2' },
	}),
	'scimGroup.addMembers': () => ({ memberIds: locators(many((i) => `m${i}`)) }),
	'scimGroup.removeMembers': ({ memberIds }) => ({
		memberIds: locators(many((i) => `${firstIn(memberIds)}${i}`)),
	}),
	'channel.addPublishTargets': () => ({ deviceIds: locators(many((i) => `d${i}`)) }),
	'channel.removePublishTargets': ({ deviceIds }) => ({
		deviceIds: locators(many((i) => `${firstIn(deviceIds)}${i}`)),
	}),
	'channel.replacePublishTargets': () => ({ deviceIds: locators(...many((i) => `d${i}`)) }),
	'deviceProperty.set': () => ({
		properties: { property: many((i) => ({ key: `k${i}`, value: 'v' })) },
	}),
	'visitor.update': () => ({
		updateFields: { customFields: { field: many((i) => ({ id: `x${i}`, value: 'v' })) } },
	}),
	// A slot that is taken, so that whoever holds it is compared with what was to be booked.
	'reservation.create': (_, { events }) => {
		const { startAt, endAt, resourceIds } = events.findLast(({ state }) => state === 'Active')!;
		const attendees = many((i) => `a${i}@example.com`);
		return { startAt, endAt, spaceIds: locators(resourceIds), attendees: locators(attendees) };
	},
};

const firstIn = (list: unknown) =>
	(list as ReturnType<typeof locators>).list[0]?.id.value as string;

/** What n8n hands out for a parameter that was left as it is. */
function defaultOf({ operation }: Subject, name: string): unknown {
	const field = operation.fields?.find((one) => one.name === name);
	return field?.type === 'resourceLocator'
		? { __rl: true, ...Object(field.default) }
		: field?.default;
}

describe.each<Inflation>(['different', 'same', 'texts'])('huge answers: %s', (how) => {
	it.each(SUBJECTS)('$name lets others have their turn', async (subject) => {
		huge.reset();
		const example = exampleFor(subject, huge.sandbox.tenant, 0) as IDataObject;
		const parameters: IDataObject = {
			...example,
			...MORE[subject.name]?.(example, huge.sandbox.tenant),
			...{ resource: subject.resource.value, operation: subject.operation.value },
		};
		const getNodeParameter = (name: string, _: number, fallback?: unknown) =>
			name in parameters ? parameters[name] : (defaultOf(subject, name) ?? fallback);
		const { block, answered } = await huge.watch(
			{ how, count: COUNT, more: { getNodeParameter } },
			async (context) => await execute.call(context as IExecuteFunctions, [subject.resource]),
		);
		// What nothing is answered to does nothing, and that quickly.
		expect(answered).toBeGreaterThan(0);
		expect(block).toBeLessThan(LONGEST_BLOCK);
	});

	const pickers = { ...listSearch, getEndpointParameters } as Record<
		string,
		(this: ILoadOptionsFunctions, filter?: string) => Promise<unknown>
	>;
	it.each(Object.keys(pickers))('%s lets others have their turn', async (name) => {
		const chosen: IDataObject = { service: 'devices', endpoint: 'GET /api/v3/devices/{id}' };
		const getCurrentNodeParameter = (parameter: string) => chosen[parameter];
		for (const filter of ['', 'nowhere to be found']) {
			const { block, answered } = await huge.watch(
				{ how, count: COUNT, more: { getCurrentNodeParameter } },
				async (context) => await pickers[name]!.call(context as ILoadOptionsFunctions, filter),
			);
			// The time zones are n8n's, so this list sends nothing.
			if (name !== 'searchTimeZones') expect(answered).toBeGreaterThan(0);
			expect({ filter, isLong: block > LONGEST_BLOCK, block }).toMatchObject({ isLong: false });
		}
	});
});

/** What proxies and servers could put into a refusal. */
const HUGE = 100_000;
const entries = (make: (index: number) => unknown) =>
	Array.from({ length: HUGE }, (_, index) => make(index));
const fields = (make: (index: number) => unknown) =>
	Object.fromEntries(
		entries((index) => [`field${index}`, make(index)]) as Array<[string, unknown]>,
	);
/** Lists in lists, with `width` entries each. */
const nested = (width: number, depth: number): unknown =>
	depth === 0
		? 'wrong'
		: Array.from({ length: width }, () => ({ errors: nested(width, depth - 1) }));

describe('a refusal with a huge body lets others have their turn', () => {
	const bodies: Array<[string, () => unknown]> = [
		['a list of texts', () => entries((index) => `Entry ${index} is wrong.`)],
		['a list of errors', () => entries((index) => ({ field: `f${index}`, message: 'is wrong' }))],
		['errors', () => ({ errors: entries((index) => ({ name: `f${index}`, reason: 'is wrong' })) })],
		['errors by field', () => ({ errors: fields((index) => [`is wrong ${index}`]) })],
		['many members', () => fields((index) => `value ${index}`)],
		['lists in lists', () => nested(20, 4)],
		['lists of nothing', () => ({ errors: entries(() => ({})), details: entries(() => []) })],
		['long texts', () => Array.from({ length: 1_000 }, () => '%41\\" '.repeat(2_000))],
		...['%41', '\\"', 'a ', ' ', '"', '&amp;'].map((piece): [string, () => unknown] => [
			`text full of ${JSON.stringify(piece)}`,
			() => ({ message: piece.repeat(1_000_000), scimType: piece.repeat(1_000_000) }),
		]),
	];

	it.each(bodies)('%s', async (_, make) => {
		const body = make();
		const secrets = Array.from({ length: 20 }, (_secret, index) => `secret-${index}-of-this-run`);
		const block = await longestBlock(() => {
			const failure = refusalIn({ statusCode: 400, headers: {}, body })!;
			const { scimType } = body as { scimType?: string };
			redactFailure({ ...failure, ...(scimType !== undefined && { scimType }) }, secrets);
		});
		expect(block).toBeLessThan(LONGEST_BLOCK);
	});
});
