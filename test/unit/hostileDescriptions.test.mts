import { readDescription } from '../../nodes/Appspace/openapi/read.ts';
import { endpointsIn } from '../../nodes/Appspace/openapi/endpoints.ts';
import { parametersOf } from '../../nodes/Appspace/openapi/parameters.ts';
import { partsIn } from '../../nodes/Appspace/openapi/partsIn.ts';
import { servicesIn } from '../../nodes/Appspace/openapi/services.ts';
import { RequestFailed } from '../../nodes/Appspace/transport/failure.ts';
import type { TenantRequest } from '../../nodes/Appspace/transport/tenantRequest.ts';
import { HOSTILE_DESCRIPTIONS } from '../support/hostileDescriptions.mts';
import { LONGEST_BLOCK, longestBlock } from '../support/longestBlock.mts';

/** What parsing may take, in milliseconds. */
const LONGEST_PARSING = 250;
/** The limits of a description, in bytes and in values. */
const LARGEST = 8_000_000;
const MAX_PARTS = 300_000;

/** What to write before, again and again, and after. */
type Filling = [open: string, piece: (index: number) => string, close: string];

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
	it.each(HOSTILE_DESCRIPTIONS)('$name', async ({ root, refusal }) => {
		const { description } = await read(JSON.stringify(root()));
		const listing = () => attempt(() => endpointsIn(description));
		expect(await longestBlock(listing)).toBeLessThan(LONGEST_BLOCK);
		const listed = listing();
		const endpoint = listed.result?.find(({ method }) => method === 'POST') ?? listed.result?.[0];
		const describing = () =>
			listed.refusal ? listed : attempt(() => parametersOf(description, endpoint!));
		expect(await longestBlock(describing)).toBeLessThan(LONGEST_BLOCK);
		expect(describing().refusal).toEqual(refusal && expect.stringContaining(refusal));
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

	it.each<[string, Filling]>([
		['lists', ['[', () => '[],', '[]]']],
		['objects', ['[', () => '{},', '{}]']],
		['objects that all differ', ['[', (i) => `{"${i}a":0},`, '{}]']],
		['names', ['{', (i) => `"${i}a":0,`, '"a":0}']],
		['numbers', ['[', () => '1,', '1]']],
		['texts', ['[', () => '"a",', '"a"]']],
		['escapes', ['"', () => '\\u0041', '"']],
		['what descriptions are made of', ['[', (i) => `${JSON.stringify(usual(i))},`, '{}]']],
	])('parsing it takes no longer than it may: %s', async (_, filling) => {
		const text = filled(filling);
		expect(await longestBlock(async () => await read(text))).toBeLessThan(LONGEST_PARSING);
	});

	it.each([
		['larger than 8 MB', filled(['"', () => 'a', '"'], { bytes: LARGEST + 100 })],
		['more than 300,000 values', filled(['[', () => '1,', '1]'], { parts: MAX_PARTS + 100 })],
		['more than 300,000 values', `[${'1,'.repeat(3_900_000)}1]`],
	])('is not parsed if it is, or holds, %s', async (why, text) => {
		await expect(read(text)).rejects.toMatchObject({
			failure: { message: expect.stringContaining(why) },
		});
		const refused = async () => await read(text).catch(() => undefined);
		expect(await longestBlock(refused)).toBeLessThan(LONGEST_BLOCK);
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

/** What some work returns, or what its refusal says. */
function attempt<T>(work: () => T): { result?: T; refusal?: string } {
	try {
		return { result: work() };
	} catch (error) {
		if (!(error instanceof RequestFailed)) throw error;
		return { refusal: 'message' in error.failure ? error.failure.message : error.failure.kind };
	}
}

/** A description that is as large as it may be, filled with one kind of thing. */
function filled(
	[open, piece, close]: Filling,
	{ bytes = LARGEST, parts = MAX_PARTS }: { bytes?: number; parts?: number } = {},
): string {
	const pieces = [`{"openapi":"3.0.0","paths":{},"x":${open}`];
	const end = `${close}}`;
	const [head = ''] = pieces;
	let [size, count] = [head.length + end.length, partsIn(head) + partsIn(end)];
	for (let index = 0; ; index++) {
		const next = piece(index);
		size += next.length;
		count += partsIn(next);
		if (size > bytes || count > parts) return [...pieces, end].join('');
		pieces.push(next);
	}
}

function usual(index: number): object {
	return {
		summary: `Gets thing ${index}`,
		parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
	};
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
