/** Descriptions designed to keep the reader busy, each with the endpoint in question. */
export interface HostileDescription {
	name: string;
	root: () => Record<string, unknown>;
	/** Why the package cannot use it; without a value, it can. */
	refusal?: string;
}

const TOO_MANY_ENDPOINTS = 'it names too many endpoints';
const TOO_MANY_PARTS = 'it describes this endpoint with too many parts';

const times = <T,>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));
const named = <T,>(count: number, make: (index: number) => T): Record<string, T> =>
	Object.fromEntries(times(count, (index) => [`n${index}`, make(index)]));
const ref = (name: string) => ({ $ref: `#/x/${name}` });

const version3 = (more: object) => ({ openapi: '3.0.0', paths: { '/x': { post: {} } }, ...more });
const withBody = (schema: unknown, x: object = {}) =>
	version3({
		x,
		paths: { '/x': { post: { requestBody: { content: { 'application/json': { schema } } } } } },
	});
const withParameters = (parameters: unknown, x: object = {}) =>
	version3({ x, paths: { '/x': { post: { parameters } } } });

/** A chain of references whose last one leads to `end`. */
const chain = (length: number, end: unknown, filler = '') => ({
	...named(length, (index) => ({ $ref: `#/x/${filler}n${index + 1}` })),
	[`n${length}`]: end,
});

/**
 * Every part of a description that can be large, or lead to large parts from many places. All of them are
 * small enough to be read: 8 MB and 300,000 values.
 */
