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
	/** As it is afterwards. */
	record: IDataObject;
	/** Whether anything had to be sent. */
	isChanged: boolean;
}

/**
 * Gives a record the wanted values and leaves all others as they are: by PATCH, or, where the service has
 * none, by reading, changing and writing it whole. What is so already is not sent.
 *
 * @param path of the record
 * @param before the record, where it was read already
 * @throws RequestFailed also when Appspace takes the change and the record is not as wanted afterwards
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
	// A PATCH may be answered with nothing (RFC 7644 3.5.2), so it takes a look to know.
	const record = await catchStatus(call.record({ path }), 404, 410);
	if (isRefusal(record)) {
		// Some services do not show deactivated users.
		if (booleanIn(attribute(values, 'active')) !== false) throw record;
		return { record: merged(present, values), isChanged: true };
	}
	const ignored = unappliedAttributes(record, values, changes);
	if (ignored.length > 0) throw notKept(ignored, ignored.length < changes.length);
	return { record, isChanged: true };
}

/**
 * The body of a PUT: these values, and everything else as it was read.
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
	const remedy = [
		isPartly && 'All else was changed.',
		'The record that Appspace gives back has another value there, or none. Leave out what your tenant does not keep. If somebody else changed the record at the same time, run the operation again.',
	];
	return new RequestFailed({
		kind: 'input',
		message: `Appspace did not take over ${firstFew(attributes)}`,
		description: remedy.filter(Boolean).join(' '),
	});
}

/** What was read back is not what was sent. */
export function notWritten(what: string): RequestFailed {
	return new RequestFailed({
		kind: 'input',
		message: `${what} are not what was just written`,
		description:
			'Somebody else may have changed them at the same time. Get the record and run the operation again.',
	});
}
