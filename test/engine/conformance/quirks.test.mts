import type { Findings } from '../../../conformance/conformance.mts';
import { reportText } from '../../../conformance/report.mts';
import type { Settings } from '../../../sandbox/server.mts';
import { check, smallSandbox, topicsOf } from './underTest.mts';

/** A quirk, as the setting that makes it, and what a report has to say of it. */
type Quirk = [setting: keyof Settings, topic: string];

interface Tenant {
	settings: Partial<Settings>;
	by?: 'key';
	quirks: Quirk[];
}

/** Between them, each value of each setting that reading can tell apart. */
const TENANTS: Record<string, Tenant> = {
	'everything at once': {
		settings: {
			...{ tokenLifetime: 1200, expiresIn: 'text', clockOffset: 7200, rotation: 'singleUse' },
			...{ expiredStatus: 403, badCredentialsStatus: 403, latency: 20, tokenLatency: 200 },
			...{ size: 'text', limitEcho: 'missing', limitCap: 10, bareArrays: true },
			...{ undocumentedReply: 'text', reservable: 'GET', errorBody: 'html' },
			...{ screenCapture: 'address', contentAccess: 'token', fractions: 'always' },
			largeNumbers: true,
			...{
				customFields: 'capitals',
				emptyFields: 'null',
				repeatedSlashes: 'refused',
				servicesIndex: 'json',
			},
			...{ channelModes: 'number', ownEvents: 'nested', eventRange: 'within' },
			forbiddenPaths: [/\/users\/usergroups/],
		},
		quirks: [
			['tokenLifetime', 'lifetime.other'],
			['expiresIn', 'expiresIn.text'],
			['clockOffset', 'clock'],
			['rotation', 'rotation.rotates'],
			['expiredStatus', 'wrongToken.403'],
			['badCredentialsStatus', 'wrongPair.403'],
			['size', 'envelope.size.text GET users'],
			['limitEcho', 'envelope.limit.missing GET users'],
			['limitCap', 'limit.capped GET users'],
			['bareArrays', 'reply.array GET channeldirectory/{id}/publishto'],
			['largeNumbers', 'numbers.large GET libraries/cardtemplates'],
			['undocumentedReply', 'reply.text GET devices/devicestatuses'],
			['reservable', 'reservable.get'],
			['errorBody', 'errorBody.html'],
			['screenCapture', 'screenCapture.address'],
			['contentAccess', 'content.shut'],
			['fractions', 'times.zeros'],
			['emptyFields', 'fields.null GET users'],
			['emptyFields', 'fields.null GET channeldirectory'],
			['repeatedSlashes', 'slashes.refused'],
			['servicesIndex', 'docs.json'],
			['channelModes', 'fields.type GET channeldirectory'],
			['ownEvents', 'ownEvents.nested'],
			['eventRange', 'startAt.starts'],
			['eventRange', 'endAt.ends'],
			['customFields', 'customFields.capitals GET visitormanagement/visitors'],
		],
	},
	'totals that are too large': {
		settings: {
			...{ tokenLifetime: 90_000, expiresIn: 'missing', jwtExpiry: false, rotation: 'newestOnly' },
			...{ size: 'tooLarge', limitCap: 3, bareArrays: false, undocumentedReply: 'empty' },
			...{ reservable: 'POST', errorBody: 'empty', screenCapture: 'image', clockOffset: 0 },
			...{ contentAccess: 'anonymous', servicesIndex: 'links', spaceNetwork: 'floor' },
			...{ floorFilters: 'ignored', floorsShown: true, customFields: 'object' },
		},
		quirks: [
			['expiresIn', 'expiresIn.missing'],
			['jwtExpiry', 'claims.missing'],
			['rotation', 'rotation.rotates'],
			['size', 'size.tooLarge GET users'],
			['limitCap', 'limit.changed GET users'],
			['bareArrays', 'reply.items GET channeldirectory/{id}/publishto'],
			['undocumentedReply', 'reply.empty GET devices/devicestatuses'],
			['reservable', 'reservable.post'],
			['errorBody', 'errorBody.empty'],
			['screenCapture', 'screenCapture.picture'],
			['contentAccess', 'content.open'],
			['servicesIndex', 'docs.links'],
			['spaceNetwork', 'floors.networks'],
			['floorFilters', 'floorIds.ignored'],
			['floorFilters', 'filter.ignored GET reservation/resources'],
			['floorsShown', 'floors.shown'],
			['customFields', 'customFields.object'],
		],
	},
	'the first page for ever': {
		settings: {
			...{ expiresIn: 'nonsense', clockOffset: -7200, repeatPages: true, size: 'missing' },
			...{ undocumentedReply: 'array', reservable: 'both', errorBody: 'text' },
			...{ limitEcho: 'text' },
		},
		quirks: [
			['expiresIn', 'expiresIn.unreadable'],
			['clockOffset', 'clock'],
			['repeatPages', 'end.repeats GET users'],
			['size', 'envelope.size.missing GET users'],
			['undocumentedReply', 'reply.array GET devices/devicestatuses'],
			['reservable', 'reservable.both'],
			['limitEcho', 'envelope.limit.text GET users'],
			['spaceNetwork', 'floors.apart'],
			['floorsShown', 'floors.notShown'],
			['fractions', 'times.whole'],
			['repeatedSlashes', 'slashes.accepted'],
			['servicesIndex', 'docs.script'],
			['ownEvents', 'ownEvents.both'],
			['eventRange', 'startAt.overlaps'],
			['eventRange', 'endAt.overlaps'],
			['floorFilters', 'floorIds.honored'],
			['errorBody', 'errorBody.text'],
		],
	},
	'totals that are those of the page': {
		by: 'key',
		settings: {
			...{ size: 'wrong', undocumentedReply: 'items', errorBody: 'title' },
			customFields: 'missing',
			apiKeyPlacement: { kind: 'bearer' },
		},
		quirks: [
			['size', 'size.page GET users'],
			['undocumentedReply', 'reply.items GET devices/devicestatuses'],
			['errorBody', 'errorBody.title'],
			['apiKeyPlacement', 'apiKey.bearer'],
			['customFields', 'fields.absent GET visitormanagement/visitors'],
		],
	},
	'refusals of every form': {
		by: 'key',
		settings: {
			...{ undocumentedReply: 'object', errorBody: 'mixed', customFields: 'list' },
			apiKeyPlacement: { kind: 'header', name: 'X-Api-Key' },
		},
		quirks: [
			['undocumentedReply', 'reply.object GET devices/devicestatuses'],
			...['message', 'title', 'empty', 'text', 'html'].map((form): Quirk => [
				'errorBody',
				`errorBody.${form}`,
			]),
			['apiKeyPlacement', 'apiKey.header.xApiKey'],
			['customFields', 'customFields.list'],
		],
	},
	'a key that stands alone': {
		by: 'key',
		settings: {
			apiKeyPlacement: { kind: 'header', name: 'Authorization' },
			customFields: 'text',
			...{ pageHole: 'nulls', errorBody: 'problem', contentAnswer: 'page' },
		},
		quirks: [
			['apiKeyPlacement', 'apiKey.header.authorization'],
			['customFields', 'customFields.text'],
			['pageHole', 'hole.nulls GET users'],
			['errorBody', 'errorBody.problem'],
			['contentAnswer', 'content.page'],
		],
	},
	'a key that is exchanged': {
		by: 'key',
		settings: {
			apiKeyPlacement: { kind: 'exchange' },
			...{ pageHole: 'empty', errorBody: 'validation', contentAnswer: 'nothing' },
		},
		quirks: [
			['apiKeyPlacement', 'apiKey.exchange'],
			['pageHole', 'hole.empty GET users'],
			['errorBody', 'errorBody.validation'],
			['contentAnswer', 'content.nothing'],
		],
	},
};

