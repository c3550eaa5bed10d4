import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { entryOf } from '../../../nodes/Appspace/runtime/listOfLocators.ts';
import type { Tenant } from '../../../sandbox/server.mts';
import { exampleFor, prepare, SUBJECTS, type Subject } from '../../faults/examples.mts';
import { apiCalls, appspaceNode, locator, locators } from '../../support/appspaceNode.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

interface List {
	name: string;
	subject: Subject;
	/** The collection that contains it. */
	collection?: string;
	field: INodeProperties;
}

/** Every list of locators of every operation. */
const LISTS = SUBJECTS.flatMap((subject) =>
	(subject.operation.fields ?? []).flatMap((field): List[] => {
		const name = `${subject.name} ${field.displayName}`;
		if (entryOf(field)) return [{ name, subject, field }];
		if (field.type !== 'collection') return [];
		return (field.options as INodeProperties[]).filter(entryOf).map((inner) => ({
			name: `${name}: ${inner.displayName}`,
			subject,
			...{ collection: field.name, field: inner },
		}));
	}),
);
const needed = LISTS.filter(({ field }) => Object.keys(field.default as object).length > 0);

const under = tenantUnderTest({ undocumentedReply: 'object' });
beforeEach(() => prepare(under.tenant));

/** Four IDs that the operation passes on: some have to exist, or to be in the list that it changes. */
function idsFor({ subject, field }: List, tenant: Tenant): string[] {
	const example = exampleFor(subject, tenant, 0);
	const first = <T,>(records: readonly T[], id: (record: T) => string) =>
		records.slice(0, 4).map(id);
	if (field.name === 'visitorIds') return first(tenant.visitors, ({ id }) => id);
	if (subject.name === 'scimGroup.removeMembers') {
		const group = tenant.scimGroups.find(({ id }) => id === example.scimGroupId);
		const ids = first(tenant.scimUsers, ({ id }) => id);
		group!.members = ids.map((value) => ({ value }));
		return ids;
	}
	const made = ['1', '2', '3', '4'];
	if (['attendees', 'hosts'].includes(field.name)) return made.map((one) => `p${one}@example.org`);
	const ids = made.map((one) => `6d1c0e5e-3a0b-4f51-9f5f-0d7d5b7f2a1${one}`);
	if (subject.name === 'channel.removePublishTargets') {
		const targetType = field.name === 'deviceIds' ? 7 : 8;
		const [like] = Object.values(tenant.publishTo).flat();
		tenant.publishTo[String(example.channelId)] = ids.map((targetId) => ({
			...{ ...like!, id: `of ${targetId}`, targetId, targetType },
		}));
	}
	return ids;
}

/** Runs the operation with this value; undefined leaves the parameter out. */
async function outcomeOf(
	{ subject, collection, field }: List,
	value: unknown,
	input: IDataObject = {},
) {
	const { [field.name]: _, ...example } = exampleFor(subject, under.tenant, 0);
	const shown = Object.entries(field.displayOptions?.show ?? {});
	const given = value === undefined ? {} : { [field.name]: value };
	const { [field.name]: __, ...others } = Object(collection && example[collection]) as Record<
		string,
		unknown
	>;
	const parameters = {
		...example,
		...Object.fromEntries(shown.map(([name, values]) => [name, values?.[0]])),
		...(collection ? { [collection]: { ...others, ...given } } : given),
	};
	const nodes = [appspaceNode(subject.name as 'a.b', parameters)];
	under.sandbox.clearRequests();
	const { error, items } = await under.run({ input: [input], nodes });
	const requests = apiCalls(under.sandbox);
	// What is read at once arrives in any order.
	requests.sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
	return { message: error?.message, requests, records: items().map(({ json }) => json) };
}

/** The IDs in the order in which a request or a record has them. Some requests have each in two fields. */
function mentioned(where: unknown, ids: string[]): string[] {
	const all = JSON.stringify(where).matchAll(new RegExp(ids.join('|'), 'g'));
	return [...new Set([...all].map(([id]) => id))];
}

test('the table has every kind of list', () => {
	expect(LISTS.length).toBeGreaterThan(18);
	expect(new Set(LISTS.map(({ field }) => field.name)).size).toBeGreaterThan(7);
	expect(needed.length).toBeGreaterThan(8);
});

describe.each(LISTS)('$name', (list) => {
	test('passes on what is picked, typed, and computed: in order, each once', async () => {
		const [a, b, c, d] = idsFor(list, under.tenant) as [string, string, string, string];
		const forms = [
			locators(locator(a, 'list'), locator(b, 'list'), `${c}, ${d}`),
			locators(locator(a, 'list'), '', `${b},${a},`, locator('', 'list'), '={{ $json.more }}'),
			locators(`={{ ['${a}', '${b}'].concat($json.more) }}`),
		];
		const atStart = structuredClone(under.tenant);
		const outcomes = [];
		for (const form of forms) {
			Object.assign(under.tenant, structuredClone(atStart));
			outcomes.push(await outcomeOf(list, form, { more: [c, d] }));
		}
		const [{ requests, records }] = outcomes as [(typeof outcomes)[0]];
		const seen = [...requests, ...records.map(({ removed }) => removed ?? [])];
		expect(seen.map((one) => mentioned(one, [a, b, c, d]))).toContainEqual([a, b, c, d]);
		for (const { message, requests: sent } of outcomes) {
			expect({ message, sent }).toEqual({ message: outcomes[0]?.message, sent: requests });
		}
	});

	test('with nothing in it is as if it were left out', async () => {
		const atStart = structuredClone(under.tenant);
		const leftOut = await outcomeOf(list, undefined);
		for (const empty of [{}, locators(), locators('', locator('', 'list'), ' , ', '={{ [] }}')]) {
			Object.assign(under.tenant, structuredClone(atStart));
			const { message, requests } = await outcomeOf(list, empty);
			expect({ message, requests }).toEqual({
				message: leftOut.message,
				requests: leftOut.requests,
			});
		}
	});
});

test.each(needed)('$name is refused with nothing in it', async (list) => {
	const { message, requests } = await outcomeOf(list, locators(''));
	expect(message).toBe(`The parameter "${list.field.displayName}" is empty`);
	expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a record that is not found is named, with the label of its list', async () => {
	const list = LISTS.find(({ name }) => name === 'device.sync Devices')!;
	const { message } = await outcomeOf(list, locators(locator('gone', 'list')));
	expect(message).toBe('Devices "gone" was not found');
});
