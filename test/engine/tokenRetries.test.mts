import { startSandbox, type FaultRule } from '../../sandbox/server.mts';
import { unclear } from '../faults/unclear.mts';
import { appspaceNode } from '../support/appspaceNode.mts';
import { run } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

const PATH = 'authorization/token';

interface Case {
	name: string;
	faults: FaultRule[];
	/** Exchanges that arrive. */
	sent: number;
	says?: RegExp;
	/** The remedy. */
	remedy?: RegExp;
	/** Milliseconds between the first and the second exchange, at least. */
	gap?: number;
}

/** What lies in the future must be tried again, and not be blamed on the credential. */
const LATER = /^(?!.*mend it).*(again|later|minute)/i;
const CASES: Case[] = [
	{ name: 'dropped twice', faults: [{ reset: 'beforeHeaders', times: 2 }], sent: 3 },
	{ name: 'down for more than a second', faults: [{ reset: 'beforeHeaders', times: 4 }], sent: 5 },
	{ name: 'dropped in the body', faults: [{ truncate: true }], sent: 2 },
	{ name: 'dropped although it acted', faults: [{ reset: 'afterHandling' }], sent: 2 },
	{ name: '500 twice', faults: [{ status: 500, times: 2 }], sent: 3 },
	{ name: '502 HTML twice', faults: [{ status: 502, body: '<h1>502</h1>', times: 2 }], sent: 3 },
	{ name: '408 once', faults: [{ status: 408 }], sent: 2 },
	{ name: '425 once', faults: [{ status: 425 }], sent: 2 },
	{ name: 'garbage once', faults: [{ body: '{"accessToken":"ey' }], sent: 2 },
	{ name: 'a web page once', faults: [{ body: '<h1>Be right back</h1>' }], sent: 2 },
	{
		...{ name: '429 with Retry-After', sent: 2, gap: 990 },
		faults: [{ status: 429, headers: { 'Retry-After': '1' } }],
	},
	{
		...{ name: '503 for ever', sent: 4, says: /status 503/, remedy: LATER },
		faults: [{ status: 503, times: 99 }],
	},
	{
		...{ name: 'dropped for ever', sent: 5, says: /No connection/, remedy: LATER },
		faults: [{ reset: 'beforeHeaders', times: 99 }],
	},
	{
		// A server that asks for an hour must not be asked again every few seconds.
		...{ name: 'Retry-After of an hour', sent: 1, says: /fewer requests/, remedy: LATER },
		faults: [{ status: 429, headers: { 'Retry-After': '3600' }, times: 99 }],
	},
	{
		...{
			name: 'a web page for ever',
			sent: 2,
			says: /not as an Appspace API/,
			remedy: /n8n tests it/,
		},
		faults: [{ body: '<h1>Welcome</h1>', times: 99 }],
	},
];

it.concurrent.each(CASES)(
	'the token endpoint: $name',
	async (subject) => {
		const { faults, sent, says, remedy, gap = 0 } = subject;
		const sandbox = await startSandbox({ users: 1, channels: 1, devices: 1 });
		for (const fault of faults) sandbox.fault({ path: PATH, ...fault });
		const { subjectId, refreshToken } = sandbox;
		const { error } = await run({
			credentials: sandboxCredential(sandbox),
			nodes: [appspaceNode('user.getCurrent')],
		});
		await sandbox.close();

		const exchanges = sandbox.requests.filter(({ path }) => path.endsWith(PATH));
		const [first, second] = exchanges.map(({ at }) => at);
		if (says) {
			expect(error?.message).toMatch(says);
			expect(unclear(error as { message: string }, [subjectId, refreshToken])).toEqual([]);
			expect(error?.description).toMatch(remedy as RegExp);
		} else {
			expect(error).toBeUndefined();
		}
		expect(exchanges).toHaveLength(sent);
		if (gap) expect((second as number) - (first as number)).toBeGreaterThanOrEqual(gap);
	},
	60_000,
);