/** What reading cannot tell, and why. The report says nothing of these. */
const UNSEEN: Partial<Record<keyof Settings, string>> = {
	rotationLeeway:
		'only a second use of a spent refresh token would tell, which may revoke the rest',
	checkInWindow: 'only a check-in tells, and that is a write',
	bookingHorizon: 'only a booking tells, and that is a write',
	bookingOrganizer: 'only a booking tells, and that is a write',
	propertyKeyCase: 'only setting a property tells, and that is a write',
	groupSync: 'it is about SCIM, which has a separate credential and is not asked',
	scimPageCap: 'it is about SCIM, which has a separate credential and is not asked',
	scimRepeatPages: 'it is about SCIM, which has a separate credential and is not asked',
	contentName: 'the check keeps no header that a file comes with',
	rateLimit: 'only many requests at once would tell, and the check sends one at a time',
	workers: 'only many requests at once would tell, and the check sends one at a time',
	loggedLoad: 'it is about the recording of the sandbox, which no tenant has',
	loggedRequests: 'it is about the recording of the sandbox, which no tenant has',
};

/** Seen in other ways than by a topic; each has a test below. */
const ELSEWHERE: Array<keyof Settings> = ['latency', 'tokenLatency', 'forbiddenPaths'];

it('every setting of the sandbox is looked for, or it is said why it cannot be seen', async () => {
	const sandbox = await smallSandbox();
	const settings = Object.keys(sandbox.settings);
	await sandbox.close();
	const looked = Object.values(TENANTS).flatMap(({ quirks }) => quirks.map(([setting]) => setting));
	const all = new Set<string>([...looked, ...ELSEWHERE, ...Object.keys(UNSEEN)]);
	expect(settings.filter((setting) => !all.has(setting))).toEqual([]);
	expect([...all].filter((setting) => !settings.includes(setting))).toEqual([]);
});

