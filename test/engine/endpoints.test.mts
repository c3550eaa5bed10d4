import { startSandbox, type Sandbox, type Settings, type Tenant } from '../../sandbox/server.mts';
import { exampleFor, prepare, SUBJECTS, type Subject } from '../faults/examples.mts';
import { apiCalls, appspaceNode } from '../support/appspaceNode.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { ADD_ITS_ROW, KNOWN_ENDPOINTS } from '../support/dossier.mts';
import { run } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

/** Areas that may do without an operation: Tenant Endpoint reaches them, or credential and pickers use them. */
const ELSEWHERE = ['Auth', 'Maps', 'Preferences', 'Theme'];

/** Another way to run an operation, for endpoints that its example has no use for. */
interface Variation {
	parameters?: (tenant: Tenant) => Record<string, unknown>;
	settings?: Partial<Settings>;
	/** This endpoint answers that the slot is taken, after which the operation fails. */
	clash?: RegExp;
	/** What it says, where the sandbox refuses the endpoint as tenants were seen to do. */
	fails?: RegExp;
}

const ofLocation: Variation = {
	parameters: ({ locations }) => ({ deviceId: '', locationId: locations[1]?.id }),
};

const taken = ({ scimUsers }: Tenant) => ({ userName: scimUsers[0]?.userName });

const VARIATIONS: Record<string, Variation[]> = {
	'apiCall.callEndpoint': [{}],
	'deviceProperty.getAll': [ofLocation],
	'deviceProperty.set': [ofLocation],
	'event.cancel': [{ parameters: () => ({ way: 'delete' }) }],
	'event.extend': [{ clash: /\/extend$/ }],
	'event.move': [{ clash: /\/events\/[^/]+$/ }],
	'reservation.create': [
		// The same booking again, which is found and not made twice.
		{},
		{
			parameters: () => ({
				startAt: '2098-07-01T08:00:00Z',
				endAt: '2098-07-01T09:00:00Z',
				additionalFields: {},
				options: { lockFirst: true },
			}),
		},
	],
	'reservation.update': [{ clash: /\/reservations\/[^/]+$/ }],
	'space.findAvailable': [{ settings: { reservable: 'GET' } }],
	'space.getAll': [
		{
			parameters: ({ resources }) => ({
				filters: { floorId: resources.find(({ type }) => type === 'floor')?.id },
			}),
		},
	],
	'space.getSchedule': [
		{ parameters: () => ({ options: { source: 'availability' } }), fails: /does not accept/ },
	],
	'scimUser.create': [{ parameters: taken, fails: /is taken/ }],
	'scimUser.upsert': [{ parameters: () => ({ userName: 'someone.new@example.com' }) }],
	'scimUser.synchronize': [
		{ parameters: () => ({ userName: 'someone.new@example.com' }) },
		{
			// A list of values: the user is read again first.
			parameters: ({ scimUsers }) => ({
				...{ mode: 'apply', userName: scimUsers[3]?.userName },
				additionalFields: { mobilePhone: '+1 555 0100' },
			}),
		},
		{
			parameters: ({ scimGroups }) => ({
				...{ mode: 'preview', scope: 'group', mostDeactivations: '100%' },
				scopeGroupId: scimGroups[0]?.id,
			}),
		},
	],
	'scimGroup.setMembers': [
		{
			parameters: ({ scimUsers }) => ({
				...{ identifyBy: 'userName', members: scimUsers[3]?.userName },
			}),
		},
	],
	'scimGroup.getAll': [{ parameters: () => ({ filters: { displayName: 'Editors' } }) }],
	'user.getAll': [
		{ parameters: ({ userGroups }) => ({ filters: { userGroupId: userGroups[0]?.id } }) },
	],
};

/**
 * The table has one row for SCIM, `/identity/scim/Users…`; what lies below it is RFC 7644 3.2, and groups
 * rest on the option for them (appspace-api.md 2.4).
 */
const OF_SCIM = ['Users', 'Groups']
	.flatMap((what) => [
		...[`GET ${what}`, `POST ${what}`],
		...['GET', 'PATCH', 'DELETE'].map((method) => `${method} ${what}/{id}`),
	])
	.concat('GET ServiceProviderConfig')
	.map((endpoint) => endpoint.replace(' ', ' /identity/scim/'));

/** Everything that an operation may use. */
const allowed = [...KNOWN_ENDPOINTS.map(({ endpoint }) => endpoint), ...OF_SCIM];

