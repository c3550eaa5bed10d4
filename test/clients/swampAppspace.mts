import { call, exchange } from '../sandbox/tenantClient.mts';
import { expectFields, secondsFromNow, type Client, type Fields, type Session } from './client.mts';

const V3 = '/api/v3';
/** Pairs in a script of the index, with unquoted keys. */
const INDEXED = /\{\s*url:\s*"([^"]+)",\s*name:\s*"([^"]+)"\s*\}/g;

const CHANNEL: Fields = {
	...{ id: 'text', name: 'text?', description: 'text?', caption: 'text?', type: 'number?' },
	...{ accountId: 'text?', networkId: 'text?', networkName: 'text?', permission: 'text?' },
	...{ privacyType: 'textOrNumber?', contentCount: 'number?', contentLastPublishedAt: 'text?' },
	...{ contentLastUpdatedAt: 'text?', subscriptionMode: 'text?', membershipMode: 'text?' },
	...{ publishingRule: 'number?', channelGroups: 'list?', publishTo: 'list?' },
	...{ inheritedPublishTo: 'list?', metadata: 'list?', libraryIds: 'list?' },
	thumbnailResourceId: 'text?',
};
const PLAYLIST_ITEM: Fields = {
	...{ id: 'text', channelId: 'text?', name: 'text?', type: 'text?', position: 'number?' },
	...{ disabled: 'flag?', contentId: 'text?', contentURL: 'text?', articleUrl: 'text?' },
	...{ thumbnailURL: 'text?', contentFormat: 'text?', contentDuration: 'textOrNumber?' },
	...{ contentNaturalDuration: 'textOrNumber?', contentTemplateId: 'text?' },
	...{ contentTemplateType: 'text?', contentTags: 'list?', contentMetadata: 'list?' },
	...{ sourceId: 'text?', sourceName: 'text?', sourceType: 'textOrNumber?' },
};
const DEVICE: Fields = {
	...{ id: 'text', name: 'text', deviceType: 'text?', locationId: 'text??' },
	...{ locationName: 'text??', groupId: 'text??', groupName: 'text??', status: 'text?' },
	...{ appVersion: 'text?', lastOnlineAt: 'text?', channelId: 'text??', channelName: 'text??' },
	...{ ipAddress: 'text?', macAddress: 'text?', appUpdateStatus: 'text?' },
};
const USER: Fields = {
	...{ id: 'text', email: 'text?', userName: 'text?', firstName: 'text?', lastName: 'text?' },
	...{ name: 'text?', status: 'text?', userType: 'text?', department: 'text?', jobTitle: 'text?' },
	...{ homeLocation: 'object?', memberships: 'list?', roles: 'list?' },
};
const VISITOR: Fields = {
	...{ id: 'text', firstName: 'text?', lastName: 'text?', fullName: 'text?', email: 'text?' },
	...{ visitorType: 'text?', customFields: 'list?', createdAt: 'text?', updatedAt: 'text?' },
	...{ visitorRegistrationStatus: 'text?', lastVisit: 'object?' },
};
const RESERVATION: Fields = {
	...{ id: 'text', title: 'text?', notes: 'text?', startAt: 'text?', endAt: 'text?' },
	...{ status: 'text?', isRecurring: 'flag?', isAllDay: 'flag?', organizer: 'object?' },
	...{ resources: 'list?', events: 'list?', attendees: 'list?' },
};
const RESERVABLE: Fields = {
	...{ id: 'text', name: 'text?', type: 'text?', subType: 'text?', networkId: 'text?' },
	...{ networkName: 'text?', capacity: 'number?', isReservable: 'flag?' },
	reservableStatus: 'text?',
};

export const swampAppspace: Client = {
	source: 'S2',
	repository: 'github.com/dougschaefer6/swamp-appspace',
	operations: {
		'token exchange': async ({ sandbox }) => {
			const { body } = await exchange(sandbox);
			expect(body).toMatchObject({
				...{ accessToken: expect.any(String), expiresIn: expect.any(Number) },
			});
		},

		'discovery of services': async ({ sandbox, send }) => {
			const { text } = await call(sandbox, 'GET', `${V3}/docs/`);
			const services = [...text.matchAll(INDEXED)].map(([, url = '', name = '']) => ({
				url,
				name,
			}));
			expect(services).not.toHaveLength(0);
			for (const { url, name } of services) {
				const { body } = await send('GET', url);
				expect(body).toMatchObject({ openapi: expect.any(String), paths: expect.any(Object) });
				if (/\bBETA\b/.test(name)) expect(body.info.title).toEqual(expect.any(String));
			}
		},

		'channels and their playlists': async ({ sandbox, send }) => {
			const channels = await allPages(send, 'channeldirectory');
			expectFields(channels, CHANNEL);
			await send('GET', `${V3}/channeldirectory/${channels[0].id}`);
			expectFields(await allPages(send, 'channeldirectory/groups'), {
				...{ id: 'text', name: 'text?', description: 'text?' },
				...{ networkId: 'text?', networkName: 'text?' },
			});
			const filled = sandbox.tenant.channels.filter(({ contentCount }) => contentCount > 0);
			for (const { id } of filled) {
				expectFields(await allPages(send, `channelplaylist/${id}/items`), PLAYLIST_ITEM);
			}
			const dynamic = sandbox.tenant.channels.find(({ type }) => type === 3)!;
			const { body } = await send('GET', `${V3}/channelplaylist/${dynamic.id}/sources`);
			expectFields(body.items, { id: 'text', name: 'text?', type: 'textOrNumber?' });
			expectFields(await allPages(send, 'livechannel/epg'), { id: 'text', name: 'text?' });
		},

		'publish targets': async ({ sandbox, send }) => {
			sandbox.set({ undocumentedReply: 'object' });
			const { channels, devices } = sandbox.tenant;
			const path = `${V3}/channeldirectory/${channels[0]!.id}/publishto`;
			const before = listIn((await send('GET', path)).body);
			const wanted = [...before.map(({ targetId }) => targetId), devices[0]!.id];
			const targetType = (id: string) =>
				sandbox.tenant.deviceGroups.some((group) => group.id === id) ? 'DeviceGroup' : 'Device';
			await send('PUT', path, 200, {
				publishingRule: 'Append',
				publishTo: wanted.map((id) => ({
					...{ publishToId: id, targetId: id, targetType: targetType(id) },
				})),
			});
			const after = listIn((await send('GET', path)).body);
			expectFields(after, {
				...{ id: 'text?', targetId: 'text', targetType: 'number' },
				...{ createdAt: 'text?', createdBy: 'text?' },
			});
			// With either word, the list becomes the complete set.
			await send('PUT', path, 200, { publishingRule: 'Append', publishTo: [] });
			expect(listIn((await send('GET', path)).body)).toEqual([]);
		},

		'card templates and models': async ({ sandbox, send }) => {
			sandbox.set({ undocumentedReply: 'object' });
			const types = await allPages(send, 'libraries/cardtemplatetypes');
			expectFields(types, {
				...{ id: 'text', key: 'text', name: 'text', category: 'text?' },
				...{ developer: 'text?', version: 'text?' },
			});
			expectFields(await allPages(send, 'libraries/cardtemplates'), { id: 'text', name: 'text?' });
			const card = Object.entries(sandbox.tenant.contents).find(([, { contentURL }]) => {
				return contentURL.endsWith('index.html');
			})!;
			const { body } = await send('GET', `${V3}/libraries/contents/${card[0]}`);
			const address = new URL(body.contentURL.replace(/\/index\.html$/, '/model.json'));
			const model = await send('GET', address.pathname);
			expectFields(model.body.inputs, { name: 'text' });
			expect(model.body.inputs[0]).toHaveProperty('value');
		},

		'users and groups': async ({ send }) => {
			const users = await allPages(send, 'users');
			expectFields(users, USER);
			// Appspace ignores the filter by address, so the client searches itself, also by user name.
			const { email } = users.at(-1);
			const found = await allPages(send, 'users', { email });
			expect(found).toHaveLength(users.length);
			expectFields([(await send('GET', `${V3}/users/me`)).body], USER);
			const groups = await allPages(send, 'users/usergroups');
			expectFields(groups, {
				...{ id: 'text', name: 'text', networkId: 'text?', networkName: 'text?' },
				...{ userGroupType: 'text?', roles: 'list?' },
			});
			for (const { id } of groups) await allPages(send, `users/usergroups/${id}/members`);
		},

		'devices and their properties': async ({ sandbox, send }) => {
			const devices = await allPages(send, 'devices');
			expectFields(devices, DEVICE);
			expectFields(await allPages(send, 'devices/devicegroups'), { id: 'text', name: 'text' });
			sandbox.set({ undocumentedReply: 'object' });
			for (const owner of [`devices/${devices[0].id}`, sandbox.tenant.locations[0]!.id]) {
				const path = `${V3}/networks/${owner}/properties`;
				await send('PUT', path, 200, {
					properties: [{ key: 'greeting', value: 'Hello' }],
					mode: 'Merge',
				});
				const page = 'sort=key&start=0&limit=999&pagecount=999';
				const { body } = await send('GET', `${path}?${page}`);
				expectFields(body.items, { key: 'text', disabled: 'flag?', origin: 'object?' });
			}
			await send('GET', `${V3}/devices/${devices[0].id}/properties`, 400);
			for (const path of ['devicestatuses', `${devices[0].id}/configuration`, 'integrations']) {
				await send('GET', `${V3}/devices/${path}`);
			}
		},

		events: async ({ sandbox, send }) => {
			sandbox.set({ undocumentedReply: 'object' });
			const events = await allPages(send, 'reservation/events');
			expectFields(events, {
				...{ id: 'text', reservationId: 'text?', resourceId: 'text?' },
				...{ resources: 'list?', provider: 'object?', origin: 'text?' },
			});
			expectFields(
				events.flatMap(({ resources }) => resources),
				{
					...{ resourceId: 'text', resourceName: 'text?', resourceType: 'text?' },
					...{ resourceSubType: 'text?', resourceNetworkId: 'text?' },
				},
			);
			const later = events.find(({ status, startAt }) => {
				return status === 'Pending' && Date.parse(startAt) > Date.now() + 3_600_000;
			});
			await send('POST', `${V3}/reservation/events/${later.id}/cancel`, 200, { reason: '' });
			await send('GET', `${V3}/reservation/events/${later.id}`);
			await send('GET', `${V3}/reservation/users/me/events`);
		},

		reservations: async ({ sandbox, send }) => {
			sandbox.set({ undocumentedReply: 'object' });
			expectFields(await allPages(send, 'reservation/reservations'), RESERVATION);
			expectFields(await allPages(send, 'reservation/resources/reservable'), RESERVABLE);
			const taken = sandbox.tenant.events.flatMap(({ resourceIds }) => resourceIds);
			const bookable = sandbox.tenant.resources.filter(({ isReservable }) => isReservable);
			const { id: resourceId } = bookable.find(({ id }) => !taken.includes(id)) ?? bookable.at(-1)!;
			const { body } = await send('POST', `${V3}/reservation/reservations`, 201, {
				...{ title: 'Planning', startAt: secondsFromNow(200), endAt: secondsFromNow(201) },
				...{ resources: [{ resourceId }], notes: '', isAllDay: false },
				organizer: { username: sandbox.tenant.serviceUser.email },
				attendees: [{ username: 'guest@example.org' }],
			});
			expectFields([body], RESERVATION);
			const path = `${V3}/reservation/reservations/${body.id}`;
			await send('PATCH', path, 200, { title: 'Planning again' });
			expectFields([(await send('GET', path)).body], RESERVATION);
			await send('DELETE', path, 204);
		},

		visitors: async ({ sandbox, send }) => {
			sandbox.set({ undocumentedReply: 'object' });
			expectFields(await allPages(send, 'visitormanagement/visitors'), VISITOR);
			const { body: settings } = await send('GET', `${V3}/visitormanagement/configurations/me`);
			expectFields([settings], {
				...{ isVisitorPhotoRequired: 'flag?', isVisitorEmailRequired: 'flag?' },
				...{ isHostPrivacyEnabled: 'flag?', visitorFields: 'list?', visitorPurposes: 'list?' },
				...{ visitorTypes: 'list?', notification: 'object?' },
			});
			const person = { firstName: 'Mary', lastName: 'Major', email: 'mary@example.org' };
			const body = { ...person, visitorType: 'Guest', customFields: [] };
			const created = await send('POST', `${V3}/visitormanagement/visitors`, 200, body);
			await send('POST', `${V3}/visitormanagement/visitors`, 409, body);
			const { id, email } = sandbox.tenant.users[1]!;
			await send('POST', `${V3}/visitormanagement/invitations`, 200, {
				...{ type: 'Planned', title: 'Walk-in: Mary Major', notes: 'Walk-in', purpose: 'Visiting' },
				hosts: [{ userId: id, email }, { email: 'desk@example.org' }],
				...{ resourceIds: [], visitors: [created.body], isAllDay: false },
				...{ startAt: secondsFromNow(0), endAt: secondsFromNow(0.25) },
				...{ startTimeZone: 'UTC', endTimeZone: 'UTC' },
			});
			const visits = await allPages(send, 'visitormanagement/events');
			const visit = visits.find((one) =>
				one.visitors.some((guest: any) => guest.email === person.email),
			);
			const at = `${V3}/visitormanagement/events/${visit.id}/visitors/${created.body.id}`;
			await send('POST', `${at}/checkin`);
			await send('POST', `${at}/checkout`);
			await send('DELETE', `${V3}/visitormanagement/visitors/${created.body.id}`, 204);
		},
	},
};

/** Requests pages of a hundred until one is shorter. */
async function allPages(
	send: Session['send'],
	path: string,
	query: Record<string, string> = {},
): Promise<any[]> {
	const found: any[] = [];
	for (;;) {
		const search = new URLSearchParams({ ...query, start: String(found.length), limit: '100' });
		const { items } = (await send('GET', `${V3}/${path}?${search}`)).body;
		found.push(...items);
		if (items.length < 100) return found;
	}
}

function listIn(body: any): Array<{ targetId: string }> {
	return Array.isArray(body) ? body : body.items;
}
