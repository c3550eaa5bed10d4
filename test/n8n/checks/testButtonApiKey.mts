import { randomUUID } from 'node:crypto';

import type { Context } from './context.mts';
import { checkRows, success, type Row } from './truthTable.mts';

/** Ways in which a sandbox may expect its key, and the user's choice in the credential for each. */
const ways = {
	bearer: { wanted: { kind: 'bearer' }, chosen: {} },
	header: { wanted: { kind: 'header', name: 'X-Api-Key' }, chosen: {} },
	query: { wanted: { kind: 'query', name: 'apiKey' }, chosen: {} },
	exchange: { wanted: { kind: 'exchange' }, chosen: {} },
	'header of another name': {
		wanted: { kind: 'header', name: 'X-Tenant-Key' },
		chosen: { apiKeyPlacement: 'header', apiKeyName: 'X-Tenant-Key' },
	},
} as const;

/** The same for an API key, in every way of sending it. */
export async function checkTestButtonApiKey(context: Context): Promise<void> {
	context.report.section('Test button, API key');
	const rows: Row[] = [];
	for (const [way, { wanted, chosen }] of Object.entries(ways)) {
		const tenant = await context.startTenant({ apiKeyPlacement: wanted });
		const byHand = { apiKeyPlacement: way, ...chosen };
		const test = async (fields: Record<string, string>) => {
			const data = { baseUrl: tenant.url, authentication: 'apiKey', ...fields };
			const { id } = await context.createCredential('API key', data);
			return await context.rest.testCredential(id);
		};
		rows.push(
			{
				situation: `right key, sent as ${way}, chosen by hand`,
				...success,
				press: () => test({ apiKey: tenant.apiKey, ...byHand }),
			},
			{
				situation: `wrong key, sent as ${way}, chosen by hand`,
				...{ status: 'Error', by: 'ours', says: /refuses the API key/ },
				press: () => test({ apiKey: randomUUID(), ...byHand }),
			},
		);
		if (way === 'bearer' || way === 'header' || way === 'exchange') {
			rows.push({
				situation: `right key, expected as ${way}, detected automatically`,
				...success,
				press: () => test({ apiKey: tenant.apiKey, apiKeyPlacement: 'auto' }),
			});
		}
	}
	await checkRows(context.report, [...rows, ...(await savedKeyRows(context))]);
}

async function savedKeyRows(context: Context): Promise<Row[]> {
	const tenant = await context.startTenant({ apiKeyPlacement: { kind: 'bearer' } });
	const { apiKey } = tenant;
	const { id } = await context.createCredential('API key, saved', {
		...{ baseUrl: tenant.url, authentication: 'apiKey', apiKeyPlacement: 'auto', apiKey },
	});
	const change = async (changes: Record<string, string>) => {
		await context.rest.updateCredential(id, changes);
		return await context.rest.testCredential(id);
	};
	const noWay = /any of the ways that were tried/;
	return [
		{ situation: 'saved key, tested', ...success, press: () => change({}) },
		{
			situation: 'wrong key typed over a saved one that works',
			...{ status: 'Error', by: 'ours', says: noWay },
			press: () => change({ apiKey: randomUUID() }),
		},
		{ situation: 'right key typed again', ...success, press: () => change({ apiKey }) },
		{
			situation: 'saved key, revoked since',
			...{ status: 'Error', by: 'ours', says: noWay },
			press: () => {
				tenant.revokeApiKey();
				return change({});
			},
		},
		{
			situation: 'empty key',
			...{ status: 'Error', by: 'ours', says: /The API Key is empty/ },
			press: () => change({ apiKey: '' }),
		},
	];
}
