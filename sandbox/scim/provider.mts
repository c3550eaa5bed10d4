import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMYRouters, { SCIMMY } from 'scimmy-routers';
import type { Settings } from '../settings.mts';
import type { Tenant } from '../tenant.mts';
import { stamp, type ScimGroup, type ScimUser } from './accounts.mts';

/** The tenant that a request is for. */
export interface ScimContext {
	tenant: Pick<Tenant, 'scimUsers' | 'scimGroups'>;
	settings: Pick<Settings, 'scimPageCap' | 'scimRepeatPages'>;
}

/** The same for all tenants: scimmy keeps one per process. */
const ORIGIN = 'https://scim.origin.invalid';

export interface ScimService {
	/** Without a trailing slash. */
	readonly url: string;
	/** Stands for the origin in the addresses that the service returns. */
	readonly origin: string;
	close(): void;
}

interface Wanted {
	id?: string;
	filter?: { match(list: unknown[]): unknown[] };
	constraints?: { startIndex?: number; count?: number; totalResults?: number };
}

let isDeclared = false;

/**
 * Starts a third-party SCIM 2.0 service (scimmy, scimmy-routers) on 127.0.0.1 without authentication.
 * Protocol, schemas, filters, PATCH, and paging are theirs; only the storage is ours.
 */
export async function startScimService(context: () => ScimContext): Promise<ScimService> {
	if (!isDeclared) declareResources();
	isDeclared = true;
	const app = express();
	const routers = new SCIMMYRouters({
		type: 'bearer',
		handler: () => '',
		context,
		baseUri: () => ORIGIN,
	});
	app.use('/identity/scim', routers);
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		origin: ORIGIN,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

/** Once per process: scimmy keeps its handlers in its classes. */
function declareResources(): void {
	const { User, Group } = SCIMMY.Resources;
	SCIMMY.Resources.declare(User.extend(SCIMMY.Schemas.EnterpriseUser, false));
	SCIMMY.Resources.declare(Group);
	User.egress((wanted: Wanted, { tenant, settings }: ScimContext) => {
		return read(wanted, tenant.scimUsers, settings);
	});
	User.ingress(writeUser);
	User.degress((wanted: Wanted, { tenant }: ScimContext) => {
		const { id } = remove(wanted, tenant.scimUsers);
		for (const group of tenant.scimGroups) {
			group.members = group.members?.filter(({ value }) => value !== id);
		}
	});
	Group.egress((wanted: Wanted, { tenant, settings }: ScimContext) => {
		return read(wanted, tenant.scimGroups, settings);
	});
	Group.ingress(writeGroup);
	Group.degress((wanted: Wanted, { tenant }: ScimContext) => {
		remove(wanted, tenant.scimGroups);
	});
}

/**
 * One record or a list. Of a long list, only the requested page, because scimmy is slow with thousands of
 * records.
 */
function read<T extends { id: string }>(
	wanted: Wanted,
	records: T[],
	{ scimPageCap, scimRepeatPages }: ScimContext['settings'],
): T | T[] {
	if (wanted.id !== undefined) return copyOf(known(wanted, records));
	const found = (wanted.filter?.match(records) ?? records) as T[];
	if (scimRepeatPages) wanted.constraints = { ...wanted.constraints, startIndex: 1 };
	const { startIndex = 1, count = 20 } = wanted.constraints ?? {};
	const page = Math.min(count, scimPageCap ?? Infinity);
	wanted.constraints = { ...wanted.constraints, count: page, totalResults: found.length };
	const first = found.slice(startIndex - 1, startIndex - 1 + page);
	// scimmy does not cut a page again if it is no longer than the records before it.
	return copyOf(startIndex === 1 || first.length < startIndex ? first : found);
}

/** A copy, because scimmy changes records and must not change the stored ones. */
function copyOf<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}

function known<T extends { id: string }>({ id }: Wanted, records: T[]): T {
	const record = records.find((candidate) => candidate.id === id);
	// scimmy turns every error that is not its own into a 404.
	if (!record) throw new Error('There is no such record.');
	return record;
}

function remove<T extends { id: string }>(wanted: Wanted, records: T[]): T {
	const record = known(wanted, records);
	records.splice(records.indexOf(record), 1);
	return record;
}

function writeUser(wanted: Wanted, given: object, { tenant }: ScimContext): ScimUser {
	const user = plain<ScimUser>(given);
	const isTaken = tenant.scimUsers.some(
		({ id, userName }) =>
			id !== wanted.id && userName.toLowerCase() === user.userName.toLowerCase(),
	);
	if (isTaken) {
		throw new SCIMMY.Types.Error(409, 'uniqueness', 'A user with this userName exists already.');
	}
	return keep(wanted, { ...user, active: user.active ?? true }, tenant.scimUsers);
}

function writeGroup(wanted: Wanted, given: object, { tenant }: ScimContext): ScimGroup {
	const group = plain<ScimGroup>(given);
	const named = new Map((group.members ?? []).map((member) => [member.value, member]));
	const members = [...named.keys()].map((value) => {
		const user = tenant.scimUsers.find(({ id }) => id === value);
		if (user) return { value, display: String(user.displayName ?? user.userName) };
		throw new SCIMMY.Types.Error(400, 'invalidValue', `There is no user with the id ${value}.`);
	});
	return keep(wanted, { ...group, members }, tenant.scimGroups);
}

/** Replaces the record with its ID, or appends it. */
function keep<T extends { id: string; meta: ScimUser['meta'] }>(
	wanted: Wanted,
	given: T,
	records: T[],
): T {
	const now = stamp();
	if (wanted.id === undefined) {
		const record = { ...given, id: randomUUID(), meta: now };
		records.push(record);
		return record;
	}
	const before = known(wanted, records);
	const meta = { ...before.meta, lastModified: now.lastModified };
	const record = { ...given, id: before.id, meta };
	records[records.indexOf(before)] = record;
	return record;
}

/** The body without the attributes that the service computes. */
function plain<T>(given: object): T {
	const {
		schemas: _,
		meta: __,
		...record
	} = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
	return record as T;
}
