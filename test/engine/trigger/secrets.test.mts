import { startSandbox, type FaultRule } from '../../../sandbox/server.mts';
import { formsOf, hitsIn } from '../../leaks/needles.mts';
import { everySpelling } from '../../leaks/spellings.mts';
import { sandboxCredential } from '../../support/sandboxCredential.mts';
import { eventNames, PublishedTrigger, type Scheduler } from '../../support/triggerEngine.mts';
import { parametersFor } from './changes.mts';

const CALLS = /^(?!\/api\/v3\/authorization)/;

/** Answers that repeat this text, each as often as a read is tried. */
const answers = (text: string): FaultRule[] => [
	{ status: 400, body: { message: text } },
	{ status: 403, body: { message: text } },
	{ status: 500, body: text },
	{ status: 200, body: `<p>${text}</p>` },
	{ status: 200, body: { items: text, message: text } },
	{
		status: 200,
		body: { items: [{ id: crypto.randomUUID(), name: text, status: text }], size: 1 },
	},
	{ redirect: `http://127.0.0.1:9/?${encodeURIComponent(text)}` },
];

describe.each<Scheduler>(['usual', 'durable'])('answers with every secret, %s', (scheduler) => {
	test.each(eventNames())('%s keeps none in state, log, or messages', async (event) => {
		const sandbox = await startSandbox({ seed: 7, users: 12, channels: 6, devices: 6 });
		try {
			const credentials = sandboxCredential(sandbox);
			const published = new PublishedTrigger({
				...{ credentials, scheduler, isPatient: false },
				parameters: parametersFor(event, sandbox),
			});
			await published.publish();
			await published.tick();
			const { subjectId, refreshToken, accessToken } = credentials.read('main');
			const secrets = [subjectId, refreshToken, accessToken].map(String);
			const needles = secrets.flatMap((text) => formsOf({ kind: text, text }));
			const shown: unknown[] = [];
			for (const answer of answers(everySpelling(secrets))) {
				sandbox.fault({ path: CALLS, times: Infinity, ...answer });
				const note = (error: unknown) => shown.push(error, String(error));
				await published.tick().catch(note);
				await published.test().catch(note);
				await published.crash().catch(note);
				sandbox.clearFaults();
			}
			expect(shown.length + published.log.length).toBeGreaterThan(0);
			expect(published.state).not.toBe('');
			const places = JSON.stringify([published.log, published.state, published.saved, shown]);
			expect(hitsIn(places, needles)).toEqual([]);
		} finally {
			await sandbox.close();
		}
	});
});
