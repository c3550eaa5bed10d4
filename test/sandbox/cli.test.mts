import { spawn, spawnSync } from 'node:child_process';

const TSX = ['--import', 'tsx', 'sandbox/cli.mts'];
const run = (...flags: string[]) =>
	spawnSync(process.execPath, [...TSX, ...flags], { encoding: 'utf8' });

it('prints a curl line that works as pasted, and stops when told', async () => {
	const child = spawn(process.execPath, [...TSX, '--users', '3', '--channels', '5']);
	let output = '';
	for await (const chunk of child.stdout.setEncoding('utf8')) {
		output += chunk;
		if (output.includes('Ctrl-C')) break;
	}
	const pasted = output.slice(output.indexOf('TOKEN='), output.indexOf('Controls'));
	const { stdout } = spawnSync('sh', ['-c', pasted], { encoding: 'utf8' });
	expect(JSON.parse(stdout)).toMatchObject({ items: [{}, {}], size: 5 });

	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGINT');
	expect(await ended).toBe(0);
}, 30_000);

it('helps, and says what is wrong with a flag', () => {
	expect(run('--help').stdout).toContain('--token-lifetime');
	const unknown = run('--userz', '3');
	expect([unknown.status, unknown.stderr]).toEqual([
		2,
		"Unknown option '--userz'. Run with --help to see the options.\n",
	]);
	const bad = run('--users', 'many');
	expect([bad.status, bad.stderr]).toEqual([
		2,
		'--users cannot be "many". Run with --help to see the options.\n',
	]);
}, 30_000);
