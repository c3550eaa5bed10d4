import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { UNDOCUMENTED_REPLIES } from '../../../sandbox/settings.mts';
import { apiCalls, appspaceNode, locator } from '../../support/appspaceNode.mts';
import type { CredentialStore } from '../../support/credentialStore.mts';
import { listSearch, run } from '../../support/engine.mts';
import { operationRuns, operationsOf } from '../../support/operationRuns.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeEach(async () => {
	sandbox = await startSandbox();
	credentials = sandboxCredential(sandbox);
});
afterEach(async () => await sandbox.close());

const { execute, records } = operationsOf(
	operationRuns(() => credentials),
	'cardTemplate',
);
const calls = () =>
	apiCalls(sandbox).map(({ method, path }) => `${method} ${path.replace('/api/v3/', '')}`);
const template = () => sandbox.tenant.cardTemplates[0]!;

test('Get Many, Get and Get Types give records as they are', async () => {
	expect(await records('getAll')).toEqual(sandbox.tenant.cardTemplates);
	expect(await records('get', { cardTemplateId: locator(template().id) })).toEqual([template()]);
	expect(await records('getTypes', { limit: 2 })).toEqual(
		sandbox.tenant.cardTemplateTypes.slice(0, 2),
	);
	expect(calls()).toEqual([
		'GET libraries/cardtemplates',
		`GET libraries/cardtemplates/${template().id}`,
		'GET libraries/cardtemplatetypes',
	]);
	const { error } = await execute('get', { cardTemplateId: 'gone' });
	expect(error?.message).toBe('Card Template "gone" was not found');
});

test('templates and types can be picked', async () => {
	const { cardTemplateTypes, cardTemplates } = sandbox.tenant;
	const templates = await listSearch({ method: 'searchCardTemplates', credentials });
	expect(templates.results.map(({ value }) => value)).toEqual(cardTemplates.map(({ id }) => id));
	const types = await listSearch({ method: 'searchCardTemplateTypes', credentials });
	const [{ name, version, id }] = cardTemplateTypes as [(typeof cardTemplateTypes)[0]];
	expect(types.results[0]).toEqual({ name: `${name} (${version})`, value: id });
});

describe('Create', () => {
	it.each(UNDOCUMENTED_REPLIES)('sends what is filled in, the reply being %s', async (shape) => {
		sandbox.set({ undocumentedReply: shape });
		const { id: typeId } = sandbox.tenant.cardTemplateTypes[1]!;
		const [created, ...more] = await records('create', {
			cardTemplateTypeId: locator(typeId, 'list'),
			name: ' Lunch ',
			additionalFields: {
				model: '{ "title": "Lunch" }',
				permissions: '={{ [{ "type": "Read" }] }}',
			},
		});
		expect(more).toEqual([]);
		const body = {
			cardTemplateTypeId: typeId,
			name: 'Lunch',
			model: { title: 'Lunch' },
			permissions: [{ type: 'Read' }],
		};
		expect(apiCalls(sandbox)).toMatchObject([
			{ method: 'POST', path: '/api/v3/libraries/cardtemplates', body },
		]);
		expect(sandbox.tenant.cardTemplates.at(-1)).toMatchObject(body);
		if (shape === 'empty') expect(created).toEqual({ success: true });
		else if (shape === 'text') expect(created).toEqual({ data: 'OK' });
		else expect(created).toMatchObject(body);
	});

	it.each([
		[{ cardTemplateTypeId: '={{ "" }}', name: 'a' }, '"Card Template Type" is empty'],
		[{ cardTemplateTypeId: 't', name: ' ' }, '"Name" is empty'],
		[
			{ cardTemplateTypeId: 't', name: 'a', additionalFields: { schema: '{' } },
			'"Schema" is not valid JSON',
		],
	])('refuses %j before anything is sent', async (parameters, sentence) => {
		const { error } = await execute('create', parameters);
		expect(error?.message).toContain(sentence);
		expect(calls()).toEqual([]);
	});
});

