import { readDescription } from '../../nodes/Appspace/openapi/read.ts';
import { endpointsIn } from '../../nodes/Appspace/openapi/endpoints.ts';
import { parametersOf } from '../../nodes/Appspace/openapi/parameters.ts';
import { servicesIn } from '../../nodes/Appspace/openapi/services.ts';
import type { Description } from '../../nodes/Appspace/openapi/document.ts';
import { RequestFailed } from '../../nodes/Appspace/transport/failure.ts';
import type { TenantRequest } from '../../nodes/Appspace/transport/tenantRequest.ts';
import { HOSTILE_DESCRIPTIONS } from '../support/hostileDescriptions.mts';
import { LONGEST_BLOCK, longestBlock } from '../support/longestBlock.mts';

/** What parsing may take, in milliseconds. */
const LONGEST_PARSING = 250;

/** Reads an answer of this text, as far as the limit of the request lets it. */
async function read(text: string) {
	const request = async ({ reading }: TenantRequest) => {
		const size = Buffer.byteLength(text);
		if (!reading || size > reading.limit) {
			throw new RequestFailed({ kind: 'input', message: 'The file is larger than allowed' });
		}
		return await reading.read({ size, text: async () => text } as never);
	};
	return await readDescription({ request }, 'x');
}

describe('a description that is made to keep n8n busy', () => {
	it.each(HOSTILE_DESCRIPTIONS)('$name', async ({ root }) => {
		const { description } = await read(JSON.stringify(root())).catch(
			(): { description?: Description } => ({}),
		);
		if (!description) return;
		expect(await longestBlock(() => endpointsIn(description))).toBeLessThan(LONGEST_BLOCK);
		const endpoints = attempt(() => endpointsIn(description)) ?? [];
		const endpoint = endpoints.find(({ method }) => method === 'POST') ?? endpoints[0];
		if (!endpoint) return;
		expect(await longestBlock(() => parametersOf(description, endpoint))).toBeLessThan(
			LONGEST_BLOCK,
		);
	});

	it('is refused with what to do instead', () => {
		const { root } = HOSTILE_DESCRIPTIONS.find(({ name }) => name.startsWith('5,000'))!;
		const description = { service: 'x', root: root() };
		const [endpoint] = endpointsIn(description);
		expect(() => parametersOf(description, endpoint!)).toThrow(
			expect.objectContaining({
				failure: expect.objectContaining({
					message: expect.stringContaining('cannot be used'),
					description: expect.stringContaining('"Parameters As"'),
				}),
			}),
		);
	});

	/** As large as it may be, of what takes longest. */
	it.each<[string, (size: number) => string]>([
		['lists', (size) => `[${repeat('[],', size)}[]]`],
		['objects', (size) => `[${repeat('{},', size)}{}]`],
		['objects, each of a form of its own', (size) => `[${counted((i) => `{"${i}a":0}`, size)}]`],
		['names', (size) => `{${counted((i) => `"${i}a":0`, size)}}`],
		['numbers', (size) => `[${repeat('1,', size)}1]`],
		['texts', (size) => `[${repeat('"a",', size)}"a"]`],
		['escapes', (size) => `"${repeat('\\u0041', size)}"`],
		[
			'what descriptions are made of',
			(size) =>
				`{"openapi":"3.0.0","paths":{},"x":[${counted((i) => JSON.stringify({ summary: `Gets thing ${i}`, parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] }), size)}]}`,
		],
	])('parsing it takes no longer than it may: %s', async (_, make) => {
		// The parts are what is refused in many of these: as many as are let through.
		for (const size of [8e6, 2e6, 1e6]) {
			const text = make(size * 0.99);
			expect(await longestBlock(async () => await read(text))).toBeLessThan(LONGEST_PARSING);
		}
	});
});

describe('an index that is made to keep n8n busy', () => {
	it.each([
		...['{url:"', 'href=', '<a href="x">', '{', '"url": "/api/v3/a/openapi",', '\\/', 'url  '],
		...['url:"/api/v3/x', 'href = "', ' ', 'name:"', '}{', 'href="/api/v3/\u00df/openapi">'],
	])('of %j', async (piece) => {
		const page = repeat(piece, 1_990_000);
		expect(await longestBlock(() => servicesIn(page, 'https://a.example'))).toBeLessThan(
			LONGEST_BLOCK,
		);
	});

	it('of services without end', async () => {
		const page = counted((i) => `url:"/api/v3/s${i}/openapi"`, 1_990_000);
		expect(await longestBlock(() => servicesIn(page, 'https://a.example'))).toBeLessThan(
			LONGEST_BLOCK,
		);
	});
});

function attempt<T>(work: () => T): T | undefined {
	try {
		return work();
	} catch (error) {
		if (error instanceof RequestFailed) return undefined;
		throw error;
	}
}

function repeat(piece: string, size: number): string {
	return piece.repeat(Math.floor(size / piece.length));
}

function counted(make: (index: number) => string, size: number): string {
	const pieces: string[] = [];
	for (let length = 0, index = 0; length < size; index++) {
		const piece = make(index);
		pieces.push(piece);
		length += piece.length + 1;
	}
	return pieces.join(',');
}
