import { isUnconfirmed } from '../nodes/Appspace/runtime/properties.ts';
import type { Findings } from './conformance.mts';
import type { Finding } from './finding.mts';
import { listed, ours, roundTime, say, thisPackage, today, type Said } from './redaction.mts';
import { markdown, type Column } from './table.mts';
import type { Result, Verdict } from './verdict.mts';

/** How a run ended, in the order in which the results are counted. */
const RESULTS: ReadonlyArray<[result: Result, text: Said]> = [
	['works', say`works`],
	['differs', say`differs`],
	['not permitted', say`not permitted`],
	['not there', say`not there`],
	['not tried', say`not tried`],
];

const DESCRIBED: Record<NonNullable<Verdict['described']>, Said> = {
	all: say`yes`,
	some: say`in part`,
	none: say`no`,
};

/** Topics that the tables tell of, row by row. */
const IN_TABLES = /^(filter\.|unknownId|openapi\.(open|shut)|errorBody\.)/;

/** The report, as Markdown. Every word of it is our own: see `redaction.mts`. */
export function reportText(found: Findings, isSandbox: boolean): string {
	const isTried = ({ result }: Verdict) => result !== 'not tried';
	const parts = [
		...head(found, isSandbox),
		...(found.hasAccess ? [] : [say`The tenant gave no access, so nothing could be tried.`]),
		say`## Operations that read`,
		operationTable(found.verdicts.filter(isTried)),
		...section(say`## What differs`, differences(found.findings)),
		...section(say`## Answers to open questions`, answers(found.findings)),
		...section(say`## As known`, confirmed(found.findings)),
		...section(say`## Grades that this supports`, supported(found.verdicts)),
		...section(say`## Listings`, listingTable(found)),
		...section(say`## Filters`, filterTable(found)),
		...section(say`## Records that are not there`, unknownIdTable(found)),
		...section(say`## Services`, serviceTable(found)),
		...section(say`## Not tried`, untried(found.verdicts.filter((one) => !isTried(one)))),
	];
	return `${parts.map(({ text }) => text).join('\n\n')}\n`;
}

/** How many operations came to each result: "works 45, differs 1". */
export function countText(verdicts: readonly Verdict[]): Said {
	const counts = RESULTS.map(([result, text]) => {
		return [text, verdicts.filter((verdict) => verdict.result === result).length] as const;
	});
	return listed(
		counts.filter(([, count]) => count > 0).map(([text, count]) => say`${text} ${count}`),
	);
}

/** What to do with a report. */
export function sendingText(isSandbox: boolean): Said {
	if (isSandbox) return say`This is about the sandbox, so there is nothing to send.`;
	const { newIssue } = thisPackage();
	return say`Read it first, then open an issue at ${newIssue} and paste it there.`;
}

function head(found: Findings, isSandbox: boolean): Said[] {
	const { verdicts, findings, requests, took, exchangeTook } = found;
	const { version } = thisPackage();
	const against = isSandbox ? say`the sandbox` : say`a tenant of Appspace`;
	const count = (standing: Finding['standing']) =>
		findings.filter((finding) => finding.standing === standing).length;
	const exchange =
		exchangeTook === undefined ? say`` : say`, a token exchange ${roundTime(exchangeTook)}`;
	return [
		say`# Conformance report`,
		say`n8n-nodes-appspace ${version}, ${today()}, against ${against}.`,
		listed(
			[
				say`- Operations: ${countText(verdicts)}`,
				say`- Details: ${count('known')} as known, ${count('differs')} that differ, ${count('new')} that were not known`,
				say`- Requests: ${requests}, all of them reading; an answer took ${roundTime(took)}${exchange}`,
			],
			say`\n`,
		),
		say`What is known is in docs/appspace-api.md; numbers such as 5.3 are its sections. This report holds no names, addresses, IDs, tokens, hosts or other values of the tenant: it is put together from fixed sentences, numbers of its own and names that the package knows.`,
		sendingText(isSandbox),
	];
}

function section(title: Said, body: Said | undefined): Said[] {
	return body ? [title, body] : [];
}

function resultText({ result }: Verdict): Said {
	const text = RESULTS.find(([one]) => one === result)?.[1] ?? say``;
	return result === 'works' ? text : say`**${text}**`;
}

const nameOf = ({ outcome: { subject } }: Verdict) =>
	say`${ours(subject.resource.name)}: ${ours(subject.operation.name)}`;

const code = (name: string) => say`\`${ours(name)}\``;

const describedText = ({ described }: Verdict) =>
	described ? DESCRIBED[described] : say`not known`;

