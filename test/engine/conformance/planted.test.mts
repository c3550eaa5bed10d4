import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleText } from '../../../conformance/console.mts';
import { reportText } from '../../../conformance/report.mts';
import { resources } from '../../../nodes/Appspace/resources/resources.ts';
import type { Sandbox } from '../../../sandbox/server.mts';
import { KNOWN_ENDPOINTS } from '../../support/dossier.mts';
import { check, credentialFor, smallSandbox } from './underTest.mts';

const NAME = 'Zofia';
const ADDRESS = 'zofia.kowalska@plantedcompany.example';
const GUID = 'c0ffee00-1234-4abc-9def-badc0de0f00d';
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJlLXBsYW50ZWQ';
const HOST = 'kowalska.cloud.planted.example';
const PHONE = 420601234567;

const PLANTS = [
	...[NAME, 'Kowalska', ADDRESS, 'plantedcompany', GUID, 'badc0de', TOKEN, 'c2lnbmF0dXJl'],
	...[HOST, 'planted', String(PHONE), '987654', 'zofiaKowalska', 'zofia'],
];

/** Everything at once, as a value and as the name of a field. */
const plants = () => ({
	[NAME]: `${NAME} Kowalska`,
	zofiaKowalska: ADDRESS,
	[ADDRESS]: GUID,
	[GUID]: TOKEN,
	[TOKEN]: HOST,
	[`<img src=x onerror="${NAME}">`]: `<b>${NAME}</b>`,
	[`| ${NAME} |`]: `\u001b[2J${NAME}\n# ${NAME}`,
	[HOST]: PHONE,
	[String(PHONE)]: NAME,
	// The one that may be shown: its name is made of known words.
	isArchived: `${NAME} Kowalska`,
});

/** Plants in every record of every list of a tenant, and in the types of known fields. */
function plantIn(sandbox: Sandbox): void {
	const lists = Object.values(sandbox.tenant).filter((list) => Array.isArray(list));
	const nested = [sandbox.tenant.playlistItems, sandbox.tenant.playlistSources].flatMap((lists) =>
		Object.values(lists),
	);
	const contents = Object.values(sandbox.tenant.contents);
	const { visitorConfiguration, serviceUser } = sandbox.tenant;
	for (const record of [
		...lists,
		...nested,
		contents,
		[visitorConfiguration, serviceUser],
	].flat()) {
		if (typeof record === 'object' && record !== null) Object.assign(record, plants());
	}
	for (const user of sandbox.tenant.users) {
		Object.assign(user, { department: plants(), jobTitle: [NAME], name: PHONE, roles: NAME });
	}
	for (const device of sandbox.tenant.devices) {
		Object.assign(device, { status: NAME, tags: plants(), isInSync: ADDRESS, licenses: GUID });
	}
	Object.assign(sandbox.tenant.preferences, plants());
}

/** Plants where no record is: refusals, pages, descriptions, envelopes, names of services. */
function plantAround(sandbox: Sandbox): void {
	const always = { times: 1000 };
	const openapi = (service: string) => ({
		openapi: '3.0.1',
		info: { title: `${NAME} (BETA)`, version: TOKEN, contact: { email: ADDRESS } },
		servers: [{ url: `https://${HOST}` }],
		paths: {
			[`/api/v3/${service}`]: { get: { summary: NAME }, [NAME]: {} },
			[`/api/v3/${service}/${GUID}/${NAME}`]: { get: {} },
		},
	});
	sandbox.fault({
		...{ path: 'docs/', ...always },
		body: `<html><script>urls: [{"url":"/api/v3/zofia/openapi","name":"${NAME}"}]</script>`,
	});
	sandbox.fault({ path: 'users/openapi', body: openapi('users'), ...always });
	sandbox.fault({ path: 'devices/openapi', body: `<h1>${NAME} ${HOST}</h1>`, ...always });
	sandbox.fault({ path: 'theme/openapi', status: 403, body: { message: ADDRESS }, ...always });
	sandbox.fault({
		...{ path: 'livechannel/epg', ...always },
		body: { items: [plants()], start: NAME, limit: 987654, size: TOKEN, [NAME]: GUID },
	});
	sandbox.fault({
		...{ path: 'channeldirectory/groups', ...always },
		body: { items: [plants(), NAME, null], start: 0, limit: 987654, size: PHONE },
	});
	sandbox.fault({ path: 'visitormanagement/events', body: NAME, ...always });
	sandbox.fault({ path: 'libraries/cardtemplatetypes', body: [plants(), plants()], ...always });
	sandbox.fault({
		...{ path: /contentfeed\/posts$/, status: 500, ...always },
		body: `<html><title>${NAME}</title>${ADDRESS} ${GUID} ${TOKEN}</html>`,
	});
	sandbox.fault({
		...{ path: /7f3b2c1e|not-an-id/, status: 400, ...always },
		body: { [NAME]: ADDRESS, message: `${NAME} of ${HOST} (${GUID}) has no ${TOKEN}` },
		headers: { 'x-planted': NAME },
	});
	sandbox.fault({
		...{ path: 'signschannel', status: 418, body: `${NAME} ${PHONE}`, ...always },
	});
}