describe('Update', () => {
	const update = async (updateFields: object) =>
		await execute('update', { cardTemplateId: template().id, updateFields });

	it('keeps what is not named although the server replaces the whole', async () => {
		const before = structuredClone(template());
		const { items } = await update({ name: 'Dinner', theme: '{ "name": "Dark" }' });
		const after = { ...before, name: 'Dinner', theme: { name: 'Dark' } };
		expect(template()).toEqual(after);
		expect(items().map(({ json }) => json)).toEqual([after]);
		const path = `libraries/cardtemplates/${before.id}`;
		expect(calls()).toEqual([`GET ${path}`, `PUT ${path}`, `GET ${path}`]);
		const { id: _, ...whole } = after;
		expect(apiCalls(sandbox)[1]?.body).toEqual(whole);
	});

	it('changes nothing when a field cannot be read and so would be lost', async () => {
		const { theme: _, ...partial } = template();
		sandbox.fault({ path: /cardtemplates/, method: 'GET', status: 200, body: partial });
		const { error } = await update({ name: 'Dinner' });
		expect(error?.message).toBe('Appspace returned the card template without theme');
		expect(error?.description).toContain('Nothing was changed');
		expect(calls()).toHaveLength(1);
	});

	it.each([
		[
			'is not as it was written',
			(after: object) => ({ ...after, model: { title: 'other' } }),
			'"model"',
		],
		['lost a field', (after: object) => ({ ...after, createdBy: null }), '"createdBy"'],
		['lost a list', (after: object) => ({ ...after, tags: [] }), 'change: "tags".'],
		['lost an entry', (after: object) => ({ ...after, tags: ['lunch'] }), 'change: "tags".'],
		['lost a part', (after: object) => ({ ...after, size: { width: 1 } }), 'change: "size".'],
		[
			'got a default back',
			(after: object) => ({ ...after, isShared: false }),
			'change: "isShared".',
		],
	])('says so when the template %s', async (_, changed, which) => {
		const further = { tags: ['lunch', 'menu'], size: { width: 1, height: 2 }, isShared: true };
		const before = { ...template(), createdBy: 'somebody', ...further };
		sandbox.fault({ path: /cardtemplates/, method: 'GET', status: 200, body: before });
		const body = changed({ ...before, name: 'Dinner' });
		sandbox.fault({ path: /cardtemplates/, method: 'GET', status: 200, body });
		const { error } = await update({ name: 'Dinner' });
		expect(error?.message).toBe('The card template is not what was just written');
		expect(error?.description).toContain(which);
	});

	it('is content with what the server adds, and with the stamps that it sets', async () => {
		const stamps = (day: number) => ({
			...{ updatedAt: `2026-01-0${day}T08:00:00Z`, lastModifiedBy: { id: `user ${day}` } },
			...{ version: day, thumbnailUrl: `https://example.com/${day}.png`, opened: null },
			history: { savedAt: `2026-01-0${day}T08:00:00Z`, changedBy: `user ${day}` },
		});
		const before = { ...template(), tags: ['lunch'], ...stamps(1) };
		const body = {
			...{ ...before, name: 'Dinner', ...stamps(2), tags: ['lunch'], revision: 2 },
			model: { ...(template().model as object), more: 1 },
		};
		sandbox.fault({ path: /cardtemplates/, method: 'GET', status: 200, body: before });
		sandbox.fault({ path: /cardtemplates/, method: 'GET', status: 200, body });
		const { error, items } = await update({ name: 'Dinner' });
		expect(error).toBeUndefined();
		expect(items()[0]?.json).toEqual(body);
	});

	it('says so when there is nothing to update', async () => {
		expect((await update({})).error?.message).toBe('There is nothing to update');
		expect(calls()).toEqual([]);
	});

	it('keeps items apart that update the same template', async () => {
		const cardTemplateId = template().id;
		const { error } = await run({
			credentials,
			input: [{ name: 'N' }, { model: '{"a":1}' }, { theme: '{"a":1}' }],
			nodes: [
				appspaceNode('cardTemplate.update', {
					cardTemplateId,
					updateFields: {
						name: '={{ $json.name }}',
						model: '={{ $json.model }}',
						theme: '={{ $json.theme }}',
					},
					options: { itemsAtOnce: 3 },
				}),
			],
		});
		expect(error).toBeUndefined();
		expect(template()).toMatchObject({ name: 'N', model: { a: 1 }, theme: { a: 1 } });
	});
});
