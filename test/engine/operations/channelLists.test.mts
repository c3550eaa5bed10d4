import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, appspaceNode } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeAll(async () => {
	sandbox = await startSandbox({ channels: 24 });
	credentials = sandboxCredential(sandbox);
});
beforeEach(() => sandbox.clearRequests());
afterAll(async () => await sandbox.close());

type Operation = `channel.${string}`;
const records = async (operation: Operation, parameters?: Record<string, unknown>) => {
	const { error, items } = await run({ credentials, nodes: [appspaceNode(operation, parameters)] });
	expect(error).toBeUndefined();
	return items().map(({ json }) => json);
};
const failure = async (operation: Operation, parameters?: Record<string, unknown>) =>
	(await run({ credentials, nodes: [appspaceNode(operation, parameters)] })).error;
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const get = (path: string, query: Record<string, string> = {}) => ({
	method: 'GET',
	path: `/api/v3/${path}`,
	query,
	body: undefined,
});
const page = (start: number, limit: number) => ({ start: String(start), limit: String(limit) });

const first = () => sandbox.tenant.channels[0]!.id;

it('Get Many Groups', async () => {
	const groups = await records('channel.getAllGroups');
	expect(groups).toEqual(sandbox.tenant.channelGroups);
	expect(apiCalls(sandbox)).toEqual([get('channeldirectory/groups', page(0, 50))]);
});

it('Get Playlist Items, over pages and in their order', async () => {
	const items = await records('channel.getPlaylistItems', {
		channelId: first(),
		returnAll: true,
	});
	const present = sandbox.tenant.playlistItems[first()]!;
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
	expect(apiCalls(sandbox)[0]).toEqual(get(`channelplaylist/${first()}/items`, page(0, 100)));
});

it('Get Playlist Items as they are without Simplify', async () => {
	const parameters = { channelId: first(), limit: 7, simplify: false };
	const items = await records('channel.getPlaylistItems', parameters);
	expect(items).toEqual(sandbox.tenant.playlistItems[first()]!.slice(0, 7));
});

it('Get Playlist Sources of a dynamic and of a static channel', async () => {
	const dynamic = sandbox.tenant.channels.find(({ type }) => type === 3)!;
	const parameters = { channelId: dynamic.id };
	expect(await records('channel.getPlaylistSources', parameters)).toEqual(
		sandbox.tenant.playlistSources[dynamic.id],
	);
	expect(apiCalls(sandbox)[0]?.path).toBe(`/api/v3/channelplaylist/${dynamic.id}/sources`);
	expect(await records('channel.getPlaylistSources', { channelId: first() })).toEqual([]);
});

it('Get Playlist Sources cuts what the server gives whole', async () => {
	const channel = sandbox.tenant.channels.find(
		({ id }) => sandbox.tenant.playlistSources[id]!.length > 1,
	)!;
	const parameters = { channelId: channel.id, limit: 1 };
	expect(await records('channel.getPlaylistSources', parameters)).toHaveLength(1);
});

it.each([true, false])('Get Publish Targets, bare array: %p', async (bareArrays) => {
	sandbox.set({ bareArrays });
	const { channels, publishTo } = sandbox.tenant;
	const channel = channels.at(-1)!;
	const targets = await records('channel.getPublishTargets', { channelId: channel.id });
	expect(apiCalls(sandbox)).toEqual([get(`channeldirectory/${channel.id}/publishto`)]);
	expect(targets).toEqual(
		publishTo[channel.id]!.map((target) => ({
			...target,
			targetTypeName: { 4: 'User', 7: 'Device', 8: 'DeviceGroup' }[target.targetType],
		})),
	);
	expect(targets.at(-1)).toMatchObject({ targetType: 4, targetTypeName: 'User' });
});

it('Get Live Program Guide', async () => {
	expect(await records('channel.getLiveProgramme')).toEqual(sandbox.tenant.liveProgramme);
	expect(apiCalls(sandbox)).toEqual([get('livechannel/epg', page(0, 50))]);
});

it('says which channel a playlist was asked for when it is not there', async () => {
	const error = await failure('channel.getPlaylistItems', { channelId: 'gone' });
	expect(error?.message).toBe('Channel "gone" was not found');
});
