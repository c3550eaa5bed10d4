import { RequestFailed } from './failure';
import { discardBody } from './openFile';
import { MOST_REDIRECTS, redirectIn, REDIRECTED_FOR_EVER, type Reply } from './reply';
import type { Effect } from './retry';

export interface RedirectOptions {
	/** Where it begins. */
	url: string;
	effect: Effect;
	/** Whether the secret may go to this address. */
	isAllowed: (url: string) => boolean;
	/** Whether an answer that leads elsewhere is handed back as it is. */
	returnsRedirects?: boolean;
	/** Whether bodies come as streams: of an answer that leads elsewhere, it is let go. */
	isStream?: boolean;
	/** Sends the request there; `isSentOn` when another answer led there, whose address says everything. */
	call: (url: string, isSentOn: boolean) => Promise<Reply>;
}

/**
 * Sends a request and follows where it leads: reads only, and only to where its secret may go.
 *
 * @throws RequestFailed
 */
export async function followRedirects(journey: RedirectOptions): Promise<Reply> {
	const { effect, isAllowed, call } = journey;
	let { url } = journey;
	if (!isAllowed(url)) throw new RequestFailed({ kind: 'answer', message: REDIRECTED });
	for (let redirects = 0; ; redirects++) {
		const reply = await call(url, redirects > 0);
		const location = redirectIn(reply);
		if (location === undefined || journey.returnsRedirects) return reply;
		if (journey.isStream) discardBody(reply);
		const next = absolute(location, url);
		if (next === undefined || !isAllowed(next) || effect !== 'read') {
			throw new RequestFailed({ kind: 'answer', message: REDIRECTED });
		}
		if (redirects === MOST_REDIRECTS) {
			throw new RequestFailed({ kind: 'answer', message: REDIRECTED_FOR_EVER });
		}
		url = next;
	}
}

function absolute(location: string, base: string): string | undefined {
	try {
		return new URL(location, base).href;
	} catch {
		return undefined;
	}
}

const REDIRECTED =
	'Appspace sends this request on to another address, which is not followed with an access token.';
