import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../transport/record';
import { announcesMore, natural, pageIn } from '../transport/page';
import type { TenantRequest } from '../transport/tenantRequest';
import type { Call } from './operation';

/**
 * Sends a request whose reply is not public (appspace-api.md 7, question 12) and returns the reply as
 * items: one item for each record of a list, one for an object, `data` for anything else, and `{ "success":
 * true }` if the reply is empty.
 */
export async function passThrough(
	call: Pick<Call, 'request' | 'hint'>,
	request: TenantRequest,
): Promise<IDataObject | IDataObject[]> {
	const reply = await call.request({ ...request, acceptsText: true });
	hintOnFirstPage(call, reply);
	return asItems(reply);
}

/** Adds a hint if a reply is one page of a longer list. */
export function hintOnFirstPage(call: Pick<Call, 'hint'>, reply: unknown): void {
	const page = isEnvelope(reply) ? pageIn(reply) : undefined;
	if (!page || !announcesMore(page)) return;
	const { entries, size } = page;
	const of = size === undefined ? '' : ` of ${size}`;
	call.hint(
		`The list may be incomplete: this is one page with ${entries.length} records${of}. To get the rest, use Raw Request with Read Page by Page.`,
	);
}

/** Converts a reply of any shape to items. */
export function asItems(reply: unknown): IDataObject | IDataObject[] {
	if (reply === undefined || reply === null) return { success: true };
	if (Array.isArray(reply)) return reply.map(asItem);
	if (!isRecord(reply)) return asItem(reply);
	return Array.isArray(reply.items) ? reply.items.map(asItem) : reply;
}

/** Whether a reply is the envelope of a list (appspace-api.md 3.3). */
export function isEnvelope(reply: unknown): reply is IDataObject & { items: unknown[] } {
	const { items, start, limit, size } = (reply ?? {}) as IDataObject;
	return Array.isArray(items) && [start, limit, size].some((one) => natural(one) !== undefined);
}

/** Converts an entry of a list to an item. */
export function asItem(entry: unknown): IDataObject {
	return isRecord(entry) ? entry : { data: entry as IDataObject[string] };
}
