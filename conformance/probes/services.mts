import { isSuccess } from '../answers.mts';
import type { Ask } from '../ask.mts';
import { isObject, type Answer } from '../exchange.mts';
import { SERVICES } from '../expectations/all.mts';
import type { Finding } from '../finding.mts';
import { ours, safe, type SafeText } from '../redaction.mts';

/** A row in the report's table of services. */
export interface ServiceRow {
	service: string;
	description: SafeText;
	beta: SafeText;
}

export interface Services {
	rows: ServiceRow[];
	findings: Finding[];
	/** Endpoints that the descriptions name, as `endpointKey` writes them. */
	described: ReadonlySet<string>;
	/** Services whose description was read. */
	readable: ReadonlySet<string>;
}

const SECTION = '3.1';

/** Reads the index of services and the description of each known service. */
export async function probeServices(ask: Ask): Promise<Services> {
	const findings: Finding[] = [await probeIndex(ask)];
	const rows: ServiceRow[] = [];
	const described = new Set<string>();
	const readable = new Set<string>();
	for (const service of SERVICES) {
		const path = `${service}/openapi`;
		const open = await ask({ path, access: 'none' });
		const isShut = open.status === 401 || open.status === 403;
		const answer = isShut ? await ask({ path }) : open;
		const paths = pathsOf(answer);
		if (paths) readable.add(service);
		for (const [address, methods] of Object.entries(paths ?? {})) {
			for (const method of Object.keys(isObject(methods) ? methods : {})) {
				described.add(endpointKey(`${method} ${address}`));
			}
		}
		rows.push({
			service,
			description: descriptionText(answer, paths !== undefined, isShut),
			beta: isBeta(answer) ? safe`yes` : safe``,
		});
		findings.push(judgeDescription(service, answer, paths !== undefined, isShut));
	}
	return { rows, findings, described, readable };
}

async function probeIndex(ask: Ask): Promise<Finding> {
	const index = await ask({ path: 'docs/', access: 'none' });
	const at = { section: SECTION, endpoint: undefined };
	if (!isSuccess(index)) {
		const text = safe`the page of services is not open without a token: status ${index.status}`;
		return { topic: 'docs.closed', standing: 'differs', text, ...at };
	}
	const form = indexForm(String(index.body));
	const text = safe`the page of services is open without a token and ${INDEX_FORMS[form]}`;
	return { topic: `docs.${form}`, standing: form === 'script' ? 'known' : 'differs', text, ...at };
}

type IndexForm = 'script' | 'json' | 'links' | 'other';

const INDEX_FORMS: Record<IndexForm, SafeText> = {
	script: safe`names them in a script with plain keys`,
	json: safe`names them in a script with quoted keys`,
	links: safe`links to them`,
	other: safe`names them in an unknown way`,
};

function indexForm(page: string): IndexForm {
	if (/[{,\s]url:\s*["']/.test(page)) return 'script';
	if (/"url"\s*:\s*"/.test(page)) return 'json';
	return /href="[^"]*\/openapi/i.test(page) ? 'links' : 'other';
}

function judgeDescription(
	service: string,
	{ status }: Answer,
	isReadable: boolean,
	isShut: boolean,
): Finding {
	const at = { section: SECTION };
	const name = ours(service);
	if (!isReadable) {
		const text = safe`the description of ${name} cannot be read: status ${status}`;
		return { topic: 'openapi.missing', standing: 'differs', text, ...at };
	}
	const text = isShut
		? safe`the description of ${name} needs a token`
		: safe`the description of ${name} is open without a token`;
	return { topic: isShut ? 'openapi.shut' : 'openapi.open', standing: 'new', text, ...at };
}

function descriptionText({ status }: Answer, isReadable: boolean, isShut: boolean): SafeText {
	if (!isReadable) return safe`missing (status ${status})`;
	return isShut ? safe`available with a token` : safe`available without a token`;
}

function pathsOf(answer: Answer): Record<string, unknown> | undefined {
	if (!isSuccess(answer) || !isObject(answer.body)) return undefined;
	return isObject(answer.body.paths) ? answer.body.paths : undefined;
}

function isBeta({ body }: Answer): boolean {
	const info = isObject(body) && isObject(body.info) ? body.info : {};
	return /\bbeta\b/i.test(
		`${String(info.title)} ${String(info.version)} ${String(info.description)}`,
	);
}

/** An endpoint without the parts that vary in spelling: case, prefix, and names of placeholders. */
export function endpointKey(endpoint: string): string {
	const [method = '', path = ''] = endpoint.toLowerCase().split(' ');
	const below = path.replace(/^\/*(?:api\/v3\/+|v3\/+)?/, '').replace(/\/+$/, '');
	return `${method} ${below.replace(/\{[^}]*\}/g, '{}')}`;
}
