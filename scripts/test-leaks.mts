/**
 * `npm run test:leaks`: runs every operation, every fault, and every place that displays something in the
 * real n8n, and then searches for the secrets everywhere. Installs n8n on first use, and Chromium from
 * Debian if it is missing and this runs as root.
 */
import { deepEqual, ok } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { browse, type Seen } from '../test/leaks/browser.mts';
import { uncovered } from '../test/leaks/coverage.mts';
import { playExpressions } from '../test/leaks/expressions.mts';
import { hitsIn, needlesIn, needlesOf, type Needle } from '../test/leaks/needles.mts';
import { playOperations } from '../test/leaks/operations.mts';
import { checkOtherUser } from '../test/leaks/otherUser.mts';
import { playTriggers } from '../test/leaks/triggers.mts';
import { Context } from '../test/n8n/checks/context.mts';
import { checkExpressions } from '../test/n8n/checks/expressions.mts';
import { checkHttpRequestNode } from '../test/n8n/checks/httpRequestNode.mts';
import { checkPickers } from '../test/n8n/checks/pickers.mts';
import { checkScim } from '../test/n8n/checks/scim.mts';
import { checkTestButton } from '../test/n8n/checks/testButton.mts';
import { checkTestButtonApiKey } from '../test/n8n/checks/testButtonApiKey.mts';
import { openInstance, type Instance } from '../test/n8n/instance.mts';
import { Report } from '../test/n8n/report.mts';
import { filesIn } from '../test/n8n/userFolder.mts';
import { appspaceNode, httpRequestNode, startName, workflowOf } from '../test/n8n/workflow.mts';
import { startRawServer, reply } from '../test/support/rawServer.mts';

/** Other suites judge these; here they only make secrets travel. */
const journeys = [
	checkPickers,
	checkTestButton,
	checkTestButtonApiKey,
	checkHttpRequestNode,
	checkExpressions,
	checkScim,
];

async function main(): Promise<void> {
	const report = new Report();
	const instance = await openInstance({ logLevel: 'debug' });
	const context = await Context.create(new Report(() => {}), instance);
	try {
		await checkAll(report, context, instance);
	} finally {
		await context.close();
		await instance.close();
	}
	for (const [what, number] of Object.entries(counted)) {
		console.log(`${what.padEnd(24)}${number}`);
	}
	if (!report.finish()) process.exitCode = 1;
}

/** The totals at the end of the suite. */
const counted = { operations: 0, executions: 0, faults: 0, places: 0, leaks: 0 };

async function checkAll(report: Report, context: Context, instance: Instance): Promise<void> {
	report.section('What ran');
	await report.check('everything in the package is covered', async () => {
		deepEqual(await uncovered(), []);
	});

	const elsewhere = await startRawServer(() => reply.json({ id: 'elsewhere' }));
	const { problems, withoutExample, ...counts } = await playOperations(context, elsewhere.url);
	Object.assign(counted, counts);
	await report.check(`${counts.operations} operations in ${counts.executions} executions`, () => {
		deepEqual(problems, []);
	});
	if (withoutExample.length > 0) {
		report.note(
			`with made-up parameters, because they have no example:  ${withoutExample.join(', ')}`,
		);
	}
	report.note(`${counts.faults} faults, and a refusal that quotes all secrets, for each operation`);
	for (const journey of journeys) {
		await report.check(journey.name.replace('check', 'played: '), () => journey(context));
	}
	await report.check('another user of the same n8n cannot use a credential', async () => {
		await checkOtherUser(context);
	});
	const credential = await context.createCredential(
		'Watched',
		context.applicationToken(context.tenant),
	);
	await report.check('expressions that ask for secrets', async () => {
		report.note(`${await playExpressions(context, credential)} expressions`);
	});

	await report.check('an HTTP Request node that is redirected to another host', async () => {
		const tenant = await context.startTenant();
		const sentOn = await context.createCredential('Sent on', context.applicationToken(tenant));
		tenant.fault({ path: 'users/me', redirect: `${elsewhere.url}/stolen` });
		await context.runNode(httpRequestNode(`${tenant.url}/api/v3/users/me`, sentOn));
	});

	let states = new Map<string, string>();
	await report.check('a trigger for each event, with refusals that quote the secrets', async () => {
		states = await playTriggers(context);
	});

	// The search must be able to find something: this text travels like any other.
	const planted = randomUUID();
	const node = appspaceNode({ resource: 'user', operation: 'getCurrent' }, credential);
	const { id } = await context.rest.createWorkflow(workflowOf(node, [{ planted }]));
	await context.rest.run(id, startName);
	let seen: Seen = new Map();
	await report.check('a browser shows workflow, executions, and credential', async () => {
		seen = await browse(instance.n8n.url, instance.login, id, credential.id);
	});
	await exportAll(instance);

	const stored = await context.storedData(credential);
	const needles = [...needlesOf(context['tenants']), ...needlesIn(stored.accessTokenRecord)];
	await search(report, instance, seen, needles, { planted, workflow: id, states });
	await report.check('no secret went to another host', () => {
		ok(elsewhere.requests.length > 0, 'nothing arrived, so this proves nothing');
		const sent = JSON.stringify([elsewhere.requests, elsewhere.exchanges]);
		deepEqual(kindsIn(sent, needles), []);
		ok(!/"authorization"/i.test(sent), 'an Authorization header arrived there');
	});
	report.note(`${elsewhere.connections} connections to it`);
	await elsewhere.close();
}

