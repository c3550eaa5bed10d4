import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox/server.mts';
import { prepare, SUBJECTS, type Subject } from '../faults/examples.mts';
import { FAULTS } from '../faults/plan.mts';
import type { Context } from '../n8n/checks/context.mts';
import { appspaceNode, type CredentialReference } from '../n8n/workflow.mts';
import { exampleOf, filledIn, harmless } from './parameters.mts';
import { everySpelling } from './spellings.mts';

/** The result of running all operations. */
export interface Played {
	operations: number;
	executions: number;
	faults: number;
	/**
	 * Operations with made-up parameters, because test/faults/examples.mts has none. Appspace refuses
	 * some.
	 */
	withoutExample: string[];
	/** What went wrong. */
	problems: string[];
}

/** Every request but those for tokens. */
const CALLS = /^(?!\/api\/v3\/authorization)/;
const LANES = 4;

interface Lane {
	tenant: Sandbox;
	credential: CredentialReference;
	scim: CredentialReference;
}

/**
 * Runs every operation normally, with every fault, with a redirect to another host, and against a server
 * that quotes the secrets in its refusal, in every spelling.
 */
export async function playOperations(context: Context, elsewhere: string): Promise<Played> {
	const played: Played = {
		...{ operations: 0, executions: 0, faults: 0 },
		...{ withoutExample: [], problems: [] },
	};
	const waiting = [...SUBJECTS];
	const lanes = Array.from({ length: LANES }, async () => {
		const tenant = await context.startTenant();
		prepare(tenant.tenant);
		const atStart = structuredClone(tenant.tenant);
		const credential = await context.createCredential('Lane', context.applicationToken(tenant));
		const scim = await context.createScimCredential('Lane over SCIM', tenant);
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			// One operation takes away what the example of another needs.
			Object.assign(tenant.tenant, structuredClone(atStart));
			await playOperation(context, { tenant, credential, scim }, next, elsewhere, played);
		}
	});
	await Promise.all(lanes);
	return played;
}

async function playOperation(
	context: Context,
	{ tenant, credential, scim }: Lane,
	subject: Subject,
	elsewhere: string,
	played: Played,
): Promise<void> {
	const example = exampleOf(subject, tenant.tenant) as IDataObject | undefined;
	const parameters: IDataObject = {
		...(example ?? (filledIn(subject.operation, harmless) as IDataObject)),
		resource: subject.resource.value,
		operation: subject.operation.value,
		options: { ...(example?.options as IDataObject), itemsAtOnce: 16 },
	};
	const isScim = subject.resource.credential === 'appspaceScimApi';
	const run = async (items: number, goesOn: boolean) => {
		played.executions++;
		const node = appspaceNode(parameters, isScim ? scim : credential);
		if (goesOn) node.onError = 'continueRegularOutput';
		return await context.runNode(node, Array(items).fill({}));
	};

	played.operations++;
	if (!example) played.withoutExample.push(subject.name);
	await run(1, false).catch(({ message }: Error) => {
		if (example) played.problems.push(`${subject.name}: ${message}`);
	});
	for (const { rule } of FAULTS) tenant.fault({ path: CALLS, times: 1, ...rule() });
	tenant.fault({ path: CALLS, times: 2, redirect: `${elsewhere}/api/v3/users/me` });
	played.faults += FAULTS.length + 2;
	await run(FAULTS.length, true);
	tenant.clearFaults();
	tenant.fault({
		path: CALLS,
		times: 99,
		status: 400,
		body: { message: allSecrets(tenant, isScim) },
	});
	const goesWell = await run(1, false).then(
		() => true,
		() => false,
	);
	if (goesWell && example) played.problems.push(`${subject.name} succeeds although it is refused`);
	tenant.clearFaults();
}

/** The secrets that a server has received: SCIM only its own token, which API v3 never sees. */
function allSecrets(tenant: Sandbox, isScim: boolean): string {
	const { requests, subjectId, refreshToken, scimToken } = tenant;
	const sent = requests.map(({ headers }) => (headers.authorization ?? '').replace(/^Bearer /, ''));
	const last = sent.findLast((token) => token !== '' && (token === scimToken) === isScim);
	const known = isScim ? [scimToken] : [subjectId, refreshToken];
	return `${everySpelling([...new Set([...known, ...(last ? [last] : [])])])} may not do this.`;
}
