import { effectOf } from './effect';
import { isRefusal, RequestFailed } from './failure';
import type { Outgoing, Step } from './pipeline';

export interface RedirectOptions {
	/**
	 * Whether a request may go to this address with its credential.
	 *
	 * @throws RequestFailed to refuse the address with its own message
	 */
	isAllowed: (url: string, request: Outgoing) => boolean;
}

const MAX_REDIRECTS = 5;

/** Follows redirects of reads, and only to allowed addresses. */
export function followRedirects({ isAllowed }: RedirectOptions): Step {
	return async (request, next) => {
		let current = request;
		for (let redirects = 0; ; redirects++) {
			const { url } = current;
			if (url === undefined || !isAllowed(url, current)) throw redirected();
			const answer = await next(current).catch(redirectIn);
			if (!('location' in answer)) return answer;
			if (effectOf(request) !== 'read') throw redirected();
			if (redirects === MAX_REDIRECTS) throw circular();
			// The address of a redirect is complete and includes the query.
			current = { ...current, url: absolute(answer.location, url), query: undefined };
		}
	};
}

/** Where a refusal leads, if it is a redirect; every other failure is thrown on. */
function redirectIn(error: unknown): { location: string } {
	const location = isRefusal(error) ? error.failure.location : undefined;
	if (location === undefined) throw error;
	return { location };
}

function absolute(location: string, base: string): string | undefined {
	try {
		return new URL(location, base).href;
	} catch {
		return undefined;
	}
}

function redirected(): RequestFailed {
	return new RequestFailed({
		kind: 'answer',
		message:
			'Appspace redirects this request to another address, to which the access token is not sent.',
	});
}

function circular(): RequestFailed {
	return new RequestFailed({
		kind: 'answer',
		message: 'Appspace redirects this request in a circle.',
	});
}
