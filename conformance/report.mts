import { isUnconfirmed } from '../nodes/Appspace/runtime/properties.ts';
import type { Findings } from './conformance.mts';
import type { Finding } from './finding.mts';
import { listed, ours, roundTime, safe, thisPackage, today, type SafeText } from './redaction.mts';
import { markdown, type Column } from './table.mts';
import type { Result, Verdict } from './verdict.mts';

/** The results of a run, in the order in which the report counts them. */
const RESULTS: ReadonlyArray<[result: Result, text: SafeText]> = [
	['works', safe`works`],
	['differs', safe`differs`],
	['not permitted', safe`not permitted`],
	['not there', safe`not there`],
	['not tried', safe`not tried`],
];

const DESCRIBED: Record<NonNullable<Verdict['described']>, SafeText> = {
	all: safe`yes`,
	some: safe`in part`,
	none: safe`no`,
};

/** Topics that the tables cover, row by row. */
const IN_TABLES = /^(filter\.|unknownId|openapi\.(open|shut)|errorBody\.)/;

/** The report as Markdown. Every word of it is our own: see `redaction.mts`. */
export function reportText(found: Findings, isSandbox: boolean): string {
	const isTried = ({ result }: Verdict) => result !== 'not tried';
	const parts = [
		...head(found, isSandbox),
		...(found.hasAccess ? [] : [safe`The tenant gave no access, so nothing could be tried.`]),
		safe`## Operations that read`,
		operationTable(found.verdicts.filter(isTried)),
		...section(safe`## Differences`, differences(found.findings)),
		...section(safe`## Answers to open questions`, answers(found.findings)),
		...section(safe`## Confirmed`, confirmed(found.findings)),
		...section(safe`## Grades that these results support`, supported(found.verdicts)),
		...section(safe`## Listings`, listingTable(found)),
		...section(safe`## Filters`, filterTable(found)),
		...section(safe`## Missing records`, unknownIdTable(found)),
		...section(safe`## Services`, serviceTable(found)),
		...section(safe`## Not tried`, untried(found.verdicts.filter((one) => !isTried(one)))),
	];
	return `${parts.map(({ text }) => text).join('\n\n')}\n`;
}

/** How many operations had each result: "works 45, differs 1". */
export function countText(verdicts: readonly Verdict[]): SafeText {
	const counts = RESULTS.map(([result, text]) => {
		return [text, verdicts.filter((verdict) => verdict.result === result).length] as const;
	});
	return listed(
		counts.filter(([, count]) => count > 0).map(([text, count]) => safe`${text} ${count}`),
	);
}

/** What to do with a report. */
export function sendingText(isSandbox: boolean): SafeText {
	if (isSandbox) return safe`This report is about the sandbox, so there is nothing to send.`;
	const { newIssue } = thisPackage();
	return safe`Read it first, then open an issue at ${newIssue} and paste it there.`;
}

function head(found: Findings, isSandbox: boolean): SafeText[] {
	const { verdicts, findings, requests, took, exchangeTook } = found;
	const { version } = thisPackage();
	const against = isSandbox ? safe`the sandbox` : safe`an Appspace tenant`;
	const count = (standing: Finding['standing']) =>
		findings.filter((finding) => finding.standing === standing).length;
	const exchange =
		exchangeTook === undefined ? safe`` : safe`, a token exchange ${roundTime(exchangeTook)}`;
	return [
		safe`# Conformance report`,
		safe`n8n-nodes-appspace ${version}, ${today()}, against ${against}.`,
		listed(
			[
				safe`- Operations: ${countText(verdicts)}`,
				safe`- Details: ${count('known')} confirmed, ${count('differs')} different, ${count('new')} new`,
				safe`- Requests: ${requests}, all of them reads; a response took ${roundTime(took)}${exchange}`,
			],
			safe`\n`,
		),
		safe`The API notes are in docs/appspace-api.md; numbers such as 5.3 are its sections. This report contains no names, addresses, IDs, tokens, hosts, or other values of the tenant: it consists of fixed sentences, counts, and names that the package knows.`,
		sendingText(isSandbox),
	];
}

function section(title: SafeText, body: SafeText | undefined): SafeText[] {
	return body ? [title, body] : [];
}

function resultText({ result }: Verdict): SafeText {
	const text = RESULTS.find(([one]) => one === result)?.[1] ?? safe``;
	return result === 'works' ? text : safe`**${text}**`;
}

const nameOf = ({ outcome: { subject } }: Verdict) =>
	safe`${ours(subject.resource.name)}: ${ours(subject.operation.name)}`;

const code = (name: string) => safe`\`${ours(name)}\``;

const describedText = ({ described }: Verdict) =>
	described ? DESCRIBED[described] : safe`not known`;

