import type { INodeExecutionData } from 'n8n-workflow';
import { styleText } from 'node:util';
import type { RunError, RunResult } from '../../test/support/runResult.mts';
import type { RequestCount } from './outgoing.mts';
import { tableLines, type Table } from './table.mts';

const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;
const bold = (text: string) => (isColoured ? styleText('bold', text) : text);
const dim = (text: string) => (isColoured ? styleText('dim', text) : text);

/** The heading: what is about to run. */
export function headText(tenant: string, file: string, engineVersion: string): string {
	return `
${bold('Appspace in n8n: channels, groups, and people')}

  Tenant     ${tenant}
  Workflow   ${file}
  Engine     n8n-core ${engineVersion}, Node ${process.versions.node}
`;
}

/** The records that the workflow read, as tables. Parts that did not run are left out. */
export function resultText({ items, data }: RunResult): string {
	const ran = (node: string) => node in data.data.resultData.runData;
	const [group] = items('All User Groups');
	const parts = [
		ran('Playlist Items') &&
			section('All channels, and the number of items in their playlists', channelTable(items)),
		ran('Members of the First Group') &&
			section(
				`Members of the user group "${text(group, 'name')}"`,
				peopleTable(items('Members of the First Group')),
			),
		ran('User by Email') &&
			section(
				`The user with the email address ${text(items('Who Am I')[0], 'email')}`,
				peopleTable(items('User by Email')),
			),
	];
	return parts.filter(Boolean).join('\n');
}

/** The number of calls and the time. */
export function summaryText({ calls, tokenExchanges }: RequestCount, seconds: number): string {
	const parts = [count(calls, 'call'), count(tokenExchanges, 'token exchange')];
	return `${parts.join(' and ')}, ${seconds.toFixed(1)} s.\n`;
}

/** Why the workflow stopped, and what to do, as n8n shows it. */
export function failureText(error: RunError, isSandbox: boolean): string {
	const { node, message, description } = error;
	const origin = isSandbox ? '' : 'The credential comes from the APPSPACE_ variables.';
	return [`The workflow stopped at "${node}": ${message}`, description, origin]
		.filter(Boolean)
		.join('\n');
}

/** What the reader can do next. */
export function nextStepsText(isSandbox: boolean): string {
	const steps = [
		['npm test', 'run all tests'],
		['npm run n8n', 'open the real n8n with this node (5 minutes and 3 GB the first time)'],
		['npm run sandbox', 'keep a sandbox running to connect your own n8n to'],
	] as const;
	const lines = steps.map(([command, effect]) => `  ${command.padEnd(18)} ${dim(effect)}`);
	const ownTenant = `
To read from your own tenant, set these and start again:
  ${dim('APPSPACE_BASE_URL, and APPSPACE_SUBJECT_ID with APPSPACE_REFRESH_TOKEN or APPSPACE_API_KEY')}
`;
	return [bold('Next'), ...lines, isSandbox ? ownTenant : ''].join('\n');
}

function section(title: string, table: Table): string {
	const [head = '', ...rows] = tableLines(table);
	const body = table.rows.length > 0 ? [dim(head), ...rows] : [dim('none')];
	return [
		`${bold(title)} ${dim(`(${table.rows.length})`)}`,
		...body.map((line) => `  ${line}`),
		'',
	].join('\n');
}

function channelTable(items: RunResult['items']): Table {
	const sizes = new Map<number, number>();
	for (const { pairedItem } of items('Playlist Items')) {
		const { item } = pairedItem as { item: number };
		sizes.set(item, (sizes.get(item) ?? 0) + 1);
	}
	return {
		columns: ['Channel', 'Type', 'Items'],
		rows: items('All Channels').map(({ json }, index) => [
			json.name,
			json.typeName,
			sizes.get(index) ?? 0,
		]),
	};
}

const peopleTable = (people: INodeExecutionData[]): Table => ({
	columns: ['Name', 'Email', 'Type'],
	rows: people.map(({ json }) => [
		json.name ?? `${json.firstName} ${json.lastName}`,
		json.email,
		json.userType,
	]),
});

const text = (item: INodeExecutionData | undefined, key: string) => String(item?.json[key] ?? '');

const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;
