import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../runtime/operation';
import { catchStatus, isRefusal, RequestFailed } from '../transport/failure';
import { path } from '../transport/path';
import { isRecord } from '../transport/record';
import { attribute } from '../transport/scim/attributes';

/**
 * Creates a user or a group. If the reply does not contain the record, reads it from the address in the
 * Location header (RFC 7644 3.3), or finds it with `lookUp`.
 *
 * @returns the new record as Appspace shows it
 */
export async function createRecord(
	call: Call,
	plural: 'Users' | 'Groups',
	record: IDataObject,
	lookUp: () => Promise<IDataObject | undefined>,
): Promise<IDataObject> {
	const posted = { method: 'POST', path: plural, body: record, acceptsText: true } as const;
	const { body, headers } = await call.reply(posted);
	if (isRecord(body) && attribute(body, 'id') !== undefined) return body;
	const address = pathIn(headers.location, plural);
	const made = address && (await catchStatus(call.record({ path: address }), 404));
	const found = made && !isRefusal(made) ? made : await lookUp();
	if (found) return found;
	throw new RequestFailed({
		kind: 'input',
		message: `Appspace created the ${plural === 'Users' ? 'user' : 'group'} and does not show it`,
		description: 'Look for it with Get Many before you run this operation again.',
	});
}

/** The path of the record at an address. Uses only the ID: the record is read below the Base URL. */
function pathIn(location: unknown, plural: string): string | undefined {
	const [, id] = new RegExp(`/${plural}/([^/?#]+)/?$`, 'i').exec(String(location)) ?? [];
	try {
		return id && `${plural}/${path`${decodeURIComponent(id)}`}`;
	} catch {
		return undefined;
	}
}
