import { readFileSync } from 'node:fs';
import { markdownTable } from 'markdown-table';
import ts from 'typescript';
import type { Random } from '../sandbox/data/random.mts';
import type { Endpoint } from '../sandbox/routes/endpoint.mts';
import { services } from '../sandbox/routes/services.mts';
import { whatItMayBe } from '../sandbox/settingRules.mts';
import { defaultSettings, type Settings } from '../sandbox/settings.mts';

/** Every setting of the sandbox: what it does, its allowed values, and its initial value. */
export function settingsTable(): string {
	const atStart = defaultSettings(DRAWN);
	const rows = membersOf('sandbox/settings.mts', 'Settings').map(([name, description]) => {
		const setting = name as keyof Settings;
		return [`\`${name}\``, description, whatItMayBe(setting), valueOf(atStart[setting])];
	});
	return markdownTable([['setting', 'what it does', 'allowed values', 'initial value'], ...rows]);
}

/** The parts of a fault. */
export function faultsTable(): string {
	const rows = membersOf('sandbox/faults.mts', 'FaultRule').map(([name, description]) => {
		return [`\`${name}\``, description];
	});
	return markdownTable([['part of a fault', 'what it does'], ...rows]);
}

/** Every endpoint by service. */
export function endpointsTable(): string {
	const rows = services.flatMap(({ title, endpoints }) =>
		endpoints.map((endpoint) => [
			title,
			`\`${endpoint.method} ${endpoint.path.replace(/:(\w+)/g, '{$1}')}\``,
			[endpoint.summary, ...remarksOn(endpoint)].join('; '),
		]),
	);
	return markdownTable([['service', 'endpoint', 'what it does'], ...rows]);
}

function remarksOn({ paged, deprecated, undocumented, when }: Endpoint): string[] {
	const remarks: Array<[unknown, string]> = [
		[paged, 'in pages'],
		[deprecated, 'deprecated'],
		[undocumented, 'not in the OpenAPI document'],
		[when, 'only if a setting says so'],
	];
	return remarks.flatMap(([applies, remark]) => (applies ? [remark] : []));
}

const DRAWN_FROM_THE_SEED = Symbol('drawn');

/** Stands in for the random source, and marks what the seed draws. */
const DRAWN = { fork: () => ({ pick: () => DRAWN_FROM_THE_SEED }) } as unknown as Random;

function valueOf(value: unknown): string {
	if (value === DRAWN_FROM_THE_SEED) return 'drawn from the seed';
	return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** The members of an interface with their comments, the only place that describes them. */
function membersOf(path: string, name: string): Array<[name: string, description: string]> {
	const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
	const found = file.statements.filter(ts.isInterfaceDeclaration).find((one) => {
		return one.name.text === name;
	});
	if (!found) throw new Error(`${path} no longer has an interface ${name}`);
	return found.members.map((member) => {
		const comments = ts.getJSDocCommentsAndTags(member).map(({ comment }) => comment);
		const description = comments
			.map((comment) => ts.getTextOfJSDocComment(comment) ?? '')
			.join(' ');
		if (description === '') throw new Error(`${path}: ${member.name?.getText()} has no comment`);
		return [member.name?.getText() ?? '', description.replace(/\s+/g, ' ').trim()];
	});
}
