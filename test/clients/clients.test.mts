import { readFileSync } from 'node:fs';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { freshToken } from '../sandbox/tenantClient.mts';
import type { Client } from './client.mts';
import { apiTool } from './apiTool.mts';
import { deskBooker } from './deskBooker.mts';
import { deskReservations } from './deskReservations.mts';
import { reservationTools } from './reservationTools.mts';
import { swampAppspace } from './swampAppspace.mts';
import { sessionOn } from './client.mts';

const CLIENTS: Client[] = [swampAppspace, apiTool, deskBooker, deskReservations, reservationTools];

describe.each(CLIENTS)('$source works against the sandbox unchanged:', ({ operations }) => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		// Each client works whatever else the seed draws.
		sandbox = await startSandbox({ settings: { reservable: 'both' } });
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.close());

	it.each(Object.entries(operations))('%s', async (_, replay) => {
		await replay(sessionOn(sandbox, await freshToken(sandbox)));
	});
});

it('docs/evidence.md names each client with what was replayed', () => {
	const evidence = readFileSync('docs/evidence.md', 'utf8');
	const rows = evidence.split('\n').filter((line) => /^\| S\d+ .*\| agrees/.test(line));
	const listed = rows.map((row) => {
		const [, source, operations = ''] = row.split('|').map((cell) => cell.trim());
		return [source, operations.split(', ')];
	});
	expect(listed).toEqual(
		CLIENTS.map(({ source, operations }) => [source, Object.keys(operations)]),
	);
	for (const { repository } of CLIENTS) expect(evidence).toContain(repository);
});