function operationTable(verdicts: readonly Verdict[]): SafeText {
	const columns: Array<Column<Verdict>> = [
		[safe`Operation`, nameOf],
		[safe`Result`, resultText],
		[safe`How`, ({ because }) => listed(because, safe`; `)],
		[safe`Described by the tenant`, describedText],
		[safe`Grade so far`, ({ outcome }) => ours(outcome.subject.operation.evidence.grade)],
	];
	return verdicts.length > 0 ? markdown(columns, verdicts) : safe`None.`;
}

function differences(findings: readonly Finding[]): SafeText | undefined {
	const different = findings.filter(({ standing }) => standing === 'differs');
	if (different.length === 0) return safe`None: everything matches the API notes.`;
	return lines(different);
}

function answers(findings: readonly Finding[]): SafeText | undefined {
	const fresh = findings.filter(
		({ standing, topic }) => standing === 'new' && !IN_TABLES.test(topic),
	);
	return fresh.length > 0 ? lines(fresh) : undefined;
}

/** Findings that match the API notes and are in no table. Matching fields and pages are only counted. */
function confirmed(findings: readonly Finding[]): SafeText | undefined {
	const known = findings.filter(
		({ standing, topic }) =>
			standing === 'known' && !/^(fields\.present|size\.|end\.|filter\.|errorBody\.)/.test(topic),
	);
	return known.length > 0 ? lines(known) : undefined;
}

/** One line per topic, even if many endpoints share it. */
function lines(findings: readonly Finding[]): SafeText {
	const matters = grouped(findings).map((same) => {
		const [{ text }] = same;
		const sections = [...new Set(same.map(({ section: at }) => at))].map(ours);
		const places = same.flatMap(({ endpoint }) => (endpoint ? [code(endpoint)] : []));
		const [place] = places;
		if (!place) return safe`- ${text} (${listed(sections)})`;
		if (places.length === 1) return safe`- ${place} (${listed(sections)}): ${text}`;
		return safe`- ${text} (${listed(sections)}): ${listed(places)}`;
	});
	return listed(matters, safe`\n`);
}

type Group = readonly [Finding, ...Finding[]];

/** Groups of findings with the same text, in the order of the first of each. */
export function grouped(findings: readonly Finding[]): Group[] {
	const groups = new Map<string, [Finding, ...Finding[]]>();
	for (const finding of findings) {
		const group = groups.get(finding.text.text);
		if (group) group.push(finding);
		else groups.set(finding.text.text, [finding]);
	}
	return [...groups.values()];
}

function supported(verdicts: readonly Verdict[]): SafeText | undefined {
	const weak = verdicts.filter(
		({ result, outcome }) => result === 'works' && isUnconfirmed(outcome.subject.operation),
	);
	if (weak.length === 0) return undefined;
	const lines = weak.map((verdict) => {
		const { grade } = verdict.outcome.subject.operation.evidence;
		return safe`- ${nameOf(verdict)} (so far ${ours(grade)})`;
	});
	return safe`These operations work here but have only weak public evidence:\n\n${listed(lines, safe`\n`)}`;
}

function listingTable({ listings }: Findings): SafeText | undefined {
	if (listings.length === 0) return undefined;
	return markdown(
		[
			[safe`Endpoint`, ({ endpoint }) => code(endpoint)],
			[safe`size is`, ({ size }) => size],
			[safe`Usual page`, ({ usual }) => usual],
			[safe`Largest page`, ({ most }) => most],
			[safe`Past the end`, ({ end }) => end],
		],
		listings,
	);
}

function filterTable({ filters }: Findings): SafeText | undefined {
	if (filters.length === 0) return undefined;
	return markdown(
		[
			[safe`Endpoint`, ({ endpoint }) => code(endpoint)],
			[safe`Filter`, ({ filter }) => filter],
			[safe`Here`, ({ effect }) => effect],
			[safe`So far`, ({ known }) => known],
		],
		filters,
	);
}

function unknownIdTable({ unknownIds }: Findings): SafeText | undefined {
	if (unknownIds.length === 0) return undefined;
	return markdown(
		[
			[safe`Endpoint`, ({ endpoint }) => code(endpoint)],
			[safe`ID without a record`, ({ missing }) => missing],
			[safe`Text that is not an ID`, ({ malformed }) => malformed],
		],
		unknownIds,
	);
}

function serviceTable({ services }: Findings): SafeText | undefined {
	if (services.length === 0) return undefined;
	return markdown(
		[
			[safe`Service`, ({ service }) => code(service)],
			[safe`Description`, ({ description }) => description],
			[safe`BETA`, ({ beta }) => beta],
		],
		services,
	);
}

function untried(verdicts: readonly Verdict[]): SafeText | undefined {
	if (verdicts.length === 0) return undefined;
	const table = markdown<Verdict>(
		[
			[safe`Operation`, nameOf],
			[safe`Why`, ({ because }) => listed(because, safe`; `)],
			[safe`Described by the tenant`, describedText],
		],
		verdicts,
	);
	return safe`This check only reads. So it never tries which publishing rule a tenant wants, Append or Overwrite, or whether Appspace keeps fractions of a second in writes.\n\n${table}`;
}
