import { deepEqual, match } from 'node:assert/strict';
import type { EditorContext } from './editorContext.mts';
import { allPanels, openPanel, titled } from './parameters.mts';

/** What the editor has to say after each status. */
const SAYS: Array<[status: number, text: RegExp]> = [
	[401, /token|credential/i],
	[403, /permission|role|may not|access/i],
	[404, /not exist|no channel|not found|does not/i],
	[409, /conflict|already|other/i],
	[429, /too many|limit/i],
];

/** Runs a node that Appspace refuses, and reads what its panel shows. */
export async function checkErrorViews(context: EditorContext): Promise<void> {
	const { report, editor, instance, sandbox } = context;
	report.section('Errors in the panel of a node');
	const panel = titled(allPanels(context), 'Channel: Get');
	const channelId = { __rl: true, mode: 'id', value: '8f14e45f-ceea-467f-a0e6-1b2c3d4e5f60' };
	// A node for each, because the panel shows an earlier error until the next one arrives.
	const rows = SAYS.map(([status, text]) => {
		return { status, text, node: { ...panel.node({ channelId }), name: `Get ${status}` } };
	});
	const workflow = await instance.rest.createWorkflow({
		...{ name: 'Errors', nodes: rows.map(({ node }) => node), connections: {} },
	});
	for (const { status, text, node } of rows) {
		await report.check(`${status} says what to do`, async () => {
			await openPanel(editor, workflow.id, node);
			sandbox.fault({ path: /8f14e45f/, times: 20, status, headers: { 'retry-after': '0' } });
			await editor.page.getByTestId('node-execute-button').click();
			const output = editor.page.getByTestId('ndv');
			const message = output.getByTestId('node-error-message');
			await message.waitFor();
			const description = output.getByTestId('node-error-description');
			const said = [await message.innerText(), ...(await description.allInnerTexts())].join(' | ');
			report.note(said);
			match(said, text);
			deepEqual(await editor.takeFindings(), []);
		});
		sandbox.clearFaults();
	}
}