/** n8n's own exports, as an administrator makes them, stored among its files. */
async function exportAll({ n8n, userFolder }: Instance): Promise<void> {
	for (const what of ['credentials', 'workflow']) {
		await n8n.cli([`export:${what}`, '--all', `--output=${join(userFolder.path, `${what}.json`)}`]);
	}
}

async function search(
	report: Report,
	{ n8n, rest, userFolder }: Instance,
	seen: Seen,
	needles: Needle[],
	known: { planted: string; workflow: string; states: Map<string, string> },
): Promise<void> {
	report.section(`Looking for ${needles.length} texts: ${countsOf(needles)}`);
	const plant: Needle = { kind: 'planted', text: known.planted };
	// The log names workflows by ID and contains nothing from their items.
	const logged: Needle = { kind: 'workflow', text: known.workflow };
	const check = async (title: string, places: Map<string, string | Buffer>, control: Needle) =>
		await report.check(title, () => {
			const all = [...places.values()];
			report.note(`${all.length} places, ${megabytes(all)} MB`);
			ok(
				all.some((place) => hitsIn(place, [control]).length > 0),
				'finds nothing',
			);
			const leaks = [...places]
				.map(([name, place]) => ({ name, kinds: kindsIn(place, needles) }))
				.filter(({ kinds }) => kinds.length > 0);
			counted.places += places.size;
			counted.leaks += leaks.length;
			deepEqual(leaks, []);
		});

	ok(n8n.log().includes('debug'), 'the log is not at debug level');
	await check("n8n's log at debug level", new Map([['log', n8n.log()]]), logged);
	const answers = rest.answers.map((answer, index) => [`answer ${index}`, answer] as const);
	await check('what a browser gets over REST', new Map(answers), plant);
	await check('what Chromium saw', seen, plant);
	const state: Needle = { kind: 'state', text: 'state' };
	await check('the static data of triggers', known.states, state);
	await check('files: database, executions, exports', await filesIn(userFolder.path), plant);
}

function kindsIn(place: string | Buffer, needles: Needle[]): string[] {
	return [...new Set(hitsIn(place, needles).map(({ kind }) => kind))];
}

function countsOf(needles: Needle[]): string {
	const kinds = [...new Set(needles.map(({ kind }) => kind))];
	return kinds
		.map((kind) => `${needles.filter((needle) => needle.kind === kind).length} of ${kind}`)
		.join(', ');
}

function megabytes(places: Array<string | Buffer>): string {
	return (places.reduce((all, { length }) => all + length, 0) / 1_000_000).toFixed(1);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
