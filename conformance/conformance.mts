import { normalizeBaseUrl } from '../credentials/auth/baseUrl.ts';
import { resources } from '../nodes/Appspace/resources/resources.ts';
import { appspaceNode } from '../test/support/appspaceNode.mts';
import { CredentialStore } from '../test/support/credentialStore.mts';
import { run } from '../test/support/engine.mts';
import { distinct, judgeAnswers } from './answers.mts';
import { asker, type Ask } from './ask.mts';
import { recordsOf, type Exchange } from './exchange.mts';
import { EXPECTATIONS } from './expectations/all.mts';
import { judgeTimes, timesIn } from './fields.mts';
import type { Finding } from './finding.mts';
import { Found, pathFor } from './found.mts';
import { openGateway, type Gateway } from './gateway.mts';
import { EXCHANGE, searchesOf } from './guard.mts';
import { runOperations, SUBJECTS, type Outcome } from './operations.mts';
import { Pace } from './pace.mts';
import { judgeExchanges, judgeKeyWay, judgeNoAccess, probeRefusals } from './probes/access.mts';
import { probeContent } from './probes/content.mts';
import { probeFilters, type FilterRow } from './probes/filters.mts';
import { probeListing, type ListingRow } from './probes/listing.mts';
import { probeQuestions } from './probes/questions.mts';
import { endpointKey, probeServices, type ServiceRow, type Services } from './probes/services.mts';
import { probeUnknownId, type UnknownIdRow } from './probes/unknownIds.mts';
import { safe } from './redaction.mts';
import { Sender } from './sender.mts';
import { verdictOn, type Verdict } from './verdict.mts';

export interface Options {
	/** The maximum number of requests per second; Infinity for no limit. */
	perSecond: number;
	/** Receives progress messages, in our own words. */
	tell?: (text: string) => void;
}

/** Everything that a run found out. It contains nothing of the tenant: see `redaction.mts`. */
export interface Findings {
	/** Whether the tenant gave access at all. */
	hasAccess: boolean;
	verdicts: Verdict[];
	findings: Finding[];
	listings: ListingRow[];
	filters: FilterRow[];
	unknownIds: UnknownIdRow[];
	services: ServiceRow[];
	requests: number;
	/** Requests that were blocked because they could have changed something. */
	refused: number;
	/** The median response time in milliseconds. */
	took: number;
	/** The same for token exchanges; undefined if there were none. */
	exchangeTook?: number;
	/** Whether Appspace replaced the given refresh token. The new one is not kept. */
	isReplaced: boolean;
}

/**
 * Runs the node's read operations against a tenant, asks what they leave open, and compares both with the
 * API notes. It never writes: see `guard.mts`.
 * @param credential the fields of an Appspace API credential
 * @throws Error if the base URL is not valid
 */
export async function checkConformance(
	credential: Record<string, string>,
	options: Options,
): Promise<Findings> {
	const known = SUBJECTS.flatMap(({ operation }) => operation.endpoints);
	const endpoints = [...new Set([...EXPECTATIONS.map(({ endpoint }) => endpoint), ...known])];
	const pace = new Pace(options.perSecond);
	const origin = normalizeBaseUrl(credential.baseUrl);
	const sender = new Sender(origin, pace, searchesOf(resources), endpoints);
	const gateway = await openGateway(sender);
	try {
		const data = { ...credential, baseUrl: gateway.url };
		const credentials = new CredentialStore({ main: { type: 'appspaceApi', data } });
		const found = await check(sender, gateway, credentials, options);
		const { refreshToken } = credentials.read('main');
		return { ...found, isReplaced: refreshToken !== credential.refreshToken };
	} finally {
		await gateway.close();
		await sender.close();
	}
}

