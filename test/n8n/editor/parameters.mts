import type { INodeProperties } from 'n8n-workflow';
import { resources } from '../../../nodes/Appspace/resources/resources.ts';
import { fieldsOf } from '../../../nodes/Appspace/runtime/properties.ts';
import { events } from '../../../nodes/AppspaceTrigger/events/events.ts';
import { fieldsOf as fieldsOfEvent } from '../../../nodes/AppspaceTrigger/properties.ts';
import type { Editor } from '../browser.mts';
import { triggerNode } from '../triggerWorkflow.mts';
import { appspaceNode, credentialTypeFor } from '../workflow.mts';
import type { EditorContext } from './editorContext.mts';

/** An operation or an event as the editor shows it. */
export interface Panel {
	title: string;
	/** The names of the options that are chosen at the top. */
	shown: string[];
	fields: INodeProperties[];
	/** A node with these parameters besides those that choose the operation or the event. */
	node(parameters?: object): ReturnType<typeof appspaceNode>;
}

/** Every operation and every event. */
export function allPanels({ credentials }: Pick<EditorContext, 'credentials'>): Panel[] {
	const operations = resources.flatMap(({ name: resource, value, operations }) =>
		operations.map((operation): Panel => {
			const title = `${resource}: ${operation.name}`;
			return {
				...{ title, shown: [resource, operation.name], fields: fieldsOf(operation) },
				node: (parameters) => ({
					...appspaceNode(
						{ resource: value, operation: operation.value, ...parameters },
						credentials[credentialTypeFor(value)],
					),
					name: title,
				}),
			};
		}),
	);
	const triggers = events.map((event): Panel => {
		const title = `Trigger: ${event.name}`;
		return {
			...{ title, shown: [event.name], fields: fieldsOfEvent(event) },
			node: (parameters) => ({
				...triggerNode({ event: event.value, ...parameters }, credentials.appspaceApi),
				name: title,
			}),
		};
	});
	return [...operations, ...triggers];
}

/** @throws Error if there is no operation and no event of this title, such as "Channel: Get" */
export function titled(panels: Panel[], title: string): Panel {
	const panel = panels.find((one) => one.title === title);
	if (!panel) throw new Error(`There is no panel "${title}".`);
	return panel;
}

/** Opens the panel of a node by its address, and reloads the editor only for another workflow. */
export async function openPanel(
	{ page, url }: Editor,
	workflow: string,
	{ id, name }: { id: string; name: string },
): Promise<void> {
	const path = `/workflow/${workflow}/${id}`;
	const title = page.getByTestId('ndv').getByTestId('inline-edit-preview');
	if (page.url().startsWith(`${url}/workflow/${workflow}/`)) {
		await page.evaluate((to) => {
			history.pushState(null, '', to);
			dispatchEvent(new PopStateEvent('popstate', { state: null }));
		}, path);
	} else {
		await page.goto(`${url}${path}`, { timeout: 120_000 });
	}
	// The first panel waits for the whole editor to load.
	await title.getByText(name, { exact: true }).waitFor({ timeout: 120_000 });
	await page.getByTestId('node-parameters').waitFor();
}

/** The names of the parameters in the open panel, from top to bottom, and the values of its inputs, as shown. */
export async function shownParameters({
	page,
}: Editor): Promise<{ names: string[]; values: string[] }> {
	return await page.getByTestId('node-parameters').evaluate((panel) => ({
		names: Array.from(
			panel.querySelectorAll('label.n8n-input-label'),
			(label) => label.getAttribute('for') ?? '',
		),
		values: Array.from(panel.querySelectorAll('input'), ({ value }) => value),
	}));
}
