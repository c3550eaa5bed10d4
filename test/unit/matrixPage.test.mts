import { grid, matrixPage } from '../../scripts/matrixPage.mts';
import { newerThan } from '../matrix/newest.mts';

const versions = [
	{ where: '2.41.1', what: 'Load', passes: true, date: '2026-11-27' },
	{ where: '2.41.1', what: 'Poll', passes: false, date: '2026-11-28' },
	{ where: '2.35.0', what: 'Load', passes: true, date: '2026-11-21' },
];

it('has a row for each place and a column for each thing', () => {
	const cells = grid('n8n', versions)
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim()));
	expect(cells).toEqual([
		['', 'n8n', 'Load', 'Poll', 'Last run', ''],
		['', '------', '----', '----', '----------', ''],
		['', '2.41.1', '✓', '✗', '2026-11-28', ''],
		['', '2.35.0', '✓', '', '2026-11-21', ''],
	]);
});

it('says which versions could not be installed', () => {
	const missing = ['n8n 2.42.0 cannot be installed.'];
	const newest = { versions: [], ways: [], nodes: [], missing };
	const page = matrixPage([{ ...newest, versions, missing: [] }, newest]);
	expect(page).toContain('\n\nn8n 2.42.0 cannot be installed.\n\n');
	expect(page).toContain('2026-11-28');
});

it('tries the newest versions of n8n 2 first, and none that is older than the pinned one', () => {
	const all = [
		'2.9.0',
		'2.41.1',
		'2.41.10',
		'2.42.0',
		'2.41.2',
		'3.0.0',
		'2.43.0-beta.1',
		'1.99.9',
	];
	expect(newerThan('2.41.1', all)).toEqual(['2.42.0', '2.41.10', '2.41.2']);
});
