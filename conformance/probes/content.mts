import { isSuccess } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { recordsOf, type Exchange } from '../exchange.mts';
import type { Finding } from '../finding.mts';
import { say } from '../redaction.mts';

const CONTENT_HOSTS = /\.(appspace|appspaceusercontent)\.com$/;
const PAGE = /\.html?$/i;
const ENDPOINT = 'GET libraries/contents/{id}';

/** Where the files of contents lie, and whether anybody can fetch them from the tenant's own address. */
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
	// A card is a web page itself.
	const own = owns.find(({ pathname }) => !PAGE.test(pathname)) ?? owns[0];
	if (own) {
		const { status, form } = await ask({ path: own.pathname + own.search, access: 'none' });
		const isOpen = isSuccess({ status });
		if (isOpen && (form === 'empty' || (form === 'html' && !PAGE.test(own.pathname)))) {
			const topic = form === 'empty' ? 'content.nothing' : 'content.page';
			const what = form === 'empty' ? say`nothing` : say`a web page`;
			return [
				{ ...at, topic, text: say`the address of a file gives ${what} with status ${status}` },
			];
		}
		const text = isOpen
			? say`files lie at the tenant's own address, open without a token`
			: say`files lie at the tenant's own address and need the token: status ${status} without`;
		return [{ topic: isOpen ? 'content.open' : 'content.shut', text, ...at }];
	}
	if (urls.length === 0) return [];
	const isKnown = urls.every(({ hostname }) => CONTENT_HOSTS.test(hostname));
	const text = isKnown
		? say`files lie on the known content hosts of Appspace`
		: say`files lie on a host that is not known, from which the node does not download`;
	return [{ ...at, topic: isKnown ? 'content.hosts' : 'content.elsewhere', text }];
}

function parsed(url: unknown, origin: string): URL | undefined {
	try {
		return typeof url === 'string' ? new URL(url, origin) : undefined;
	} catch {
		return undefined;
	}
}
