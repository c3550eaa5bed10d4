import { call } from '../sandbox/tenantClient.mts';
import { expectFields, secondsFromNow, type Client, type Session } from './client.mts';

/** The base address ends with a slash, and some of its paths begin with one. */
const BASE = '/api/v3/';
/** The client parses dates with a pattern for whole seconds only. */
const WHOLE_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const NO_SHOW = '[Room released due to no-show]';

export const apiTool: Client = {
	source: 'S3',
	repository: 'github.com/TobiaszGans/Appspace-API-Tool',
	operations: {
		'token exchange': async ({ sandbox }) => {
			const { subjectId, refreshToken } = sandbox;
			const { status, text } = await call(sandbox, 'POST', `${BASE}/authorization/token`, {
				body: {
					subjectType: 'Application',
					...{ subjectId, grantType: 'refreshToken', refreshToken },
				},
			});
			expect(status).toBe(200);
			// It does not parse JSON: the third word of the response has to be the access token.
			const token = text.split(/\s+/)[2]?.replaceAll('"', '').replace(',', '');
			const me = await call(sandbox, 'GET', `${BASE}users/me`, { token });
			expect(me.status).toBe(200);
		},

		'booking history': async (session) => {
			const { sandbox, send } = session;
			const freed = sandbox.tenant.events.find(({ state }) => state === 'Released')!;
			const [resourceId] = freed.resourceIds;
			const range = `startAt=${seconds(-72)}&endAt=${seconds(200)}`;
			const asked = `resourceids=${resourceId}&${range}&start=0`;
			const first = await send(
				'GET',
				`${BASE}reservation/events?sort=startAt&${asked}&includesourceobject=true&page=0`,
			);
			expectEnvelope(first.body);
			// It requests later pages with an extra slash.
			const { body } = await send('GET', `${BASE}/reservation/events?${asked}`);
			expectFields(body.items, {
				...{ id: 'text', reservationId: 'text', status: 'text', title: 'text' },
				...{ startTimeZone: 'text', startAt: 'text', endAt: 'text' },
				...{ createdAt: 'text', updatedAt: 'text', provider: 'object', resources: 'list' },
			});
			const [event] = body.items;
			expect(event.provider.organizer.username).toEqual(expect.any(String));
			expect(event.resources[0].resourceName).toEqual(expect.any(String));
			const released = body.items.filter(({ title }: { title: string }) =>
				title.startsWith(NO_SHOW),
			);
			expect(released.map(({ id }: { id: string }) => id)).toEqual([freed.id]);
		},

		'size of a channel': async ({ sandbox, send }) => {
			const dates: string[] = [];
			for (const { id, contentCount } of sandbox.tenant.channels) {
				if (contentCount === 0) continue;
				const { body } = await send('GET', `${BASE}channelplaylist/${id}/items`);
				expectFields(body.items, { contentId: 'text', disabled: 'flag' });
				const schedules = body.items.map((item: any) => item.playoutSchedule?.schedule?.endDate);
				dates.push(...schedules.filter((date: unknown) => date !== undefined && date !== null));
				const content = await send('GET', `${BASE}libraries/contents/${body.items[0].contentId}`);
				expect(Number.isInteger(Number(content.body.size))).toBe(true);
			}
			expect(dates.filter((date) => !WHOLE_SECONDS.test(date))).toEqual([]);
			expect(dates).not.toHaveLength(0);
		},

		'groups with a library': async ({ send }) => {
			const { body } = await send(
				'GET',
				`${BASE}users/usergroups?limit=20&start=0&sort=Name&includeSubnetworksUserGroups=false`,
			);
			expectEnvelope(body);
			expectFields(body.items, { id: 'text', name: 'text', isLibraryEnabled: 'flag' });
		},

		'library settings': async ({ sandbox, send }) => {
			for (const [type, duration, isOn] of [
				['Any', 365, true],
				['Unallocated', 365, true],
				['Undefined', 0, false],
			]) {
				await send('PATCH', `${BASE}users/usergroups/${sandbox.tenant.userGroups[0]!.id}`, 200, {
					isLibraryEnabled: true,
					libraryConfiguration: {
						...{ contentExpiryDuration: duration, contentExpiryType: type },
						isContentExpiryEnabled: isOn,
					},
				});
			}
		},
	},
};

/** `limit` is converted to a number; `size` has to be one. */
function expectEnvelope({ size, limit }: Awaited<ReturnType<Session['send']>>['body']): void {
	expect(size).toEqual(expect.any(Number));
	expect(Number.isInteger(Number(limit))).toBe(true);
}

function seconds(hours: number): string {
	return secondsFromNow(hours).replace('.000Z', 'Z');
}