describe.each(Object.entries(TENANTS))('%s', (_, { settings, by, quirks }) => {
	let found: Findings;
	let report: string;

	beforeAll(async () => {
		const sandbox = await smallSandbox({ settings });
		found = await check(sandbox, by);
		report = reportText(found, false);
		await sandbox.close();
	}, 240_000);

	it.each(quirks)('%s is found and named: %s', (_setting, topic) => {
		expect(topicsOf(found)).toContain(topic);
		const [name = ''] = topic.split(' ');
		const finding = found.findings.find((one) => one.topic === name);
		// What is in a table is named there, row by row.
		const isInTable = /^(errorBody|filter\.)/.test(name);
		if (!isInTable) expect(report).toContain(finding?.text.text);
	});

	it('is no hindrance to the check itself', () => {
		expect(found.hasAccess).toBe(true);
		expect(found.verdicts.filter(({ result }) => result !== 'not tried').length).toBeGreaterThan(
			35,
		);
	});

	if (settings.forbiddenPaths) {
		it('operations that are forbidden are not permitted, and no others', () => {
			const refused = found.verdicts.filter(({ result }) => result === 'not permitted');
			expect(refused.map(({ outcome }) => outcome.subject.name)).toEqual(['userGroup.getAll']);
			expect(report).toContain('| User Group: Get Many | **not permitted** |');
		});
	}

	if (settings.latency) {
		it('the time that answers take is told, in round numbers', () => {
			expect(found.took).toBeGreaterThanOrEqual(20);
			expect(found.exchangeTook).toBeGreaterThanOrEqual(220);
			expect(report).toMatch(/a response took about \d+0 ms, a token exchange about \d+00 ms/);
		});
	}
});

it('a key that is taken in the address alone is not found: the node never puts it there by itself', async () => {
	const settings: Partial<Settings> = { apiKeyPlacement: { kind: 'query', name: 'apiKey' } };
	const sandbox = await smallSandbox({ settings });
	const found = await check(sandbox, 'key');
	await sandbox.close();
	expect(found.hasAccess).toBe(false);
	expect(reportText(found, false)).toContain('The tenant gave no access');
});
