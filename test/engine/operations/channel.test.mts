import { apiCalls, getCall as get, locator } from '../../support/appspaceNode.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest({}, { channels: 130 });
const { records, failure } = under;
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const page = (start: number, limit: number) => ({ start: String(start), limit: String(limit) });

describe('Get Many', () => {
	it('asks for 50 unless told and gives them flat, with the name of the type', async () => {
		const channels = await records('channel.getAll');
		expect(apiCalls(under.sandbox)).toEqual([get('channeldirectory', page(0, 50))]);
		expect(ids(channels)).toEqual(ids(under.tenant.channels.slice(0, 50)));
		const [first] = under.tenant.channels;
		expect(channels[0]).toEqual({
			id: first?.id,
			name: first?.name,
			type: 1,
			typeName: 'Playlist',
			description: first?.description,
			networkName: first?.networkName,
			contentCount: first?.contentCount,
			contentLastUpdatedAt: first?.contentLastUpdatedAt,
			contentLastPublishedAt: first?.contentLastPublishedAt,
			permission: first?.permission,
		});
		expect(channels.slice(0, 6).map(({ typeName }) => typeName)).toEqual([
			'Playlist',
			'Playlist',
			'Playlist',
			'Dynamic or Advanced',
			'Live',
			'Space or Site',
		]);
	});

	it('gives records as they are without Simplify', async () => {
		const channels = await records('channel.getAll', { returnAll: true, simplify: false });
		expect(channels).toEqual(JSON.parse(JSON.stringify(under.tenant.channels)));
	});

	it('returns all, page after page', async () => {
		const channels = await records('channel.getAll', { returnAll: true });
		expect(ids(channels)).toEqual(ids(under.tenant.channels));
		expect(apiCalls(under.sandbox)).toEqual([
			get('channeldirectory', page(0, 100)),
			get('channeldirectory', page(100, 100)),
		]);
	});

	it('respects a limit to the record, over pages of the size that was chosen', async () => {
		const parameters = { limit: 25, options: { pageSize: 10 } };
		const channels = await records('channel.getAll', parameters);
		expect(ids(channels)).toEqual(ids(under.tenant.channels.slice(0, 25)));
		const asked = apiCalls(under.sandbox).map(
			({ query }) => Number(query.start) + Number(query.limit),
		);
		expect(Math.max(...asked)).toBeLessThanOrEqual(25);
	});

	it.each([0, -1, 1.5, 'many'])('refuses %p as a limit', async (limit) => {
		const error = await failure('channel.getAll', { limit: `={{ ${JSON.stringify(limit)} }}` });
		expect(error?.message).toContain('"Limit"');
		expect(apiCalls(under.sandbox)).toEqual([]);
	});

	it('filters by name on this side, without regard to case, over all pages', async () => {
		const filters = { name: '  lObBy ' };
		const wanted = under.tenant.channels.filter(({ name }) => name.startsWith('Lobby'));
		expect(wanted.length).toBeGreaterThan(0);
		const found = await records('channel.getAll', { returnAll: true, filters });
		expect(ids(found)).toEqual(ids(wanted));
		for (const { query } of apiCalls(under.sandbox))
			expect(Object.keys(query)).toEqual(['start', 'limit']);
	});

	it('filters by a name in another script', async () => {
		const wanted = under.tenant.channels.filter(({ name }) => name.includes('受付'));
		expect(wanted.length).toBeGreaterThan(0);
		const found = await records('channel.getAll', { returnAll: true, filters: { name: '受付' } });
		expect(ids(found)).toEqual(ids(wanted));
	});

	it.each([2, '6'])('filters by type %p', async (type) => {
		const wanted = under.tenant.channels.filter((channel) => channel.type === Number(type));
		const found = await records('channel.getAll', { returnAll: true, filters: { type } });
		expect(ids(found)).toEqual(ids(wanted));
	});

	it('filters by group, chosen from the list or typed', async () => {
		const { id } = under.tenant.channelGroups[0]!;
		const wanted = under.tenant.channels.filter(({ channelGroups }) =>
			channelGroups.some((group) => group.id === id),
		);
		expect(wanted.length).toBeGreaterThan(0);
		for (const groupId of [locator(id, 'list'), locator(id), id]) {
			const found = await records('channel.getAll', { returnAll: true, filters: { groupId } });
			expect(ids(found)).toEqual(ids(wanted));
		}
	});

	it('counts towards the limit only what passes all filters', async () => {
		const filters = { name: 'a', type: 3 };
		const wanted = under.tenant.channels.filter(
			({ name, type }) => type === 3 && name.toLowerCase().includes('a'),
		);
		expect(wanted.length).toBeGreaterThan(3);
		const found = await records('channel.getAll', { limit: 3, filters });
		expect(ids(found)).toEqual(ids(wanted.slice(0, 3)));
	});

	it('takes filters that are empty for none', async () => {
		const filters = { name: '', groupId: locator('', 'list') };
		expect(await records('channel.getAll', { returnAll: true, filters })).toHaveLength(130);
	});

	it('gives nothing where nothing passes', async () => {
		expect(await records('channel.getAll', { filters: { name: 'no such channel' } })).toEqual([]);
	});
});

describe('Get', () => {
	it.each([
		['from the list', (id: string) => locator(id, 'list')],
		['by ID', (id: string) => locator(`  ${id} `)],
		['as plain text', (id: string) => id],
	])('finds a channel %s', async (_, given) => {
		const channel = under.tenant.channels[3]!;
		const [found] = await records('channel.get', { channelId: given(channel.id) });
		expect(found).toMatchObject({
			id: channel.id,
			name: channel.name,
			typeName: expect.any(String),
		});
		expect(Object.keys(found!).length).toBeLessThanOrEqual(10);
		expect(apiCalls(under.sandbox)).toEqual([get(`channeldirectory/${channel.id}`)]);
	});

	it('gives the record as it is without Simplify', async () => {
		const channel = under.tenant.channels[5]!;
		const [found] = await records('channel.get', { channelId: channel.id, simplify: false });
		expect(found).toEqual(JSON.parse(JSON.stringify(channel)));
	});

	it('says which channel was not found, and what to do', async () => {
		const error = await failure('channel.get', { channelId: locator('gone') });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '404',
			message: 'Channel "gone" was not found',
			description: expect.stringContaining('Pick the record from the list'),
		});
	});

	it.each([
		['an empty value', locator('={{ "" }}'), '"Channel" is empty'],
		['two IDs', 'one, two', '"Channel" contains more than one ID'],
		['a dot', '..', 'is not an ID'],
		['an object', '={{ { id: "x" } }}', '"Channel" contains something that is not an ID'],
		['a list of objects', '={{ [{ id: "x" }] }}', '"Channel" contains something that is not an ID'],
	])('refuses %s before anything is sent', async (_, channelId, sentence) => {
		const error = await failure('channel.get', { channelId });
		expect(error?.message).toContain(sentence);
		expect(error?.description).toBeTruthy();
		expect(apiCalls(under.sandbox)).toEqual([]);
	});

	it('keeps an ID within its segment of the path', async () => {
		const error = await failure('channel.get', { channelId: 'a/../../users/me?x=1#y' });
		expect(error?.httpCode).toBe('404');
		expect(apiCalls(under.sandbox)[0]?.path).toBe(
			`/api/v3/channeldirectory/${encodeURIComponent('a/../../users/me?x=1#y')}`,
		);
	});
});
