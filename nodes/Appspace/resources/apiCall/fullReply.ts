import type { IDataObject } from 'n8n-workflow';
import { RecordWithFile, type Call, type Output } from '../../runtime/operation';
import { asItems } from '../../runtime/passThrough';
import { effectOf } from '../../transport/effect';
import { nameInAddress } from '../../transport/fileName';
import type { OpenFile } from '../../transport/file';
import { NO_CONTENT, type Reply } from '../../transport/reply';
import type { Reading, TenantRequest } from '../../transport/tenantRequest';

/** Session cookies of the tenant do not belong in workflow data. */
const NEVER_SHOWN = ['set-cookie', 'set-cookie2'];

/**
 * Sends a request and returns its answer as text, as a file, or as a full response.
 *
 * @param isFull whether to include status and headers
 */
export async function fullReply(
	call: Call,
	request: TenantRequest,
	isFull: boolean,
): Promise<Output | Output[]> {
	const reading = readingFor(call, request);
	const reply = await call.reply({ ...request, ...(reading && { reading }), acceptsText: true });
	const head = isFull ? headOf(reply) : {};
	const { body } = reply;
	if (body instanceof RecordWithFile) {
		return new RecordWithFile({ ...head, ...body.json }, body.binary);
	}
	if (isFull) return { ...head, body: (body ?? null) as IDataObject[string] };
	return asItems(body ?? '');
}

function readingFor(call: Call, request: TenantRequest): Reading | undefined {
	const limit = call.largestFile();
	switch (call.text('responseFormat')) {
		case 'text':
			return { limit, read: async (file) => await file.text() };
		case 'file': {
			// Check the name of the output field before sending anything.
			call.outputField();
			const name = nameInAddress(request.path);
			return { limit, name, read: async (file) => await attached(call, file, name, request) };
		}
		default:
			return undefined;
	}
}

/** The file in an answer; undefined if a write returns no content, or for HEAD. */
async function attached(
	call: Call,
	file: OpenFile,
	name: string,
	request: TenantRequest,
): Promise<RecordWithFile | undefined> {
	const isRead = effectOf(request) === 'read' && request.method !== 'HEAD';
	if (!isRead && (file.status === NO_CONTENT || request.method === 'HEAD')) return undefined;
	if (isRead) file.expected = { name, size: 0 };
	return await call.attach(file, {});
}

function headOf({ statusCode, headers }: Reply): IDataObject {
	const shown = Object.entries(headers).filter(([name]) => !NEVER_SHOWN.includes(name));
	return { statusCode, headers: Object.fromEntries(shown) };
}
