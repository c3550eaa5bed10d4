import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const COPIED = [
	...['nodes', 'credentials', 'sandbox', 'scripts'],
	...['test/support', 'test/faults', 'test/engine/operations'],
	...[
		'docs/appspace-api.md',
		'package.json',
		'.prettierrc.js',
		'tsconfig.json',
		'tsconfig.dev.json',
	],
];

let copy: string;
beforeAll(() => {
	copy = mkdtempSync(join(tmpdir(), 'new-operation-'));
	for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true });
	symlinkSync(resolve('node_modules'), join(copy, 'node_modules'), 'junction');
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const read = (path: string) => readFileSync(join(copy, path), 'utf8');
const node = (...args: string[]) =>
	spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
const create = (...args: string[]) => node('--import', 'tsx', 'scripts/newOperation.mts', ...args);

/**
 * Without and with an ID, with IDs that have no picker, a list, a write, and without an endpoint. No
 * operation of the repository will ever have these names.
 */
const NEW = [
	['user', 'getMadeUp', 'GET userpreference/users/me'],
	['device', 'getMadeUp', 'GET devices/{id}/madeup'],
	[
		'deviceGroup',
		'getMadeUpMap',
		'GET maps/floors/{floorId}/layers/settings/{layerSettingId}/nodes/settings',
	],
	['content', 'getAllMadeUp', 'GET libraries/contents'],
	['cardTemplate', 'replaceMadeUp', 'PUT libraries/cardtemplates/{id}'],
	['channel', 'deleteMadeUp', 'DELETE channeldirectory/{id}'],
	['visitor', 'getMadeUp'],
];

it('writes operations and tests that pass the type check, and says what is left', () => {
	const runs = NEW.map((args) => create(...args));
	expect(runs.map(({ status, stderr }) => [status, stderr])).toEqual(NEW.map(() => [0, '']));
	const written = runs.flatMap(({ stdout }) =>
		[...stdout.matchAll(/^written: (.+)$/gm)].map(([, path = '']) => path),
	);
	expect(written).toHaveLength(3 * NEW.length);

	const files = ['nodes/Appspace/resources/resources.ts', ...written];
	const config = { extends: './tsconfig.dev.json', include: [], files };
	writeFileSync(join(copy, 'tsconfig.written.json'), JSON.stringify(config));
	const check = node('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.written.json');
	expect(check.stdout).toBe('');
	expect(check.status).toBe(0);

	const [known = '', unknown = '', unpicked = '', , write = ''] = runs.map(({ stdout }) => stdout);
	expect(known).not.toContain('section 4');
	expect(known).not.toContain('sandbox/routes');
	expect(known).toContain('npm run schemas && npm run docs');
	expect(unknown).toContain('add its row to the table in docs/appspace-api.md, section 4');
	expect(unknown).toContain('sandbox/routes/devices.mts');
	expect(known + unknown).not.toContain('test/faults/examples.mts');
	expect(unpicked).toContain('test/faults/examples.mts');
	expect(unpicked).toContain('conformance/plan.mts');
	expect(write).toContain('test/faults/examples.mts');
	expect(read('nodes/Appspace/resources/user/index.ts')).toContain('getCurrent, getMadeUp]');
}, 240_000);

it('takes over what the API notes say, and leaves open what only the author knows', () => {
	const operation = read('nodes/Appspace/resources/user/getMadeUp.operation.ts');
	expect(operation).toContain("endpoints: ['GET userpreference/users/me']");
	expect(operation).toContain("grade: 'OBSERVED', sources: 'S8', reply: 'unknown'");
	// A description that does not begin with a capital fails the tests of texts.
	expect(operation).toContain("description: '<");
	expect(read('test/engine/operations/userGetMadeUp.test.mts')).toContain(
		"toEqual(['<Describe the output>'])",
	);
});

it.each([
	[['nowhere', 'get'], 'Resources: channel, content'],
	[['user', 'Get It'], 'Usage: npm run new:operation'],
	[['user', 'getIt', 'FETCH users'], 'Usage: npm run new:operation'],
	[['user', 'getAll'], 'nodes/Appspace/resources/user/getAll.operation.ts already exists.'],
	[['scimUser', 'getPhoto'], 'copy one of its operations'],
])('writes nothing for %j', (args, said) => {
	const { status, stderr } = create(...args);
	expect(status).toBe(1);
	expect(stderr).toContain(said);
});
