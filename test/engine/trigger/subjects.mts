import { locators } from '../../support/appspaceNode.mts';
import type { ChangingTenant, TenantRecord } from '../../support/changingTenant.mts';
import type { PublishedTrigger } from '../../support/triggerEngine.mts';
import { CreatedOracle, DeletedOracle, DueOracle, UpdatedOracle, type Oracle } from './oracles.mts';

/** An event under test: the records that it watches, and the oracle that judges it. */
export interface Subject {
	event: string;
	/** The path of the list. */
	path: string;
	parameters?: Record<string, unknown>;
	create(now: number): Record<string, unknown>;
	/** Changes a record at a time of the server. */
	change(record: TenantRecord, to: number, now: number): void;
	oracle(tenant: ChangingTenant, trigger: PublishedTrigger): Oracle;
}

const MINUTE = 60_000;
const iso = (time: number) => new Date(time).toISOString();

const users = {
	path: 'users',
	create: (now: number) => ({
		...{ name: 'User', department: 'Department 0', status: 'Active' },
		createdAt: iso(now),
	}),
	change: (record: TenantRecord, to: number) => {
		record.department = `Department ${to}`;
	},
};

/** How long a device must be offline, and how long after its start a booking is missed. */
const AFTER = 4;
const LATEST = 30;

/** A booking lasts for an hour, whenever it starts. */
function moveTo(booking: TenantRecord, start: number): void {
	Object.assign(booking, { startAt: iso(start), endAt: iso(start + 60 * MINUTE) });
}

export const subjects: Subject[] = [
	{
		event: 'userCreated',
		...users,
		oracle: (tenant, trigger) => new CreatedOracle(tenant, trigger),
	},
	{
		event: 'userUpdated',
		...users,
		oracle: (tenant, trigger) => new UpdatedOracle(tenant, trigger),
	},
	{
		event: 'userDeleted',
		...users,
		parameters: { options: { mostGone: 100 } },
		oracle: (tenant, trigger) => new DeletedOracle(tenant, trigger),
	},
	{
		event: 'groupMemberRemoved',
		...users,
		path: 'users/usergroups/g/members',
		parameters: {
			userGroupIds: locators('g'),
			options: { mostGone: 100 },
		},
		oracle: (tenant, trigger) => new DeletedOracle(tenant, trigger, true),
	},
	{
		event: 'deviceOffline',
		path: 'devices',
		parameters: { minutes: AFTER },
		create: (now) => ({ name: 'Screen', status: 'Online', lastOnlineAt: iso(now) }),
		change: (record, to, now) => {
			const status = to % 2 === 0 ? 'Offline' : 'Online';
			if (status === 'Online' || record.status === 'Online') record.lastOnlineAt = iso(now);
			record.status = status;
		},
		oracle: (tenant, trigger) =>
			new DueOracle(tenant, trigger, {
				period: ({ lastOnlineAt }) => lastOnlineAt,
				isDue: ({ status, lastOnlineAt }, now) =>
					status === 'Offline' && now - Date.parse(String(lastOnlineAt)) >= AFTER * MINUTE,
			}),
	},
	{
		event: 'bookingNotCheckedIn',
		path: 'reservation/events',
		parameters: { minutes: AFTER, options: { latest: LATEST } },
		create: (now) => ({
			title: 'Meeting',
			status: 'Confirmed',
			startAt: iso(now + 5 * MINUTE),
			endAt: iso(now + 65 * MINUTE),
		}),
		change: (record, to, now) => {
			if (to === 0) moveTo(record, now + 10 * MINUTE);
			if (to === 1) record.status = 'Active';
			if (to === 2) record.status = 'Confirmed';
			if (to === 3) moveTo(record, now - 30_000);
		},
		oracle: (tenant, trigger) =>
			new DueOracle(tenant, trigger, {
				period: ({ startAt }) => startAt,
				isDue: ({ status, startAt }, now) => {
					const late = now - (Date.parse(String(startAt)) + AFTER * MINUTE);
					return status !== 'Active' && late >= 0 && late <= LATEST * MINUTE;
				},
			}),
	},
];
