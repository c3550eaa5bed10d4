import type { IDataObject } from 'n8n-workflow';
import { request } from 'undici';
import { ENTERPRISE } from '../sandbox/scim/accounts.mts';
import type { BenchTenant } from './tenant.mts';

/** As many of each kind: who joins, who leaves, who comes back, and, twice as many, who moves. */
const OF_EACH = 10;
export const CHANGES = 5 * OF_EACH;

/** A user, as the SCIM service returns it. */
export interface StoredUser {
	userName: string;
	displayName: string;
	active: boolean;
	[ENTERPRISE]?: { department?: string };
}

/** Users by name: whether they may sign in, how they are called, and where they work. */
export type Directory = Record<string, [active: boolean, displayName: string, department?: string]>;

export interface ListFromHr {
	rows: IDataObject[];
	/** What the directory is when it agrees with the list. */
	wanted: Directory;
}

/** All users of the tenant, read without n8n. */
export async function readUsers({ url, scimToken }: BenchTenant): Promise<StoredUser[]> {
	const headers = { authorization: `Bearer ${scimToken}` };
	const users: StoredUser[] = [];
	for (;;) {
		const page = `startIndex=${users.length + 1}&count=100`;
		const { body } = await request(`${url}/identity/scim/Users?${page}`, { headers });
		const { Resources = [] } = (await body.json()) as { Resources?: StoredUser[] };
		if (Resources.length === 0) return users;
		users.push(...Resources);
	}
}

export function directoryOf(users: StoredUser[]): Directory {
	const all: Directory = {};
	for (const { userName, active, displayName, [ENTERPRISE]: work } of users) {
		all[userName] = [active, displayName, work?.department];
	}
	return all;
}

/** The list that HR keeps: everybody who may sign in, but for the changes since yesterday. */
export function listFor(users: StoredUser[]): ListFromHr {
	const wanted = directoryOf(users);
	const known = Object.entries(wanted);
	const here = known.filter(([, [active]]) => active);
	const gone = known.filter(([, [active]]) => !active);
	for (const [name, [, displayName, department]] of here.slice(0, OF_EACH)) {
		wanted[name] = [false, displayName, department];
	}
	for (const [name, [, displayName]] of here.slice(-2 * OF_EACH)) {
		wanted[name] = [true, displayName, 'Moved'];
	}
	for (const [name, [, displayName, department]] of gone.slice(0, OF_EACH)) {
		wanted[name] = [true, displayName, department];
	}
	for (let index = 0; index < OF_EACH; index++) {
		wanted[`joiner${index}@example.com`] = [true, `Joiner ${index}`, 'New'];
	}
	const rows = Object.entries(wanted).flatMap(([userName, [active, displayName, department]]) =>
		active ? [{ userName, displayName, ...(department !== undefined && { department }) }] : [],
	);
	return { rows, wanted };
}