export const HOSTILE_DESCRIPTIONS: HostileDescription[] = [
	{
		name: 'a base path of slashes',
		refusal: 'its base path is too long',
		root: () => version3({ basePath: `/a${'/'.repeat(400_000)}b` }),
	},
	{
		name: 'a base path that is long, with many paths',
		root: () => version3({ basePath: `/${'a'.repeat(900)}`, paths: named3000() }),
	},
	{
		name: 'a base path of many parts, with many paths',
		root: () => version3({ basePath: '/a'.repeat(450), paths: named3000() }),
	},
	{
		name: '60,000 paths',
		refusal: TOO_MANY_ENDPOINTS,
		root: () => version3({ paths: Object.fromEntries(times(60_000, (i) => [`/p${i}`, {}])) }),
	},
	{
		name: '59,000 endpoints',
		refusal: TOO_MANY_ENDPOINTS,
		root: () =>
			version3({
				paths: Object.fromEntries(times(59_000, (i) => [`/p${i}/{id}`, { get: {} }])),
			}),
	},
	{
		name: 'paths that share one item with many tags',
		refusal: TOO_MANY_ENDPOINTS,
		root: () =>
			version3({
				x: {
					item: {
						...Object.fromEntries(
							['get', 'post', 'put', 'patch', 'delete', 'head'].map((method) => [
								method,
								{ tags: times(1_280, () => 'a '.repeat(500)), summary: ' '.repeat(10_000) },
							]),
						),
					},
				},
				paths: Object.fromEntries(times(3_000, (i) => [`/p${i}`, ref('item')])),
			}),
	},
	{
		name: 'paths of many parts with escapes in escapes',
		refusal: TOO_MANY_ENDPOINTS,
		root: () =>
			version3({
				paths: Object.fromEntries(times(2_000, (i) => [`/p${i}${'/%2525252541'.repeat(70)}`, {}])),
			}),
	},
	{
		name: 'paths in an endless chain of references',
		refusal: TOO_MANY_ENDPOINTS,
		root: () =>
			version3({
				x: chain(30, { get: {} }),
				paths: Object.fromEntries(times(20_000, (i) => [`/p${i}`, ref('n0')])),
			}),
	},
	{
		name: 'allOf 300 by 300',
		refusal: TOO_MANY_PARTS,
		root: () =>
			withBody(
				ref('n0'),
				named(300, () => ({ allOf: times(300, (i) => ref(`n${i}`)) })),
			),
	},
	{
		name: 'anyOf 300 by 300',
		refusal: TOO_MANY_PARTS,
		root: () =>
			withBody(
				ref('n0'),
				named(300, (n) => ({
					allOf: [ref(`n${(n + 1) % 300}`)],
					anyOf: times(300, (i) => ref(`n${i}`)),
				})),
			),
	},
	{
		name: '5,000 properties by 5,000',
		refusal: TOO_MANY_PARTS,
		root: () =>
			withBody(
				{ properties: named(5_000, () => ref('wide')) },
				{ wide: { properties: named(5_000, () => ({})) } },
			),
	},
	{
		name: '300 properties with the same huge enumeration',
		refusal: TOO_MANY_PARTS,
		root: () =>
			withBody(
				{ properties: named(300, () => ref('wide')) },
				{ wide: { enum: times(50_000, String) } },
			),
	},
	{
		name: '300 parameters with the same huge list of required names',
		refusal: TOO_MANY_PARTS,
		root: () =>
			withParameters(
				times(300, (i) => ({ name: `p${i}`, in: 'query', schema: ref('wide') })),
				{ wide: { required: times(50_000, (i) => `r${i}`) } },
			),
	},
	{
		name: '300 parameters with the same huge list of types',
		refusal: TOO_MANY_PARTS,
		root: () =>
			withParameters(
				times(300, (i) => ({ name: `p${i}`, in: 'query', schema: ref('wide') })),
				{ wide: { type: times(50_000, () => 'string') } },
			),
	},
	{
		name: '59,000 parameters',
		refusal: TOO_MANY_PARTS,
		root: () => withParameters(times(59_000, (i) => ({ name: `p${i}`, in: 'query' }))),
	},
	{
		name: 'parameters in an endless chain of long references',
		refusal: TOO_MANY_PARTS,
		root: () =>
			withParameters(
				times(20_000, () => ref('n0')),
				chain(30, { name: 'a', in: 'query' }, 'x/'.repeat(1_000)),
			),
	},
	{
		name: 'one reference of slashes',
		refusal: TOO_MANY_PARTS,
		root: () => withParameters([{ $ref: `#/${'/'.repeat(2_000_000)}` }]),
	},
	{
		name: 'a body of 60,000 types',
		refusal: TOO_MANY_PARTS,
		root: () =>
			version3({
				paths: {
					'/x': {
						post: {
							requestBody: {
								content: Object.fromEntries(times(60_000, (i) => [`a/${'x+'.repeat(9)}${i}`, {}])),
							},
						},
					},
				},
			}),
	},
	{
		name: 'version 2 that takes 200,000 types',
		refusal: TOO_MANY_PARTS,
		root: () => ({
			...{ swagger: '2.0', consumes: times(200_000, () => 'a/b') },
			paths: { '/x': { post: { parameters: [{ name: 'b', in: 'body', schema: {} }] } } },
		}),
	},
	{
		name: 'a path of placeholders',
		root: () => version3({ paths: { [`/x/${'{a}'.repeat(300)}`]: { post: {} } } }),
	},
	{
		name: 'texts of a megabyte each that make regular expressions backtrack',
		root: () =>
			withParameters(
				['/', ' ', '{', '\\', '"', '%', 'a,', '<', '\u00df'].map((piece, i) => ({
					...{ name: `p${i}`, in: 'query', required: true },
					...{ description: piece.repeat(300_000), schema: { title: piece.repeat(200_000) } },
				})),
			),
	},
	{
		name: 'deeply nested schemas',
		root: () => {
			let schema: unknown = {};
			for (let depth = 0; depth < 1_000; depth++)
				schema = { allOf: [schema], properties: { a: {} } };
			return withBody(schema);
		},
	},
];

function named3000() {
	return Object.fromEntries(times(3_000, (i) => [`/p${i}`, { get: {} }]));
}
