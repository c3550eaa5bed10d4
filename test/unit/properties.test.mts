import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { locator } from '../../nodes/Appspace/fields/locators.ts';
import { listSearch } from '../../nodes/Appspace/pickers/listSearch.ts';
import { resources } from '../../nodes/Appspace/resources/resources.ts';
import type { Operation, Resource } from '../../nodes/Appspace/runtime/operation.ts';
import { isUnconfirmed, propertiesOf } from '../../nodes/Appspace/runtime/properties.ts';

const operation = (value: string, more: Partial<Operation> = {}): Operation => ({
	value,
	name: value,
	action: `${value} a thing`,
	description: `About ${value}`,
	effect: 'read',
	endpoints: [],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	run: async () => [],
	...more,
});
const resource = (value: string, ...operations: Operation[]): Resource => ({
	value,
	name: value,
	description: `All about ${value}`,
	operations,
});

/** The parameters that a user sees with this resource and operation, in order. */
const shown = (properties: INodeProperties[], parameters: Record<string, unknown>) =>
	properties.filter((property) =>
		NodeHelpers.displayParameter(
			{ returnAll: false, ...parameters } as never,
			property,
			{ typeVersion: 1 },
			null,
		),
	);
const names = (properties: INodeProperties[], parameters: Record<string, unknown>) =>
	shown(properties, parameters).map(({ name }) => name);

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	default: {},
	options: [],
};
const thingLocator = locator('Thing', 'thingId', 'searchThings');
const table = propertiesOf([
	resource(
		'thing',
		operation('list', {
			isList: true,
			simplify: (record) => record,
			fields: [filters, thingLocator],
		}),
		operation('change', { effect: 'write', fields: [thingLocator] }),
	),
	resource('other', operation('guess', { evidence: { grade: 'OBSERVED-weak', sources: 'S2' } })),
]);

describe('put together from a table', () => {
	test('a list has its own fields, the usual ones, then filters and options', () => {
		expect(names(table, { resource: 'thing', operation: 'list' })).toEqual([
			'resource',
			'operation',
			'thingId',
			'returnAll',
			'limit',
			'simplify',
			'filters',
			'options',
		]);
	});

	test('Return All hides the limit', () => {
		const parameters = { resource: 'thing', operation: 'list', returnAll: true };
		expect(names(table, parameters)).not.toContain('limit');
	});

	test('an operation has nothing of another', () => {
		expect(names(table, { resource: 'thing', operation: 'change' })).toEqual([
			'resource',
			'operation',
			'thingId',
			'options',
		]);
	});

	test('weak evidence is told of in the node and in the description', () => {
		const parameters = { resource: 'other', operation: 'guess' };
		expect(names(table, parameters)).toContain('evidenceNotice');
		const [, chosen] = shown(table, parameters);
		const [option] = chosen!.options as INodePropertyOptions[];
		expect(option?.description).toMatch(/^About guess\. Not confirmed/);
		expect(names(table, { resource: 'thing', operation: 'list' })).not.toContain('evidenceNotice');
	});

	test.each([
		['DOCUMENTED', false],
		['OBSERVED', false],
		['OBSERVED-weak', true],
		['INFERRED', true],
	] as const)('%s is weak: %p', (grade, isWeak) => {
		expect(isUnconfirmed(operation('x', { evidence: { grade, sources: '' } }))).toBe(isWeak);
	});

	test('operations are sorted for the eye; the first of the table is the default', () => {
		const [, chosen] = propertiesOf([resource('x', operation('b'), operation('a'))]);
		expect((chosen!.options as INodePropertyOptions[]).map(({ value }) => value)).toEqual([
			'a',
			'b',
		]);
		expect(chosen!.default).toBe('b');
	});

	test('Page Size shows what an operation asks for where nobody chose', () => {
		const lists = ['few', 'many'].map((value) => {
			return operation(value, { isList: true, ...(value === 'many' && { pageSize: 1_000 }) });
		});
		const properties = propertiesOf([resource('x', ...lists)]);
		const sizes = lists.map(({ value }) => {
			const seen = shown(properties, { resource: 'x', operation: value });
			const options = seen.find(({ name }) => name === 'options')?.options as INodeProperties[];
			return options.find(({ name }) => name === 'pageSize')?.default;
		});
		expect(sizes).toEqual([100, 1_000]);
	});

	test('options of an operation join the usual ones', () => {
		const own = { ...filters, name: 'options', options: [{ ...filters, name: 'extra' }] };
		const properties = propertiesOf([resource('x', operation('a', { fields: [own] }))]);
		const seen = shown(properties, { resource: 'x', operation: 'a' });
		const options = seen.filter(({ name }) => name === 'options');
		expect(options).toHaveLength(1);
		expect(options[0]?.options?.map(({ name }) => name)).toEqual(['itemsAtOnce', 'extra']);
	});
});

describe('the node as it is', () => {
	const properties = propertiesOf(resources);
	const cases = resources.flatMap(({ value: resource, operations }) =>
		operations.map((operation) => ({ resource, value: operation.value, operation })),
	);
	const nested = ({ type, options = [] }: INodeProperties): INodeProperties[] =>
		type === 'collection' ? (options as INodeProperties[]) : [];

	test.each(cases)('$resource: $value: no parameter is shown twice', ({ resource, value }) => {
		const seen = names(properties, { resource, operation: value });
		expect(new Set(seen).size).toBe(seen.length);
	});

	test.each(cases)('$resource: $value: fields, endpoints and effect agree', ({ operation }) => {
		const methods = operation.endpoints.map((endpoint) => endpoint.split(' ')[0]);
		// Some searches are a POST.
		if (operation.effect === 'read')
			expect(['GET', 'POST']).toEqual(expect.arrayContaining(methods));
		// Where users say what is sent, the method decides.
		else if (!operation.effectOn) expect(methods.some((method) => method !== 'GET')).toBe(true);
		for (const endpoint of operation.endpoints) {
			expect(endpoint).toMatch(/^(GET|POST|PUT|PATCH|DELETE) (\/identity\/scim\/)?[A-Za-z{]/);
		}
		expect(operation.evidence.sources).toMatch(/^S\d+(, S\d+)*$/);
	});

	test('every picker that a locator names is there, and none that is for nothing', () => {
		const named = properties
			.flatMap((property) => [property, ...nested(property)])
			.flatMap(({ modes = [] }) => modes)
			.map(({ typeOptions }) => typeOptions?.searchListMethod)
			.filter((method) => method !== undefined);
		for (const method of named) expect(Object.keys(listSearch)).toContain(method);
	});

	test('texts are for people', () => {
		for (const { displayName, placeholder, modes = [] } of properties.flatMap((property) => [
			property,
			...nested(property),
		])) {
			expect(displayName).toMatch(/^[A-Z]/);
			for (const text of [placeholder, ...modes.map((mode) => mode.placeholder)]) {
				if (!text) continue;
				expect(text).toMatch(/^(e\.g\. |Select |Add )/);
				expect(text).not.toMatch(/\ba [a-z ]+s\.\.\.$/);
			}
		}
	});
});
