import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { apiCalls } from '../support/appspaceNode.mts';
import type { CredentialStore } from '../support/credentialStore.mts';
import { listSearch } from '../support/engine.mts';
import { sandboxCredential } from '../support/sandboxCredential.mts';

let sandbox: Sandbox;
let credentials: CredentialStore;
beforeAll(async () => {
	sandbox = await startSandbox({ users: 430, channels: 330, devices: 215 });
	credentials = sandboxCredential(sandbox);
});
beforeEach(() => {
	sandbox.set({ size: 'right', limitCap: null, limitEcho: 'right', repeatPages: false });
	sandbox.clearFaults();
	sandbox.clearRequests();
});
afterAll(async () => await sandbox.close());

interface Entry {
	id: string;
	name: string;
}

const methods: Array<[method: string, path: string, entries: () => Entry[]]> = [
	['searchChannels', 'channeldirectory', () => sandbox.tenant.channels],
	['searchChannelGroups', 'channeldirectory/groups', () => sandbox.tenant.channelGroups],
	['searchUsers', 'users', () => sandbox.tenant.users],
	['searchUserGroups', 'users/usergroups', () => sandbox.tenant.userGroups],
	['searchDevices', 'devices', () => sandbox.tenant.devices],
	['searchDeviceGroups', 'devices/devicegroups', () => sandbox.tenant.deviceGroups],
];

/** All pages, as the editor fetches them one by one while the user scrolls. */
async function allPages(method: string, filter?: string) {
	const pages = [];
	let paginationToken: string | undefined;
	do {
		const page = await listSearch({ method, credentials, filter, paginationToken });
		paginationToken = page.paginationToken as string | undefined;
		pages.push(page.results);
		expect(pages.length).toBeLessThan(20);
	} while (paginationToken !== undefined);
	return pages;
}
const values = async (method: string, filter?: string) =>
	(await allPages(method, filter)).flat().map(({ value }) => value);

describe.each(methods)('%s', (method, path, entries) => {
	it('gives every entry once, page by page, with its ID as the value', async () => {
		const found = await values(method);
		const ids = entries().map(({ id }) => id);
		expect([...found].sort()).toEqual([...ids].sort());
		// Groups are asked for by name; everything else comes in the order of the server.
		if (method !== 'searchUserGroups') expect(found).toEqual(ids);
		for (const call of apiCalls(sandbox)) {
			expect(call).toMatchObject({ method: 'GET', path: `/api/v3/${path}` });
			expect(call.query).not.toHaveProperty('search');
		}
	});

	it('finds by a part of the name, without regard to case', async () => {
		const wanted = entries().at(-1)!;
		const filter = wanted.name.slice(1).toUpperCase();
		expect(await values(method, filter)).toContain(wanted.id);
	});

	it('is empty only where nothing fits', async () => {
		expect(await listSearch({ method, credentials, filter: 'no such thing' })).toEqual({
			results: [],
		});
	});

	it.each<[string, Parameters<Sandbox['fault']>[0], RegExp]>([
		['403', { status: 403 }, /^List of .*does not permit/],
		['500', { status: 500 }, /^List of .*status 500/],
		['something else than a list', { body: {} }, /not a list/],
		['404', { status: 404 }, /^List of .*not found at this address/],
	])('never takes %s for an empty list', async (_, fault, sentence) => {
		sandbox.fault({ path, times: 9, ...fault });
		await expect(listSearch({ method, credentials })).rejects.toMatchObject({
			message: expect.stringMatching(sentence),
			description: expect.stringMatching(/./),
		});
	});
});

it('finds a user by user name where the address is missing', async () => {
	const items = [{ id: 'one', name: 'Ann', userName: 'ann@example.com', email: '' }];
	sandbox.fault({ path: 'users', body: { items, start: 0, limit: 100, size: 1 }, status: 200 });
	expect(await values('searchUsers', 'ANN@example')).toEqual(['one']);
});

it('never takes a web page for an empty list', async () => {
	sandbox.fault({ path: 'users', times: 9, body: '<html></html>' });
	const listing = listSearch({ method: 'searchUsers', credentials });
	await expect(listing).rejects.toMatchObject({ message: expect.stringContaining('not JSON') });
});