/** The words of what this package itself says. */
function ownWords(): Set<string> {
	const below = (folder: string): string[] =>
		readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
			const path = join(folder, entry.name);
			return entry.isDirectory() ? below(path) : [path];
		});
	const texts = [...below('conformance'), 'package.json'].map((path) => readFileSync(path, 'utf8'));
	const endpoints = KNOWN_ENDPOINTS.map(({ endpoint }) => endpoint);
	const words =
		[...texts, ...endpoints, JSON.stringify(resources)].join(' ').match(/[A-Za-z]+/g) ?? [];
	return new Set(words);
}

let sandbox: Sandbox;
let report: string;
let shown: string;

beforeAll(async () => {
	sandbox = await smallSandbox();
	plantIn(sandbox);
	plantAround(sandbox);
	const found = await check(sandbox);
	report = reportText(found, false);
	shown = consoleText(found, 'conformance-report.md', false, false);
}, 240_000);
afterAll(async () => await sandbox.close());

it('the plants were there to be seen: the report tells of what they changed', () => {
	expect(sandbox.requests.length).toBeGreaterThan(200);
	const expected = [
		'isArchived',
		'with hidden names',
		'department: an object in',
		'name: a number in',
		'status 500',
		'size is text in the envelope',
		'start is text in the envelope',
		'an unusual number',
		'the response is a bare array',
		'the response is text',
		'signschannel answers with status 418',
		'the description of devices cannot be read',
	];
	expect(expected.filter((text) => !report.includes(text))).toEqual([]);
});

it.each(PLANTS)('neither the report nor the console holds %j', (plant) => {
	const text = `${report}\n${shown}`.toLowerCase();
	expect(text).not.toContain(plant.toLowerCase());
});

it('none of the secrets, the address or the IDs of the tenant is in either', () => {
	const text = `${report}\n${shown}`;
	const guids = JSON.stringify(sandbox.tenant).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g);
	const addresses = JSON.stringify(sandbox.tenant).match(/[\w.+-]+@[\w.-]+/g);
	const names = sandbox.tenant.users.flatMap(({ firstName, lastName }) => [firstName, lastName]);
	const secrets = Object.values(credentialFor(sandbox)).filter((one) => one !== 'applicationToken');
	const all = [...(guids ?? []), ...(addresses ?? []), ...secrets, new URL(sandbox.url).host];
	expect(all.length).toBeGreaterThan(500);
	expect(all.filter((value) => text.includes(value))).toEqual([]);
	const words = new Set(text.match(/\p{L}+/gu));
	expect(names.filter((name) => words.has(name) && name !== 'Service')).toEqual([]);
	expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|@|eyJ|127\.0\.0\.1|\u001b/);
});

it('every word of the report is one that this package says itself, but for the one that may be shown', () => {
	const own = ownWords();
	const strange = [...new Set(report.match(/\p{L}+/gu))].filter((word) => !own.has(word));
	expect(strange).toEqual(['isArchived']);
});

it('every number of the report is small, a status, a year or a limit that was asked for', () => {
	const numbers = [...report.matchAll(/\d+/g)].map(([text]) => Number(text));
	expect(numbers.filter((number) => number > 1000 && number !== new Date().getFullYear())).toEqual(
		[],
	);
});
