import { LONGEST_REFUSAL, discardBody, openFile } from './openFile';
import type { Reply } from './reply';
import type { TenantRequest } from './tenantRequest';

/** What is read of a success: what the caller makes of it. Of a refusal: its words. */
export async function readReply(
	reply: Reply,
	{ limit, read }: NonNullable<TenantRequest['reading']>,
): Promise<unknown> {
	const isSuccess = reply.statusCode >= 200 && reply.statusCode <= 299;
	const file = openFile(reply, PLACE, isSuccess ? limit : LONGEST_REFUSAL);
	try {
		return await (isSuccess ? read(file) : file.answer().catch(() => undefined));
	} catch (error) {
		discardBody(reply);
		// n8n does not always pass on as it is what made a stream fail.
		throw file.failed ?? error;
	}
}

/** Answers of the API have no file name of their own. */
const PLACE = new URL('http://tenant.invalid/answer');