it.each([
	['a cap of the server', { limitCap: 30 }],
	['no echo', { limitEcho: 'missing' }],
	['a wrong size', { size: 'wrong' }],
	['a cap and no echo', { limitCap: 30, limitEcho: 'missing', size: 'missing' }],
] as const)('every user once with %s', async (_, settings) => {
	sandbox.set(settings);
	expect(await values('searchUsers')).toEqual(sandbox.tenant.users.map(({ id }) => id));
});

it('every user once with a size that is too large, and a word on it at the end', async () => {
	sandbox.set({ size: 'tooLarge' });
	const found = (await allPages('searchUsers')).flat();
	const last = found.pop();
	expect(found.map(({ value }) => value)).toEqual(sandbox.tenant.users.map(({ id }) => id));
	expect(last).toEqual({
		name: expect.stringContaining('announced 1430 records and returned 430. Enter an ID by hand.'),
		value: '',
	});
});

it('a server that repeats its pages is never shown as a whole list', async () => {
	sandbox.set({ repeatPages: true });
	await expect(allPages('searchUsers')).rejects.toThrow(/paging does not work here/);
	sandbox.set({ size: 'missing' });
	const [page, ...more] = await allPages('searchUsers');
	expect(more).toEqual([]);
	expect(page).toHaveLength(101);
	expect(page?.at(-1)).toMatchObject({ name: expect.stringContaining('may be incomplete') });
});

it('a first page costs no more requests than it needs', async () => {
	const { results, paginationToken } = await listSearch({ method: 'searchUsers', credentials });
	expect(results).toHaveLength(100);
	expect(paginationToken).toBe('100');
	expect(apiCalls(sandbox).length).toBeLessThanOrEqual(2);
});

it('a search is carried on over pages until a page of matches is full', async () => {
	const pages = await allPages('searchUsers', 'example.com');
	expect(pages.map((page) => page.length)).toEqual([100, 100, 100, 100, 30]);
	expect(new Set(pages.flat().map(({ value }) => value)).size).toBe(430);
});

describe('what tells namesakes apart', () => {
	const names = async (method: string, filter?: string) =>
		(await listSearch({ method, credentials, filter })).results.map(({ name }) => name);

	it('the email address of a user', async () => {
		const { name, email } = sandbox.tenant.users[5]!;
		expect(await names('searchUsers', email)).toEqual([`${name} (${email})`]);
	});

	it('type and network of a channel', async () => {
		const { name, networkName } = sandbox.tenant.channels.find((channel) => channel.networkName)!;
		const [shown] = await names('searchChannels', name);
		expect(shown).toMatch(new RegExp(`^${name} \\(.+, ${networkName}\\)$`));
	});

	it('the network of a user group and of a channel group', async () => {
		const { userGroups, channelGroups } = sandbox.tenant;
		expect(await names('searchUserGroups')).toEqual(
			expect.arrayContaining(userGroups.map(({ name, networkName }) => `${name} (${networkName})`)),
		);
		expect(await names('searchChannelGroups')).toEqual(
			channelGroups.map(({ name, networkName }) => `${name} (${networkName})`),
		);
	});

	it('the location of a device; one without has its name alone', async () => {
		const { devices } = sandbox.tenant;
		expect(devices.some(({ locationName }) => locationName === null)).toBe(true);
		expect(await names('searchDevices')).toEqual(
			devices
				.slice(0, 100)
				.map(({ name, locationName }) => (locationName ? `${name} (${locationName})` : name)),
		);
	});

	it('a record without a name is shown by its email address or its ID', async () => {
		const items = [{ id: '1', email: 'a@example.com' }, { id: '2' }];
		sandbox.fault({ path: 'users', body: { items, limit: 100, size: 2 } });
		expect(await names('searchUsers')).toEqual(['a@example.com (a@example.com)', '2']);
	});
});

it('a role is named where users or devices may not be read', async () => {
	sandbox.fault({ path: 'devices', status: 403 });
	await expect(listSearch({ method: 'searchDevices', credentials })).rejects.toMatchObject({
		description: expect.stringContaining('Device Reader'),
	});
});

it('wrong access data surface with the sentence of the credential', async () => {
	const wrong = sandboxCredential(sandbox, { refreshToken: 'wrong' });
	await expect(listSearch({ method: 'searchUsers', credentials: wrong })).rejects.toMatchObject({
		message: expect.stringContaining('SubjectId and RefreshToken'),
	});
});