function operationTable(verdicts: readonly Verdict[]): Said {
	const columns: Array<Column<Verdict>> = [
		[say`Operation`, nameOf],
		[say`Result`, resultText],
		[say`How`, ({ because }) => listed(because, say`; `)],
		[say`Described by the tenant`, describedText],
		[say`Grade so far`, ({ outcome }) => ours(outcome.subject.operation.evidence.grade)],
	];
	return verdicts.length > 0 ? markdown(columns, verdicts) : say`None.`;
}

function differences(findings: readonly Finding[]): Said | undefined {
	const different = findings.filter(({ standing }) => standing === 'differs');
	if (different.length === 0) return say`Nothing: all is as the dossier says.`;
	return lines(different);
}

function answers(findings: readonly Finding[]): Said | undefined {
	const fresh = findings.filter(
		({ standing, topic }) => standing === 'new' && !IN_TABLES.test(topic),
	);
	return fresh.length > 0 ? lines(fresh) : undefined;
}

/** What is as the dossier says and in no table: fields and pages that fit are only counted. */
function confirmed(findings: readonly Finding[]): Said | undefined {
	const known = findings.filter(
		({ standing, topic }) =>
			standing === 'known' && !/^(fields\.present|size\.|end\.|filter\.|errorBody\.)/.test(topic),
	);
	return known.length > 0 ? lines(known) : undefined;
}

/** One line for each matter: what is the same at many endpoints is said once. */
function lines(findings: readonly Finding[]): Said {
	const matters = grouped(findings).map((same) => {
		const [{ text }] = same;
		const sections = [...new Set(same.map(({ section: at }) => at))].map(ours);
		const places = same.flatMap(({ endpoint }) => (endpoint ? [code(endpoint)] : []));
		const [place] = places;
		if (!place) return say`- ${text} (${listed(sections)})`;
		if (places.length === 1) return say`- ${place} (${listed(sections)}): ${text}`;
		return say`- ${text} (${listed(sections)}): ${listed(places)}`;
	});
	return listed(matters, say`\n`);
}

type Group = readonly [Finding, ...Finding[]];

/** Findings that say the same, together, in the order of the first of each. */
export function grouped(findings: readonly Finding[]): Group[] {
	const groups = new Map<string, [Finding, ...Finding[]]>();
	for (const finding of findings) {
		const group = groups.get(finding.text.text);
		if (group) group.push(finding);
		else groups.set(finding.text.text, [finding]);
	}
	return [...groups.values()];
}

function supported(verdicts: readonly Verdict[]): Said | undefined {
	const weak = verdicts.filter(
		({ result, outcome }) => result === 'works' && isUnconfirmed(outcome.subject.operation),
	);
	if (weak.length === 0) return undefined;
	const lines = weak.map((verdict) => {
		const { grade } = verdict.outcome.subject.operation.evidence;
		return say`- ${nameOf(verdict)} (so far ${ours(grade)})`;
	});
	return say`These work here, and are weakly proven in public:\n\n${listed(lines, say`\n`)}`;
}

function listingTable({ listings }: Findings): Said | undefined {
	if (listings.length === 0) return undefined;
	return markdown(
		[
			[say`Endpoint`, ({ endpoint }) => code(endpoint)],
			[say`size is`, ({ size }) => size],
			[say`Usual page`, ({ usual }) => usual],
			[say`Largest page`, ({ most }) => most],
			[say`Behind the end`, ({ end }) => end],
		],
		listings,
	);
}

function filterTable({ filters }: Findings): Said | undefined {
	if (filters.length === 0) return undefined;
	return markdown(
		[
			[say`Endpoint`, ({ endpoint }) => code(endpoint)],
			[say`Filter`, ({ filter }) => filter],
			[say`Here`, ({ effect }) => effect],
			[say`So far`, ({ known }) => known],
		],
		filters,
	);
}

function unknownIdTable({ unknownIds }: Findings): Said | undefined {
	if (unknownIds.length === 0) return undefined;
	return markdown(
		[
			[say`Endpoint`, ({ endpoint }) => code(endpoint)],
			[say`ID of no record`, ({ missing }) => missing],
			[say`Text that is no ID`, ({ malformed }) => malformed],
		],
		unknownIds,
	);
}

function serviceTable({ services }: Findings): Said | undefined {
	if (services.length === 0) return undefined;
	return markdown(
		[
			[say`Service`, ({ service }) => code(service)],
			[say`Description`, ({ description }) => description],
			[say`BETA`, ({ beta }) => beta],
		],
		services,
	);
}

function untried(verdicts: readonly Verdict[]): Said | undefined {
	if (verdicts.length === 0) return undefined;
	const table = markdown<Verdict>(
		[
			[say`Operation`, nameOf],
			[say`Why`, ({ because }) => listed(because, say`; `)],
			[say`Described by the tenant`, describedText],
		],
		verdicts,
	);
	return say`This check only reads. So it never tries which publishing rule a tenant wants, Append or Overwrite, nor whether fractions of a second are kept when they are written.\n\n${table}`;
}
