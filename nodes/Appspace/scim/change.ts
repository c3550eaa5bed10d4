import type { IDataObject } from 'n8n-workflow';
import { firstFew } from '../runtime/firstFew';
import type { Call } from '../runtime/operation';
import { booleanIn } from '../runtime/parameterValues';
import { refuseInexact } from '../transport/exactNumbers';
import { catchStatus, isRefusal, RequestFailed } from '../transport/failure';
import { isRecord } from '../transport/record';
import { attribute, versionOf } from '../transport/scim/attributes';
import { unappliedAttributes } from './appliedAttributes';
import { refuseFilteredPaths } from './attributePaths';
import { changesTo, merged, patchOf, replacementOf } from './changes';
import { featuresOf } from './features';
import { refuseUnseenMembers } from './members';

export interface Changed {
	/** The record after the change. */
	record: IDataObject;
	/** Whether the record needed a change. */
	isChanged: boolean;
}

/**
 * Sets the wanted values of a record and leaves all others alone: by PATCH, or, if the service does not
 * support it, by reading the whole record, changing it, and writing it back. Values that are already set
 * are not sent.
 *
 * @param path the record's path
 * @param before the record, if it was already read
 * @throws RequestFailed also if Appspace accepts the change and the record still differs
 */
export async function change(
	call: Call,
	path: string,
	wanted: IDataObject | ((before: IDataObject) => IDataObject),
	before?: IDataObject,
): Promise<Changed> {
	const present = before ?? (await call.record({ path }));
	const values = typeof wanted === 'function' ? wanted(present) : wanted;
	const changes = changesTo(present, values);
	if (changes.length === 0) return { record: present, isChanged: false };

	const { patch, etag } = await featuresOf(call);
	const ifMatch = etag ? versionOf(present) : undefined;
	const reply = await call.request({
		...(patch
			? { method: 'PATCH', body: patchOf(changes) }
			: { method: 'PUT', body: await wholeRecord(call, path, present, values) }),
		...{ path, ifMatch, acceptsText: true },
	});
	const isShown = isRecord(reply) && attribute(reply, 'id') !== undefined;
	if (isShown && unappliedAttributes(reply, values, changes).length === 0) {
		return { record: reply, isChanged: true };
	}
	// The reply to a PATCH may be empty (RFC 7644 3.5.2), so read the record again.
	const record = await catchStatus(call.record({ path }), 404, 410);
	if (isRefusal(record)) {
		// Some services hide deactivated users.
		if (booleanIn(attribute(values, 'active')) !== false) throw record;
		return { record: merged(present, values), isChanged: true };
	}
	const ignored = unappliedAttributes(record, values, changes);
	if (ignored.length > 0) throw notKept(ignored, ignored.length < changes.length);
	return { record, isChanged: true };
}

/**
 * The body of a PUT: these values, and everything else unchanged.
 *
 * @throws RequestFailed if part of the record would be lost or changed
 */
export async function wholeRecord(
	call: Call,
	path: string,
	present: IDataObject,
	values: IDataObject,
): Promise<IDataObject> {
	refuseFilteredPaths(values);
	const whole = replacementOf(present, values);
	refuseInexact(whole);
	if (path.startsWith('Groups/')) await refuseUnseenMembers(call, present);
	return whole;
}

function notKept(attributes: string[], isPartly: boolean): RequestFailed {
	const description = [
		isPartly && 'Everything else was changed.',
		'The record that Appspace returns has a different value there, or none. Leave out attributes that your tenant does not store. If someone else changed the record at the same time, run the operation again.',
	];
	return new RequestFailed({
		kind: 'input',
		message: `Appspace did not apply ${firstFew(attributes)}`,
		description: description.filter(Boolean).join(' '),
	});
}

/** The message for data that differs when it is read back. */
export function notWritten(what: string): RequestFailed {
	return new RequestFailed({
		kind: 'input',
		message: `${what} are not what was just written`,
		description:
			'Someone else may have changed them at the same time. Get the record and run the operation again.',
	});
}
