import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, locator } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { listSearch } from '../../support/engine.mts';
import { operationRuns, operationsOf } from '../../support/operationRuns.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeAll(async () => {
	sandbox = await startSandbox();
	credentials = sandboxCredential(sandbox);
});
beforeEach(() => sandbox.clearRequests());
afterAll(async () => await sandbox.close());

const { execute, records } = operationsOf(
	operationRuns(() => credentials),
	'post',
);
const ids = (list: Array<{ id?: unknown }>) => list.map(({ id }) => id);
const SIMPLE = ['id', 'title', 'postType', 'status', 'channelId', 'channelName'].concat([
	'createdBy',
	'publishedAt',
	'updatedAt',
]);

describe('Get Many', () => {
	it('gives posts, simple or as they are', async () => {
		const posts = await records('getAll', { returnAll: true });
		expect(ids(posts)).toEqual(ids(sandbox.tenant.posts));
		for (const post of posts) expect(Object.keys(post)).toEqual(SIMPLE);
		expect(await records('getAll', { simplify: false, limit: 3 })).toEqual(
			sandbox.tenant.posts.slice(0, 3),
		);
		expect(apiCalls(sandbox)[0]).toMatchObject({ path: '/api/v3/contentfeed/posts' });
	});

	it.each([
		['postTypes', 'page, story', (post: Post) => /^(Page|Story)$/.test(post.postType)],
		['status', 'Draft', (post: Post) => post.status === 'Draft'],
		['feedIds', () => feed(), (post: Post) => (post.feeds as Post[])[0]?.id === feed()],
		['tags', () => tag().toUpperCase(), (post: Post) => (post.tags as string[]).includes(tag())],
	])('checks %s, which the server ignores', async (name, given, matches) => {
		const value = typeof given === 'string' ? given : given();
		const wanted = sandbox.tenant.posts.filter(matches);
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.length).toBeLessThan(sandbox.tenant.posts.length);
		const found = await records('getAll', { returnAll: true, filters: { [name]: value } });
		expect(ids(found)).toEqual(ids(wanted));
		const sent = value.split(', ').join(',');
		const { query } = apiCalls(sandbox)[0]!;
		if (name === 'status') expect(query).not.toHaveProperty('status');
		else expect(query).toMatchObject({ [name]: sent });
	});

	type Post = Sandbox['tenant']['posts'][number];
	const feed = () => (sandbox.tenant.posts[0]!.feeds as Post[])[0]!.id;
	const tag = () => sandbox.tenant.posts.flatMap(({ tags }) => tags as string[])[0]!;
});

describe('Get', () => {
	it('gives one post by its id, not by its postId', async () => {
		const post = sandbox.tenant.posts[4]!;
		expect(await records('get', { postId: locator(post.id), simplify: false })).toEqual([post]);
		expect(apiCalls(sandbox)).toMatchObject([
			{ path: `/api/v3/contentfeed/posts/${post.id}`, query: {} },
		]);
		const { error } = await execute('get', { postId: post.postId });
		expect(error?.message).toBe(`Post "${post.postId}" was not found`);
	});

	it('tells whether it was acknowledged, when asked', async () => {
		const [pending] = sandbox.tenant.pendingAcknowledgments;
		const options = { includeAcknowledgment: true };
		const [post] = await records('get', { postId: pending, options });
		expect(post).toMatchObject({ id: pending, isAcknowledged: false });
		expect(apiCalls(sandbox)[0]?.query).toEqual({ IncludeCurrentUserAcknowledgment: 'true' });
	});
});

test('Get Awaiting Acknowledgment lists what is still to be acknowledged', async () => {
	const found = await records('getAwaitingAcknowledgement');
	expect(new Set(ids(found))).toEqual(new Set(sandbox.tenant.pendingAcknowledgments));
	expect(found.length).toBeGreaterThan(0);
	expect(apiCalls(sandbox)[0]?.path).toBe('/api/v3/contentfeed/posts/acknowledgment/me');
});

test('posts can be picked by title', async () => {
	const { results } = await listSearch({ method: 'searchPosts', credentials });
	const [{ title, channelName, status, id }] = sandbox.tenant.posts as [
		Sandbox['tenant']['posts'][0],
	];
	expect(results[0]).toEqual({ name: `${title} (${String(channelName)}, ${status})`, value: id });
});
