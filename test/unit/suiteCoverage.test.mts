import { assertMeasured } from '../../bench/coverage.mts';
import { n8n } from '../../package.json';
import { uncovered } from '../leaks/coverage.mts';

/** The nodes that faults and fuzz know: all operations of one, all events of the other. */
const SUBJECTS_OF = [
	'dist/nodes/Appspace/Appspace.node.js',
	'dist/nodes/AppspaceTrigger/AppspaceTrigger.node.js',
];

test('faults and fuzz cover every node', () => {
	expect([...n8n.nodes].sort()).toEqual(SUBJECTS_OF);
});

test('the search for secrets covers everything in the package', async () => {
	expect(await uncovered()).toEqual([]);
});

test('a benchmark measures everything in the package', () => {
	expect(assertMeasured).not.toThrow();
});