/** What the resources have to cover; the index of descriptions is for pickers alone. */
const expected = [
	...KNOWN_ENDPOINTS.filter(
		({ area, endpoint }) => !ELSEWHERE.includes(area) && endpoint !== 'GET docs/',
	).map(({ endpoint }) => endpoint),
	...OF_SCIM,
];

/** Which of the endpoints a request is for; where several fit, the one with the fewest placeholders. */
function endpointOf(method: string, path: string): string | undefined {
	const placeholders = (endpoint: string) => endpoint.split('{').length;
	return allowed
		.filter((endpoint) => {
			const pattern = endpoint.replace(/\{\w+\}/g, '[^/]+').replace(/ (?!\/)/, ' /api/v3/');
			return new RegExp(`^${pattern}$`, 'i').test(`${method} ${path}`);
		})
		.sort((one, other) => placeholders(one) - placeholders(other))[0];
}

let sandbox: Sandbox;
let credentials: CredentialStore;
let pristine: Tenant;
/** Requests by operation and endpoint. */
const seen = new Map<string, number>();

beforeAll(async () => {
	sandbox = await startSandbox();
	prepare(sandbox.tenant);
	credentials = sandboxCredential(sandbox);
	pristine = structuredClone(sandbox.tenant);
});
afterAll(async () => await sandbox.close());

it('finds the table', () => {
	expect(expected).toContain('POST reservation/resources/reservable');
	expect(expected).toContain(
		'POST visitormanagement/events/{eventId}/visitors/{visitorId}/checkout',
	);
	expect(expected.length).toBeGreaterThan(60);
	expect(new Set(expected).size).toBe(expected.length);
});

describe.each(SUBJECTS)('$name', (subject) => {
	it(`has endpoints of the table only (otherwise: ${ADD_ITS_ROW})`, () => {
		const { endpoints } = subject.operation;
		expect(endpoints.filter((endpoint) => !allowed.includes(endpoint))).toEqual([]);
	});

	it('calls each of its endpoints (otherwise: give it a variation above)', async () => {
		Object.assign(sandbox.tenant, structuredClone(pristine));
		sandbox.clearRequests();
		for (const variation of [{}, ...(VARIATIONS[subject.name] ?? [])]) {
			await play(subject, variation);
		}
		for (const { method, path } of apiCalls(sandbox)) {
			const key = `${endpointOf(method, path)} ${subject.name}`;
			seen.set(key, (seen.get(key) ?? 0) + 1);
		}
		const missing = subject.operation.endpoints.filter(
			(one) => !seen.has(`${one} ${subject.name}`),
		);
		expect(missing).toEqual([]);
	});
});

it('every endpoint of the table has an operation (otherwise: npm run new:operation)', () => {
	const rows = expected.map((endpoint) => {
		const callers = SUBJECTS.filter(({ operation }) => operation.endpoints.includes(endpoint));
		const counts = callers.map(({ name }) => `${name} ${seen.get(`${endpoint} ${name}`) ?? 0}`);
		return { endpoint, text: counts.join(', ') };
	});
	const width = Math.max(...expected.map(({ length }) => length));
	const lines = rows.map(({ endpoint, text }) => `${endpoint.padEnd(width)}  ${text || 'none'}`);
	const title = `${'Endpoint'.padEnd(width)}  Operations that called it, with the number of requests`;
	process.stdout.write(`\n${[title, ...lines].join('\n')}\n\n`);
	expect(rows.filter(({ text }) => text === '').map(({ endpoint }) => endpoint)).toEqual([]);
});

async function play(
	subject: Subject,
	{ parameters, settings, clash, fails }: Variation,
): Promise<void> {
	sandbox.set({ reservable: 'both', ...settings });
	if (clash)
		sandbox.fault({
			path: clash,
			method: subject.operation.endpoints[0]?.split(' ')[0],
			status: 409,
			times: 1,
		});
	const { error } = await run({
		credentials,
		nodes: [
			appspaceNode(subject.name as `${string}.${string}`, {
				...exampleFor(subject, pristine, 0),
				...parameters?.(pristine),
			}),
		],
	});
	sandbox.clearFaults();
	const failure = clash ? /taken|already booked/ : fails;
	if (failure) expect(error?.message).toMatch(failure);
	else expect(error).toBeUndefined();
}
