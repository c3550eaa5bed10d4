import { deepEqual, ok } from 'node:assert/strict';
import type { INodeProperties, NodeParameterValueType } from 'n8n-workflow';
import { listSearch } from '../../../nodes/Appspace/pickers/listSearch.ts';
import type { Editor } from '../browser.mts';
import type { EditorContext } from './editorContext.mts';
import { allPanels, openPanel, shownParameters, titled } from './parameters.mts';

/** A list to choose from, and the parameters with which its panel shows it. */
interface Shown {
	field: INodeProperties;
	method: string;
	/** The fixed collection that contains it. */
	within?: string;
	parameters: Record<string, unknown>;
}

/** What a list needs before it can offer something. */
const NEEDED: Record<string, Record<string, unknown>> = {
	searchEndpoints: { service: { __rl: true, mode: 'id', value: 'devices' } },
};

/** Opens one list of each kind, wherever it is; all of them offer something at this tenant. */
export async function checkPickers(context: EditorContext): Promise<void> {
	const { report, editor, instance } = context;
	report.section('Every list to choose from');
	const first = new Map<string, Shown & { title: string; node: object; id: string }>();
	for (const panel of allPanels(context)) {
		for (const list of listsIn(panel.fields)) {
			if (first.has(list.method)) continue;
			const node = panel.node({ ...NEEDED[list.method], ...list.parameters });
			node.name = `${panel.title}, ${list.method}`;
			first.set(list.method, { ...list, title: panel.title, node, id: node.id });
		}
	}
	await report.check('a panel shows every list that the package has', () => {
		deepEqual([...first.keys()].sort(), Object.keys(listSearch).sort());
	});
	const lists = [...first.values()];
	const workflow = await instance.rest.createWorkflow({
		name: 'Every list',
		nodes: lists.map(({ node }) => node as ReturnType<ReturnType<typeof allPanels>[0]['node']>),
		connections: {},
	});
	for (const { field, method, title, id, within } of lists) {
		await report.check(`${title}, ${field.displayName}: ${method}`, async () => {
			await openPanel(editor, workflow.id, { id, name: `${title}, ${method}` });
			ok((await openList(editor, field.name, within)) > 0);
			await editor.page.keyboard.press('Escape');
			deepEqual(await editor.takeFindings(), []);
		});
	}
	await checkSearch(context);
	await checkSeveral(context);
}

/** A list of locators: one entry to start with, and more on demand. */
async function checkSeveral(context: EditorContext): Promise<void> {
	const { report, editor, instance } = context;
	const node = titled(allPanels(context), 'Reservation: Create').node();
	const workflow = await instance.rest.createWorkflow({
		...{ name: 'Several', nodes: [node], connections: {} },
	});
	await report.check('a parameter for several records takes one choice after another', async () => {
		await openPanel(editor, workflow.id, node);
		const spaces = editor.page.getByTestId('fixed-collection-spaceIds');
		const items = editor.page.getByTestId('rlc-item');
		const chosen: string[] = [];
		for (const index of [0, 1]) {
			if (index > 0) await spaces.getByText('Add space', { exact: true }).click();
			await spaces.getByTestId('rlc-input').nth(index).click();
			chosen.push((await items.nth(index + 1).innerText()).trim());
			await items.nth(index + 1).click();
		}
		const { values } = await shownParameters(editor);
		deepEqual(
			values.filter((value) => chosen.includes(value)),
			chosen,
		);
		deepEqual(await editor.takeFindings(), []);
	});
}

/** Next page, search, pick. */
export async function checkSearch(context: EditorContext): Promise<void> {
	const { report, editor, instance } = context;
	const panel = titled(allPanels(context), 'Channel: Get');
	const node = panel.node();
	const workflow = await instance.rest.createWorkflow({
		...{ name: 'Search', nodes: [node], connections: {} },
	});
	await report.check('a list shows its next page, finds by text, and takes a choice', async () => {
		await openPanel(editor, workflow.id, node);
		const items = editor.page.getByTestId('rlc-item');
		const count = await openList(editor, 'channelId');
		await items.last().scrollIntoViewIfNeeded();
		await items.nth(count).waitFor();
		const name = (await items.nth(count).innerText()).trim();
		await editor.page.getByTestId('rlc-search').fill(name);
		await items.nth(count).waitFor({ state: 'detached' });
		await items.filter({ hasText: name }).first().click();
		ok((await shownParameters(editor)).values.includes(name));
		deepEqual(await editor.takeFindings(), []);
	});
}

/** Opens the list of a resource locator in the open panel; returns how many entries it offers at first. */
async function openList({ page }: Editor, parameter: string, within?: string): Promise<number> {
	const place = within ? page.getByTestId(`fixed-collection-${within}`) : page;
	await place.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
	const items = page.getByTestId('rlc-item');
	await items.or(page.getByTestId('rlc-error-container')).first().waitFor();
	return await items.count();
}

/** The lists of these fields, also in collections and below other parameters. */
function listsIn(fields: INodeProperties[]): Shown[] {
	return fields.flatMap((field): Shown[] => {
		const shown = conditionsOf(field);
		const method = field.modes?.find(({ type }) => type === 'list')?.typeOptions?.searchListMethod;
		if (method) return [{ field, method, parameters: shown }];
		if (field.type !== 'collection' && field.type !== 'fixedCollection') return [];
		return (field.options ?? []).flatMap((option) => {
			const group = 'values' in option ? option : undefined;
			const inside = group ? group.values : [option as INodeProperties];
			return listsIn(inside).map((list) => {
				const entry = { ...list.parameters, [list.field.name]: list.field.default };
				const value = group ? { [group.name]: inGroup(field, entry) } : entry;
				const within = list.within ?? (group && field.name);
				return { ...list, within, parameters: { ...shown, [field.name]: value } };
			});
		});
	});
}

function inGroup({ typeOptions }: INodeProperties, entry: object): object {
	return typeOptions?.multipleValues ? [entry] : entry;
}

/** Parameters that show a field. */
function conditionsOf({ displayOptions }: INodeProperties): Record<string, unknown> {
	const shown = Object.entries(displayOptions?.show ?? {});
	return Object.fromEntries(
		shown.map(([name, values]) => [name, values?.[0] as NodeParameterValueType]),
	);
}
