import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resources } from '../../nodes/Appspace/resources/resources.ts';
import { events } from '../../nodes/AppspaceTrigger/events/events.ts';
import { everyOperation } from '../../scripts/operationsTable.mts';
import type { WorkflowJson } from '../support/workflow.mts';

const NOTE = 'n8n-nodes-base.stickyNote';
const OTHER_STARTS = {
	'n8n-nodes-base.webhook': 'n8n: Webhook',
	'n8n-nodes-base.formTrigger': 'n8n: Form',
};
/** A node on the canvas, with the label below it. */
const BOX = { width: 128, height: 144 };

const files = readdirSync('examples').filter((file) => file.endsWith('.json'));
const read = (file: string) =>
	JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as WorkflowJson & { name: string };

describe.each(files)('%s', (file) => {
	const { name: title, nodes, ...workflow } = read(file);
	const notes = nodes.filter(({ type }) => type === NOTE).map(({ parameters }) => parameters);
	const note = String(notes[0]?.content);

	it('can be imported by anybody: one note, no credentials, no pinned data, no IDs', () => {
		expect(title).toMatch(/^Appspace: /);
		expect(notes).toHaveLength(1);
		expect(note).toContain('**Before the first run:**');
		expect(nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(workflow).toMatchObject({ pinData: {} });
		const filledIn = JSON.stringify(nodes.map(({ parameters }) => parameters));
		expect(filledIn).not.toMatch(/[\da-f]{8}-[\da-f]{4}-/i);
	});

	it('has a note that names its nodes as they are called', () => {
		const known = new Set(nodes.map(({ name }) => name));
		const named = [...note.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name);
		const others = /^(This |Before the first run:$|Execute workflow$)/;
		expect(named.filter((name) => !known.has(name) && !others.test(name))).toEqual([]);
	});

	it('reads from left to right, and nothing lies on anything else', () => {
		const at = new Map(nodes.map(({ name, position }) => [name, position]));
		const links = Object.entries(workflow.connections).flatMap(([from, { main = [] }]) =>
			main.flat().map((link) => [at.get(from)?.[0], at.get(link?.node ?? '')?.[0]]),
		);
		expect(links.filter(([from = 0, to = 0]) => to <= from)).toEqual([]);
		const boxes = nodes.map(({ name, type, parameters, position: [x, y] }) => {
			const { width, height } = type === NOTE ? (parameters as typeof BOX) : BOX;
			return { name, left: x, top: y, right: x + width, bottom: y + height };
		});
		const overlaps = boxes.flatMap((one, index) =>
			boxes
				.slice(index + 1)
				.filter(({ left, right }) => left < one.right && one.left < right)
				.filter(({ top, bottom }) => top < one.bottom && one.top < bottom)
				.map(({ name }) => [one.name, name]),
		);
		expect(overlaps).toEqual([]);
	});
});

describe('docs/i-want-to.md', () => {
	const page = readFileSync('docs/i-want-to.md', 'utf8');
	const tasks = [
		...page.matchAll(
			/^\| (.+?) +\| (.+?: .+?) +\| \[.+?\]\(\.\.\/examples\/(.+?)\)( \\\*)? +\|$/gm,
		),
	].map(([, task = '', operations = '', file = '', star]) => {
		return { task, operations: operations.split('<br>'), file, writes: star !== undefined };
	});

	it('has at least 20 tasks, and leads to every example', () => {
		expect(new Set(tasks.map(({ task }) => task)).size).toBeGreaterThanOrEqual(20);
		expect([...new Set(tasks.map(({ file }) => file))].sort()).toEqual([...files].sort());
	});

	it.each(files)('shows a picture of %s (otherwise: npm run pictures:workflows)', (file) => {
		const picture = `pictures/workflows/${file.replace('.json', '.png')}`;
		expect(page).toContain(`](${picture})`);
		expect(existsSync(`docs/${picture}`)).toBe(true);
	});

	it('shows pictures of workflows that exist, and all together below 1.5 MB', () => {
		const pictures = readdirSync('docs/pictures/workflows');
		expect(pictures.map((name) => name.replace('.png', '.json')).sort()).toEqual([...files].sort());
		const sizes = pictures.map((name) => statSync(`docs/pictures/workflows/${name}`).size);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
	});

	it.each(tasks)('$task: $file does it with these operations', ({ operations, file, writes }) => {
		const { nodes } = read(file);
		const used = everyOperation(resources)
			.filter(([resource, { value }]) =>
				nodes.some(({ parameters }) => {
					return parameters.resource === resource.value && parameters.operation === value;
				}),
			)
			.map(([resource, { name }]) => `${resource.name}: ${name}`);
		const started = events
			.filter(({ value }) => nodes.some(({ parameters }) => parameters.event === value))
			.map(({ name }) => `Appspace Trigger: ${name}`);
		const called = Object.entries(OTHER_STARTS)
			.filter(([type]) => nodes.some((node) => node.type === type))
			.map(([, name]) => name);
		expect([...used, ...started, ...called]).toEqual(expect.arrayContaining(operations));
		expect(JSON.stringify(nodes).includes('It only reads.')).toBe(!writes);
	});
});
