import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/server.mts';
import {
	exampleFor,
	expressionsFor,
	prepare,
	SUBJECTS,
	type Subject,
} from '../faults/examples.mts';
import { appspaceNode } from './appspaceNode.mts';
import { run } from './engine.mts';
import { sandboxCredential } from './sandboxCredential.mts';

/** They hand on a reply whose form is not public (appspace-api.md 5 and 7), so there is nothing to promise. */
export const WITHOUT_SCHEMA = [
	'content.getCardModel',
	...['cardTemplate.getAll', 'cardTemplate.get', 'cardTemplate.create', 'cardTemplate.update'],
	...['device.getStatuses', 'device.getConfiguration', 'device.getScreenCapture'],
	...['device.sendCommand', 'device.sync', 'device.getIntegrations'],
	...['device.createTask', 'device.getTaskResponses'],
	...['event.checkIn', 'event.checkOut', 'event.extend', 'event.move'],
	...['event.end', 'event.release', 'event.cancel'],
	...['reservation.update', 'space.getSchedule', 'space.checkPeopleAvailability'],
	...['visitor.create', 'visitor.update', 'visitor.invite'],
	...['visitor.getVisits', 'visitor.checkIn', 'visitor.checkOut'],
	'userGroup.updateLibrarySettings',
	...['apiCall.callEndpoint', 'apiCall.rawRequest'],
];

/** The operations that have an output schema. */
export const operationsWithSchema = SUBJECTS.filter(({ name }) => !WITHOUT_SCHEMA.includes(name));

/** Records that an operation is run on: fewer where it changes them. */
const ITEMS = { read: 30, write: 12, delete: 12 };

/**
 * Runs an operation through the engine on many records of a tenant, with the parameters of its example.
 * Throws what the run failed with.
 *
 * @returns the records that came out
 */
export async function outputOf(sandbox: Sandbox, subject: Subject): Promise<IDataObject[]> {
	const { name, operation } = subject;
	prepare(sandbox.tenant);
	const takesRecords = (operation.fields ?? []).some((field) => field.name !== 'filters');
	const count = takesRecords ? ITEMS[operation.effect] : 1;
	const input = Array.from({ length: count }, (_, index) => {
		return exampleFor(subject, sandbox.tenant, index);
	});
	const { error, items } = await run({
		credentials: sandboxCredential(sandbox),
		input: input as IDataObject[],
		nodes: [appspaceNode(name as `${string}.${string}`, expressionsFor(input[0] ?? {}))],
	});
	if (error) throw new Error(`${name}: ${error.message}`);
	return items().map(({ json }) => json);
}
