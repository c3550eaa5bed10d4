import type { IDataObject } from 'n8n-workflow';
import { visitorTypeField } from '../../Appspace/fields/visitors';
import { passes, simplifyVisitor } from '../../Appspace/resources/visitor/visitorRecord';
import { isRecord } from '../../Appspace/transport/record';
import { created, entered } from '../detections';
import type { EventCall, List, TriggerEvent } from '../triggerEvent';

function lists(call: EventCall): List[] {
	const filters = call.collection('filters');
	return [{ path: 'visitormanagement/visitors', matches: (visitor) => passes(visitor, filters) }];
}

/** The words of this field are not public; those of the two events are a guess (appspace-api.md 5.6). */
function hasStatus(word: RegExp): (visitor: IDataObject) => boolean {
	return ({ visitorRegistrationStatus }) => word.test(String(visitorRegistrationStatus ?? ''));
}

/** A visitor who comes again has another last visit. */
function lastVisitAt({ lastVisit }: IDataObject): unknown {
	return isRecord(lastVisit) ? lastVisit.startAt : undefined;
}

const ofVisitors = {
	endpoints: ['GET visitormanagement/visitors'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	filters: [{ ...visitorTypeField, description: 'Only visitors of this type' }],
	...{ lists, simplify: simplifyVisitor },
} satisfies Partial<TriggerEvent>;

export const visitorEvents: TriggerEvent[] = [
	{
		value: 'visitorRegistered',
		name: 'Visitor Registered',
		description: 'When a visitor is registered',
		...ofVisitors,
		detection: () => created(),
		happenedAt: ({ createdAt }) => createdAt,
	},
	{
		value: 'visitorCheckedIn',
		name: 'Visitor Checked In',
		description: 'When the registration status of a visitor says that the visitor has arrived',
		...ofVisitors,
		evidence: { grade: 'INFERRED', sources: 'S2' },
		detection: () =>
			entered({
				isIn: hasStatus(/(?<!not[-_ ]?)check(ed)?[-_ ]?in/i),
				since: lastVisitAt,
				fields: ['visitorRegistrationStatus'],
			}),
		happenedAt: lastVisitAt,
	},
	{
		value: 'visitorCheckedOut',
		name: 'Visitor Checked Out',
		description: 'When the registration status of a visitor says that the visitor has left',
		...ofVisitors,
		evidence: { grade: 'INFERRED', sources: 'S2' },
		detection: () =>
			entered({
				isIn: hasStatus(/(?<!not[-_ ]?)check(ed)?[-_ ]?out/i),
				since: lastVisitAt,
				fields: ['visitorRegistrationStatus'],
			}),
		happenedAt: lastVisitAt,
	},
];
