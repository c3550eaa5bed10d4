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
			try {
				return await next(current);
			} catch (error) {
				const location = isRefusal(error) ? error.failure.location : undefined;
				if (location === undefined) throw error;
				if (effectOf(request) !== 'read') throw redirected();
				if (redirects === MAX_REDIRECTS) throw circular();
				// The address of a redirect is complete and includes the query.
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
			'Appspace redirects this request to another address, to which the access token is not sent.',
	});
}

function circular(): RequestFailed {
	return new RequestFailed({
		kind: 'answer',
		message: 'Appspace redirects this request in a circle.',
	});
}
