import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../transport/record';
import type { TenantRequest } from '../transport/tenantRequest';
import type { Call } from './operation';

/**
 * Sends a request whose reply is not public (appspace-api.md 7, question 12) and hands on what comes:
 * one item for each record of a list, one for an object, `data` for anything else, and
 * `{ "success": true }` where the reply is empty.
 */
export async function passThrough(
	call: Pick<Call, 'request'>,
	request: TenantRequest,
): Promise<IDataObject | IDataObject[]> {
	return asItems(await call.request({ ...request, acceptsText: true }));
}

/** The items for a reply of any shape. */
export function asItems(reply: unknown): IDataObject | IDataObject[] {
	if (reply === undefined || reply === null) return { success: true };
	if (Array.isArray(reply)) return reply.map(asItem);
	if (!isRecord(reply)) return asItem(reply);
	return Array.isArray(reply.items) ? reply.items.map(asItem) : reply;
}

function asItem(entry: unknown): IDataObject {
	return isRecord(entry) ? entry : { data: entry as IDataObject[string] };
}
