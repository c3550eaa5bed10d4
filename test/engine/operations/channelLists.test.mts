import { apiCalls, getCall as get } from '../../support/appspaceNode.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

const under = tenantUnderTest();
const { records, failure } = under;
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const page = (start: number, limit: number) => ({ start: String(start), limit: String(limit) });

const first = () => under.tenant.channels[0]!.id;

it('Get Many Groups', async () => {
	const groups = await records('channel.getAllGroups');
	expect(groups).toEqual(under.tenant.channelGroups);
	expect(apiCalls(under.sandbox)).toEqual([get('channeldirectory/groups', page(0, 50))]);
});

it('Get Playlist Items, over pages and in their order', async () => {
	const items = await records('channel.getPlaylistItems', {
		channelId: first(),
		returnAll: true,
	});
	const present = under.tenant.playlistItems[first()]!;
	expect(present.length).toBeGreaterThan(200);
	expect(ids(items)).toEqual(ids(present));
	expect(items.map(({ position }) => position)).toEqual(present.map(({ position }) => position));
	expect(Object.keys(items[0]!)).toEqual([
		'id',
		'name',
		'type',
		'position',
		'disabled',
		'contentId',
		'contentDuration',
		'contentURL',
		'thumbnailURL',
	]);
	expect(apiCalls(under.sandbox)[0]).toEqual(get(`channelplaylist/${first()}/items`, page(0, 100)));
});

it('Get Playlist Items as they are without Simplify', async () => {
	const parameters = { channelId: first(), limit: 7, simplify: false };
	const items = await records('channel.getPlaylistItems', parameters);
	expect(items).toEqual(under.tenant.playlistItems[first()]!.slice(0, 7));
});

it('Get Playlist Sources of a dynamic and of a static channel', async () => {
	const dynamic = under.tenant.channels.find(({ type }) => type === 3)!;
	const parameters = { channelId: dynamic.id };
	expect(await records('channel.getPlaylistSources', parameters)).toEqual(
		under.tenant.playlistSources[dynamic.id],
	);
	expect(apiCalls(under.sandbox)[0]?.path).toBe(`/api/v3/channelplaylist/${dynamic.id}/sources`);
	expect(await records('channel.getPlaylistSources', { channelId: first() })).toEqual([]);
});

it('Get Playlist Sources cuts what the server gives whole', async () => {
	const channel = under.tenant.channels.find(
		({ id }) => under.tenant.playlistSources[id]!.length > 1,
	)!;
	const parameters = { channelId: channel.id, limit: 1 };
	expect(await records('channel.getPlaylistSources', parameters)).toHaveLength(1);
});

it.each([true, false])('Get Publish Targets, bare array: %p', async (bareArrays) => {
	under.sandbox.set({ bareArrays });
	const { channels, publishTo } = under.tenant;
	const channel = channels.at(-1)!;
	const targets = await records('channel.getPublishTargets', { channelId: channel.id });
	expect(apiCalls(under.sandbox)).toEqual([get(`channeldirectory/${channel.id}/publishto`)]);
	expect(targets).toEqual(
		publishTo[channel.id]!.map((target) => ({
			...target,
			targetTypeName: { 4: 'User', 7: 'Device', 8: 'DeviceGroup' }[target.targetType],
		})),
	);
	expect(targets.at(-1)).toMatchObject({ targetType: 4, targetTypeName: 'User' });
});

it('Get Live Program Guide', async () => {
	expect(await records('channel.getLiveProgramme')).toEqual(under.tenant.liveProgramme);
	expect(apiCalls(under.sandbox)).toEqual([get('livechannel/epg', page(0, 50))]);
});

it('says which channel a playlist was asked for when it is not there', async () => {
	const error = await failure('channel.getPlaylistItems', { channelId: 'gone' });
	expect(error?.message).toBe('Channel "gone" was not found');
});
