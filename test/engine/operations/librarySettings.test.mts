import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { apiCalls, appspaceNode, locator } from '../../support/appspaceNode.mts';
import { run } from '../../support/engine.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
beforeEach(() => sandbox.clearRequests());
afterAll(async () => await sandbox.close());

const group = () => sandbox.tenant.userGroups[0]!;
const update = async (updateFields: object, userGroupId: unknown = group().id) =>
	await run({
		credentials: sandboxCredential(sandbox),
		nodes: [appspaceNode('userGroup.updateLibrarySettings', { userGroupId, updateFields })],
	});

it('sends what is filled in, in the form that was seen', async () => {
	const { error, items } = await update(
		{
			isLibraryEnabled: false,
			isContentExpiryEnabled: true,
			contentExpiryDuration: '30',
			contentExpiryType: 'Any',
		},
		locator(group().id, 'list'),
	);
	expect(error).toBeUndefined();
	expect(items().map(({ json }) => json)).toEqual([{ success: true }]);
	const libraryConfiguration = {
		isContentExpiryEnabled: true,
		contentExpiryDuration: 30,
		contentExpiryType: 'Any',
	};
	expect(apiCalls(sandbox)).toEqual([
		{
			method: 'PATCH',
			path: `/api/v3/users/usergroups/${group().id}`,
			query: {},
			body: { isLibraryEnabled: false, libraryConfiguration },
		},
	]);
	expect(group()).toMatchObject({ isLibraryEnabled: false, libraryConfiguration });
});

it('leaves alone what is not filled in', async () => {
	await update({ isLibraryEnabled: true });
	expect(apiCalls(sandbox)[0]?.body).toEqual({ isLibraryEnabled: true });
	await update({ isContentExpiryEnabled: false });
	expect(apiCalls(sandbox)[1]?.body).toEqual({
		libraryConfiguration: { isContentExpiryEnabled: false },
	});
	expect(group()).toMatchObject({ isLibraryEnabled: true });
});

it.each([
	[{}, 'There is nothing to update'],
	[{ contentExpiryDuration: 1.5 }, '"Content Expiry (Days)" is not a whole number'],
	[{ contentExpiryDuration: 0 }, '"Content Expiry (Days)" is not a whole number'],
])('refuses %j before anything is sent', async (updateFields, sentence) => {
	expect((await update(updateFields)).error?.message).toContain(sentence);
	expect(apiCalls(sandbox)).toEqual([]);
});

it('says which group was not found', async () => {
	const { error } = await update({ isLibraryEnabled: true }, 'gone');
	expect(error?.message).toBe('User Group "gone" was not found');
});
