import { effectOf } from './effect';
import { isRefusal, RequestFailed } from './failure';
import type { Outgoing, Step } from './pipeline';

export interface RedirectOptions {
	/**
	 * Whether a request may go to this address, given what it is signed with.
	 *
	 * @throws RequestFailed to refuse the address in words of its own
	 */
	isAllowed: (url: string, request: Outgoing) => boolean;
}

const MOST_REDIRECTS = 5;

/** Follows where an answer leads: reads only, and only to where the request may go. */
export function followRedirects({ isAllowed }: RedirectOptions): Step {
	return async (request, next) => {
		let current = request;
		for (let redirects = 0; ; redirects++) {
			const { url } = current;
			if (url === undefined || !isAllowed(url, current)) throw redirected();
			try {
				return await next(current);
			} catch (error) {
				const location = isRefusal(error) ? error.failure.location : undefined;
				if (location === undefined) throw error;
				if (effectOf(request) !== 'read') throw redirected();
				if (redirects === MOST_REDIRECTS) throw circular();
				// The address of a redirect says everything, the query included.
				current = { ...current, url: absolute(location, url), query: undefined };
			}
		}
	};
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
			'Appspace sends this request on to another address, which is not followed with an access token.',
	});
}

function circular(): RequestFailed {
	return new RequestFailed({
		kind: 'answer',
		message: 'Appspace sends this request round in a circle of addresses.',
	});
}
