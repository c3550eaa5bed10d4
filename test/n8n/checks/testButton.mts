import { equal } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { reply, type Reply } from '../../support/rawServer.mts';
import { selfSigned, type Certificate } from '../../support/selfSigned.mts';
import { freePort } from '../n8n.mts';
import type { Context } from './context.mts';
import { checkRows, success, type Row } from './truthTable.mts';

const wrongSecrets = /refuses the SubjectId and RefreshToken/;

/** Every way in which an application token can be right or wrong, as the Test button reports it. */
export async function checkTestButton(context: Context): Promise<void> {
	context.report.section('Test button, application token');
	// The hook's time limit is 30 s; the other checks run meanwhile.
	const waiting = testNew(context, await context.startRaw(() => () => {}));
	waiting.catch(() => {});

	await checkRows(context.report, [
		...(await newCredentialRows(context)),
		...(await savedCredentialRows(context)),
		...clockRows(context),
		...(await unhealthyRows(context)),
		{
			situation: 'a server that takes the connection and never answers',
			status: 'Error',
			by: 'ours',
			says: /does not answer in time/,
			press: () => waiting,
		},
	]);
}

async function newCredentialRows(context: Context): Promise<Row[]> {
	const { tenant } = context;
	const revoked = await context.startTenant();
	const { refreshToken: revokedToken } = revoked;
	revoked.revokeRefreshToken();
	return [
		{ situation: 'right secrets', ...success, press: () => testNew(context, tenant.url) },
		{
			situation: 'right secrets, pasted with spaces, a slash, and a path after the host',
			...success,
			press: () => testNew(context, `  ${tenant.url}/api/v3/users/ `),
		},
		{
			situation: 'wrong SubjectId',
			...{ status: 'Error', by: 'ours', says: wrongSecrets },
			press: () => testNew(context, tenant.url, { subjectId: randomUUID() }),
		},
		{
			situation: 'wrong RefreshToken',
			...{ status: 'Error', by: 'ours', says: wrongSecrets },
			press: () => testNew(context, tenant.url, { refreshToken: randomUUID() }),
		},
		{
			// n8n does not save a new credential with an empty field, but an expression may return nothing.
			situation: 'RefreshToken whose expression returns nothing',
			...{ status: 'Error', by: 'ours', says: /The RefreshToken is empty/ },
			press: () => testNew(context, tenant.url, { refreshToken: "={{ '' }}" }),
		},
		{
			situation: 'revoked RefreshToken',
			...{ status: 'Error', by: 'ours', says: wrongSecrets },
			press: () =>
				testNew(context, revoked.url, { subjectId: revoked.subjectId, refreshToken: revokedToken }),
		},
	];
}

/** A valid access token is already stored: the cases that a plain hook gets wrong. */
async function savedCredentialRows(context: Context): Promise<Row[]> {
	const { rest } = context;
	const tenant = await context.startTenant();
	const { id } = await context.createCredential('Saved', context.applicationToken(tenant));
	const right = { baseUrl: tenant.url, subjectId: tenant.subjectId };
	const change = async (changes: Record<string, string>) => {
		await rest.updateCredential(id, { ...right, refreshToken: tenant.refreshToken, ...changes });
		return await rest.testCredential(id);
	};
	const closedPort = await freePort();
	return [
		{ situation: 'saved, first test', ...success, press: () => rest.testCredential(id) },
		{
			situation: 'saved, tested again: no second exchange',
			...success,
			press: async () => {
				const verdict = await rest.testCredential(id);
				equal(context.exchanges(tenant), 1, 'token exchanges');
				return verdict;
			},
		},
		{
			situation: 'wrong RefreshToken typed over a still valid access token',
			...{ status: 'Error', by: 'ours', says: wrongSecrets },
			press: () => change({ refreshToken: randomUUID() }),
		},
		{
			situation: 'wrong SubjectId typed over a still valid access token',
			...{ status: 'Error', by: 'ours', says: wrongSecrets },
			press: () => change({ subjectId: randomUUID() }),
		},
		{
			situation: 'another host typed over a still valid access token',
			...{ status: 'Error', by: 'ours', says: /No connection to the host/ },
			press: () => change({ baseUrl: `http://127.0.0.1:${closedPort}` }),
		},
		{ situation: 'right secrets typed again', ...success, press: () => change({}) },
		{
			situation: 'access token revoked, RefreshToken still good',
			...success,
			press: () => {
				tenant.revokeAccessTokens();
				return rest.testCredential(id);
			},
		},
		{
			situation: 'the service user may not read its own profile',
			...{ status: 'Error', by: 'ours', says: /may not read its own profile/ },
			press: () => {
				tenant.fault({ path: 'users/me', status: 403 });
				return rest.testCredential(id);
			},
		},
		{
			situation: 'a web page answers in place of Appspace while the access token is valid',
			...{ status: 'Error', by: 'ours', says: /not as an Appspace API/ },
			press: () => {
				tenant.fault({ path: 'users/me', body: '<html><title>Maintenance</title></html>' });
				return rest.testCredential(id);
			},
		},
		{
			// n8n renews only on 401 here, so the button cannot know which of the two it is.
			situation: 'access token revoked, and the server says 403 to that instead of 401',
			...{ status: 'Error', by: 'ours', says: /revoked/ },
			press: () => {
				tenant.set({ expiredStatus: 403 });
				tenant.revokeAccessTokens();
				return rest.testCredential(id);
			},
		},
		{
			situation: 'access token and RefreshToken revoked',
			...{ status: 'Error', by: 'ours', says: wrongSecrets },
			press: () => {
				tenant.set({ expiredStatus: 401 });
				tenant.revokeAccessTokens();
				tenant.revokeRefreshToken();
				return rest.testCredential(id);
			},
		},
		{
			situation: 'host gone while the access token is still valid (the hook does not run)',
			...{ status: 'Error', by: 'n8n', says: /ECONNREFUSED|refused the connection/ },
			press: async () => {
				const leaving = await context.startTenant();
				const saved = await context.createCredential('Leaving', context.applicationToken(leaving));
				equal((await rest.testCredential(saved.id)).status, 'OK');
				await leaving.close();
				return await rest.testCredential(saved.id);
			},
		},
	];
}

