import { prepare } from '../../faults/examples.mts';
import { apiCalls, appspaceNode } from '../../support/appspaceNode.mts';
import { DECLARED, parametersWith } from '../../support/declaredFields.mts';
import { run } from '../../support/engine.mts';
import { EVERYTHING } from '../../support/scimFront.mts';
import { scimFrontUnderTest } from '../../support/scimFrontUnderTest.mts';
import { tenantUnderTest } from '../../support/tenantUnderTest.mts';

/** What n8n reads as a number that it cannot hold would be written back as another one. */
const REFUSED = 'is too large to be sent unchanged';

describe('a card template whose record holds a number that n8n rounds', () => {
	const under = tenantUnderTest({ largeNumbers: true });
	const update = async (updateFields: Record<string, unknown>) =>
		await under.execute('cardTemplate.update', {
			...{ cardTemplateId: under.tenant.cardTemplates[0]?.id, updateFields },
		});

	it('is not written whole, with the reason', async () => {
		const { error } = await update({ name: 'Lunch' });
		expect(error?.message).toBe(`The number in "model.revision" ${REFUSED}`);
		expect(error?.description).toContain('Nothing was sent');
		expect(under.sent('PUT', '')).toEqual([]);
	});

	it('is written where the field with that number is given', async () => {
		await update({ name: 'Lunch', model: '{ "revision": "9007199254740993" }' });
		const [put] = under.sent('PUT', String(under.tenant.cardTemplates[0]?.id));
		expect(put?.body).toMatchObject({ model: { revision: '9007199254740993' } });
	});

	it('JSON with such a number is refused before anything is asked', async () => {
		const { error } = await update({ model: '{ "revision": 9007199254740993 }' });
		expect(error?.message).toBe(`The number in "Model.revision" ${REFUSED}`);
		expect(under.sent('PUT', '')).toEqual([]);
	});
});

describe('whatever takes JSON refuses an object with such a number', () => {
	const under = tenantUnderTest();
	const fields = DECLARED.filter(({ field }) => field.type === 'json');

	it.each(fields)('$name', async (declared) => {
		prepare(under.tenant);
		// By names that RFC 7643 does not define: those would become text.
		const input = [{ given: { 'urn:example:User': { numbers: [{ large: 2 ** 53 }] } } }];
		const parameters = parametersWith(declared, '={{ $json.given }}', under.tenant);
		const node = appspaceNode(declared.subject.name as `${string}.${string}`, {
			parametersJson: '{ "id": "17" }',
			...parameters,
		});
		const { error } = await run({ credentials: under.credentials, input, nodes: [node] });
		expect(error?.message).toContain(REFUSED);
		expect(apiCalls(under.sandbox).filter(({ method }) => method !== 'GET')).toEqual([]);
	});
});

describe('a record of SCIM that holds a number that n8n rounds', () => {
	const under = scimFrontUnderTest(6);
	beforeEach(() => {
		const shown = (record: object) => ({ ...record, badge: { no: 2 ** 53 } });
		under.front.options = { ...EVERYTHING, shown };
	});

	const [title, name] = ['Guide', 'Guides'];
	const cases = [
		['scimUser.update', { updateFields: { title } }],
		['scimUser.deactivate', {}],
		['scimGroup.update', { updateFields: { displayName: name } }],
	] as const;
	const execute = async (operation: (typeof cases)[number][0], more: object) => {
		const [user, group] = [under.users()[1], under.groups()[0]];
		const which = { scimUserId: user?.id, scimGroupId: group?.id };
		Object.assign(user ?? {}, { active: true, title: 'Before' });
		return await under.execute(operation, { ...which, ...more });
	};

	it.each(cases)('is not written whole: %s', async (operation, more) => {
		under.front.options = { ...under.front.options, patch: false };
		const { error } = await execute(operation, more);
		expect(error?.message).toBe(`The number in "badge.no" ${REFUSED}`);
		expect(under.writes()).toEqual([]);
	});

	it.each(cases)('is changed where only the change is written: %s', async (operation, more) => {
		expect((await execute(operation, more)).error).toBeUndefined();
		expect(under.writes().map(({ method }) => method)).toEqual(['PATCH']);
	});
});
