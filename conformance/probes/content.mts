import { isSuccess } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { recordsOf, type Exchange } from '../exchange.mts';
import type { Finding } from '../finding.mts';
import { safe } from '../redaction.mts';

const CONTENT_HOSTS = /\.(appspace|appspaceusercontent)\.com$/;
const PAGE = /\.html?$/i;
const ENDPOINT = 'GET libraries/contents/{id}';

/** Where content files are, and whether the tenant's own address serves them without a token. */
export async function probeContent(
	ask: Ask,
	exchanges: readonly Exchange[],
	origin: string,
): Promise<Finding[]> {
	const urls = exchanges
		.filter(({ endpoint }) => endpoint === ENDPOINT)
		.flatMap(recordsOf)
		.map(({ contentURL }) => parsed(contentURL, origin))
		.filter((url) => url !== undefined);
	const at = { section: '3.1', endpoint: ENDPOINT, standing: 'new' as const };
	const owns = urls.filter((url) => url.origin === origin);
	// A card itself is a web page.
	const own = owns.find(({ pathname }) => !PAGE.test(pathname)) ?? owns[0];
	if (own) {
		const { status, form } = await ask({ path: own.pathname + own.search, access: 'none' });
		const isOpen = isSuccess({ status });
		if (isOpen && (form === 'empty' || (form === 'html' && !PAGE.test(own.pathname)))) {
			const topic = form === 'empty' ? 'content.nothing' : 'content.page';
			const what = form === 'empty' ? safe`nothing` : safe`a web page`;
			return [
				{ ...at, topic, text: safe`the address of a file returns ${what} with status ${status}` },
			];
		}
		const text = isOpen
			? safe`files are at the tenant's own address, open without a token`
			: safe`files are at the tenant's own address and need the token: status ${status} without it`;
		return [{ topic: isOpen ? 'content.open' : 'content.shut', text, ...at }];
	}
	if (urls.length === 0) return [];
	const isKnown = urls.every(({ hostname }) => CONTENT_HOSTS.test(hostname));
	const text = isKnown
		? safe`files are on the known content hosts of Appspace`
		: safe`files are on an unknown host, from which the node does not download`;
	return [{ ...at, topic: isKnown ? 'content.hosts' : 'content.elsewhere', text }];
}

function parsed(url: unknown, origin: string): URL | undefined {
	try {
		return typeof url === 'string' ? new URL(url, origin) : undefined;
	} catch {
		return undefined;
	}
}
