import type { IDataObject } from 'n8n-workflow';
import { RecordWithFile, type Call, type Output } from '../../runtime/operation';
import { asItems } from '../../runtime/passThrough';
import type { Reply } from '../../transport/reply';
import type { TenantRequest } from '../../transport/tenantRequest';

/** A session of the tenant's is nothing for a workflow. */
const NEVER_SHOWN = ['set-cookie', 'set-cookie2'];

/**
 * Sends a request whose answer is wanted in another form than as records: as text or as a file, and with
 * status and headers where `isFull`.
 */
export async function fullReply(
	call: Call,
	request: TenantRequest,
	isFull: boolean,
): Promise<Output | Output[]> {
	const reply = await call.reply({ ...request, ...readingFor(call), acceptsText: true });
	const head = isFull ? headOf(reply) : {};
	const { body } = reply;
	if (body instanceof RecordWithFile) {
		return new RecordWithFile({ ...head, ...body.json }, body.binary);
	}
	if (isFull) return { ...head, body: (body ?? null) as IDataObject[string] };
	return asItems(body ?? '');
}

function readingFor(call: Call): Pick<TenantRequest, 'reading'> {
	const limit = call.largestFile();
	switch (call.text('responseFormat')) {
		case 'text':
			return { reading: { limit, read: async (file) => await file.text() } };
		case 'file':
			// Refused before anything is sent.
			call.outputField();
			return { reading: { limit, read: async (file) => await call.attach(file, {}) } };
		default:
			return {};
	}
}

function headOf({ statusCode, headers }: Reply): IDataObject {
	const shown = Object.entries(headers).filter(([name]) => !NEVER_SHOWN.includes(name));
	return { statusCode, headers: Object.fromEntries(shown) };
}
