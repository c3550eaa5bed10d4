import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { api } from './tenantClient.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ users: 20, channels: 3, devices: 2 });
});
beforeEach(() => {
	sandbox.reset();
	sandbox.set({ undocumentedReply: 'object' });
});
afterAll(() => sandbox.close());

const get = (path: string) => api(sandbox, 'GET', path);

describe('card templates', () => {
	const PATH = 'libraries/cardtemplates';

	it('are listed with their types; a type cannot be made', async () => {
		expect((await get(PATH)).body.items).toEqual(sandbox.tenant.cardTemplates);
		expect((await get('libraries/cardtemplatetypes')).body.items).toEqual(
			sandbox.tenant.cardTemplateTypes,
		);
		expect((await api(sandbox, 'POST', 'libraries/cardtemplatetypes', {})).status).toBe(405);
	});

	it('are made, and replaced as a whole: what is left out is lost', async () => {
		const cardTemplateTypeId = sandbox.tenant.cardTemplateTypes[0]!.id;
		const made = { cardTemplateTypeId, name: 'Lunch', model: { rows: [1] }, theme: { name: 'T' } };
		const { id } = (await api(sandbox, 'POST', PATH, made)).body;
		expect((await get(`${PATH}/${id}`)).body).toMatchObject(made);
		const renamed = { cardTemplateTypeId, name: 'Dinner', model: { rows: [1] } };
		expect((await api(sandbox, 'PUT', `${PATH}/${id}`, renamed)).status).toBe(200);
		expect((await get(`${PATH}/${id}`)).body).toMatchObject({ ...renamed, theme: null });
		const { cardTemplateTypeId: _, ...incomplete } = renamed;
		expect((await api(sandbox, 'PUT', `${PATH}/${id}`, incomplete)).status).toBe(400);
	});
});

describe('the content feed', () => {
	it('ignores filters', async () => {
		const { body } = await get('contentfeed/posts?postTypes=Page&limit=30');
		expect(body.items).toEqual(sandbox.tenant.posts.slice(0, 30));
		expect(new Set(body.items.map(({ postType }: any) => postType)).size).toBeGreaterThan(1);
	});

	it('tells what is still to be acknowledged', async () => {
		const pending = (await get('contentfeed/posts/acknowledgment/me')).body.items;
		const ids = pending.map(({ id }: any) => id);
		expect(ids.length).toBeGreaterThan(0);
		expect([...ids].sort()).toEqual([...sandbox.tenant.pendingAcknowledgments].sort());
		const path = `contentfeed/posts/${ids[0]}`;
		expect((await get(path)).body).not.toHaveProperty('userAcknowledgment');
		const asked = await get(`${path}?IncludeCurrentUserAcknowledgment=true`);
		expect(asked.body.userAcknowledgment).toEqual({ isAcknowledged: false });
	});
});

it('replaces the whole bag of preferences with a PATCH', async () => {
	const PATH = 'userpreference/users/me';
	expect((await get(PATH)).body).toEqual({ additionalProperties: {} });
	await api(sandbox, 'PATCH', PATH, { additionalProperties: { a: 1 } });
	await api(sandbox, 'PATCH', PATH, { additionalProperties: { b: 2 } });
	expect((await get(PATH)).body).toEqual({ additionalProperties: { b: 2 } });
	expect((await api(sandbox, 'PATCH', PATH, {})).status).toBe(400);
});

it('lists brand profiles as a bare array', async () => {
	const { body } = await get('theme/brandprofiles');
	expect(body[0]).toEqual({
		isDefault: true,
		colorPalette: {
			primaryColor: expect.stringMatching(/^#[0-9a-f]{6}$/),
			darkColor: expect.any(String),
			paleColor: expect.any(String),
			secondaryColor: expect.any(String),
		},
	});
});

it('changes the library settings of a group, and nothing else', async () => {
	const group = sandbox.tenant.userGroups[0]!;
	const patch = (body: unknown) => api(sandbox, 'PATCH', `users/usergroups/${group.id}`, body);
	const libraryConfiguration = {
		contentExpiryDuration: 30,
		contentExpiryType: 'Unallocated',
		isContentExpiryEnabled: true,
	};
	const { name } = group;
	expect((await patch({ isLibraryEnabled: false, libraryConfiguration, name: 'x' })).status).toBe(
		200,
	);
	expect(sandbox.tenant.userGroups[0]).toMatchObject({
		name,
		isLibraryEnabled: false,
		libraryConfiguration,
	});
	const groups = (await get('users/usergroups')).body.items;
	expect(groups[0]).not.toHaveProperty('libraryConfiguration');
	for (const bad of [
		{ isLibraryEnabled: 'yes' },
		{ libraryConfiguration: { contentExpiryType: 'any' } },
		{ libraryConfiguration: { contentExpiryDuration: 1.5 } },
	]) {
		expect((await patch(bad)).status).toBe(400);
	}
});