async function check(
	sender: Sender,
	gateway: Gateway,
	credentials: CredentialStore,
	{ tell = () => {} }: Options,
): Promise<Omit<Findings, 'isReplaced'>> {
	const { exchanges } = sender;
	const me = async () => {
		await run({ credentials, nodes: [appspaceNode('user.getCurrent')] });
	};
	tell('Getting access');
	await me();
	if (!gateway.carried()) return withoutAccess(exchanges);

	const outcomes = await runOperations(credentials, exchanges, (done, of) => {
		tell(`Operations: ${done} of ${of}`);
	});
	const ask = asker(sender, gateway, me);
	const found = new Found(exchanges);
	const read = exchanges.filter(({ by }) => by === 'node');
	tell('Services and their descriptions');
	const services = await probeServices(ask);
	const probed = await probeEndpoints(ask, found, tell);
	tell('Open questions');
	const findings = distinct([
		...judgeExchanges(exchanges),
		...judgeKeyWay(credentials.read('main').accessTokenRecord),
		...(await probeRefusals(ask)),
		...services.findings,
		...judgeAnswers(read),
		...judgeTimes(timesIn(read.flatMap(recordsOf))),
		...probed.findings,
		...(await probeQuestions(ask, found, read)),
		...(await probeContent(ask, read, sender.origin)),
	]);
	return {
		...{ hasAccess: true, ...probed, services: services.rows, findings },
		verdicts: outcomes.map((outcome) => ({
			...verdictOn(outcome, findings),
			described: describedPart(outcome, services),
		})),
		...countsOf(sender.exchanges),
		refused: sender.refused,
	};
}

async function probeEndpoints(
	ask: Ask,
	found: Found,
	tell: (text: string) => void,
): Promise<Pick<Findings, 'listings' | 'filters' | 'unknownIds' | 'findings'>> {
	const result: Awaited<ReturnType<typeof probeEndpoints>> = {
		...{ listings: [], filters: [], unknownIds: [], findings: [] },
	};
	for (const [index, expectation] of EXPECTATIONS.entries()) {
		tell(`Endpoints: ${index + 1} of ${EXPECTATIONS.length}`);
		const path = pathFor(expectation.endpoint, found);
		if (path === undefined || expectation.refusedWith !== undefined) continue;
		if (expectation.form === 'listing') {
			const listing = await probeListing(ask, expectation, path);
			if (listing) result.listings.push(listing.row);
			result.findings.push(...(listing?.findings ?? []));
		}
		for (const { row, finding } of await probeFilters(ask, expectation, path)) {
			result.filters.push(row);
			result.findings.push(finding);
		}
		const unknown = await probeUnknownId(ask, expectation, found);
		if (unknown) result.unknownIds.push(unknown.row);
		result.findings.push(...(unknown?.findings ?? []));
	}
	return result;
}

function describedPart({ subject }: Outcome, services: Services): Verdict['described'] {
	const readable = subject.operation.endpoints.filter((endpoint) =>
		services.readable.has(endpoint.split(' ')[1]?.split('/')[0] ?? ''),
	);
	if (readable.length === 0) return undefined;
	const named = readable.filter((endpoint) => services.described.has(endpointKey(endpoint)));
	if (named.length === 0) return 'none';
	return named.length === subject.operation.endpoints.length ? 'all' : 'some';
}

function withoutAccess(exchanges: readonly Exchange[]): Omit<Findings, 'isReplaced'> {
	const reason = safe`no access to the tenant`;
	return {
		...{ hasAccess: false, listings: [], filters: [], unknownIds: [], services: [] },
		findings: [judgeNoAccess(exchanges), ...judgeExchanges(exchanges)],
		verdicts: SUBJECTS.map((subject) => {
			const outcome = { subject, reason, hasFailed: false, exchanges: [] };
			return verdictOn(outcome, []);
		}),
		...countsOf(exchanges),
		refused: 0,
	};
}

function countsOf(
	exchanges: readonly Exchange[],
): Pick<Findings, 'requests' | 'took' | 'exchangeTook'> {
	const isExchange = ({ path, by }: Exchange) => by === 'node' && path.toLowerCase() === EXCHANGE;
	return {
		requests: exchanges.length,
		took: median(exchanges.filter((exchange) => !isExchange(exchange))) ?? 0,
		exchangeTook: median(exchanges.filter(isExchange)),
	};
}

function median(exchanges: readonly Exchange[]): number | undefined {
	const times = exchanges.map(({ took }) => took).sort((one, other) => one - other);
	return times[Math.floor(times.length / 2)];
}