/** Invalid lifetimes and clocks must neither fail nor cause one exchange per request. */
function clockRows(context: Context): Row[] {
	const year = 365 * 24 * 3600;
	const settings = {
		'lifetime announced as "soon", token without times': {
			expiresIn: 'nonsense',
			jwtExpiry: false,
		},
		'no lifetime announced, token without times': { expiresIn: 'missing', jwtExpiry: false },
		'server clock ten years ahead': { expiresIn: 'missing', clockOffset: 10 * year },
		'server clock ten years behind': { expiresIn: 'missing', clockOffset: -10 * year },
		'lifetime as text': { expiresIn: 'text' },
	} as const;
	const rows = Object.entries(settings).map(([situation, given]): Row => ({
		situation,
		...success,
		press: async () => {
			const tenant = await context.startTenant(given);
			const { id } = await context.createCredential('Clock', context.applicationToken(tenant));
			await context.rest.testCredential(id);
			const verdict = await context.rest.testCredential(id);
			equal(context.exchanges(tenant), 1, 'token exchanges for two tests');
			return verdict;
		},
	}));
	const lifeless: Row = {
		situation: 'access tokens that are expired when they are issued',
		...{ status: 'Error', by: 'ours', says: /issued an access token but refuses it/ },
		press: async () => {
			const tenant = await context.startTenant({ tokenLifetime: 0 });
			return await testNew(context, tenant.url, tenant);
		},
	};
	return [...rows, lifeless];
}

/** Servers that are not a healthy Appspace, and addresses without a server. */
async function unhealthyRows(context: Context): Promise<Row[]> {
	const serve = (answer: Reply, certificate?: Certificate) =>
		context.startRaw(() => answer, certificate);
	const webPage = await serve(reply.html());
	const rows: Array<[situation: string, baseUrl: string, says: RegExp]> = [
		['unknown host', 'https://appspace.invalid', /host of the Base URL cannot be found/],
		['no connection', `http://127.0.0.1:${await freePort()}`, /No connection to the host/],
		['not Appspace: a web page with status 200', webPage, /not as an Appspace API/],
		[
			'not Appspace: a redirect',
			await serve(reply.redirect(context.tenant.url)),
			/redirects to another address/,
		],
		['TLS: plain HTTP on that port', webPage.replace('http:', 'https:'), /No secure connection/],
		['TLS: self-signed', await serve(reply.html(), selfSigned()), /No secure connection/],
		['TLS: expired', await serve(reply.html(), selfSigned({ expired: true })), /No secure conn/],
		['server broken', await serve(reply.json({}, { status: 500 })), /answered with status 500/],
		['server busy', await serve(reply.json({}, { status: 429 })), /asks for fewer requests/],
		['connection dropped', await serve(reply.reset()), /No connection to the host/],
		['plain HTTP to another machine', 'http://appspace.invalid', /must start with https/],
	];
	return rows.map(([situation, baseUrl, says]) => ({
		situation,
		status: 'Error',
		by: 'ours',
		says,
		press: () => testNew(context, baseUrl),
	}));
}

/** Creates a credential and presses Test, as a user does first. */
async function testNew(
	context: Context,
	baseUrl: string,
	{ subjectId, refreshToken }: { subjectId?: string; refreshToken?: string } = {},
) {
	const { id } = await context.createCredential('Test button', {
		...context.applicationToken(context.tenant),
		baseUrl,
		...(subjectId !== undefined && { subjectId }),
		...(refreshToken !== undefined && { refreshToken }),
	});
	return await context.rest.testCredential(id);
}
