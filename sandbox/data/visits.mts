import type { Words } from './names.mts';
import type { User } from './people.mts';
import type { Random } from './random.mts';
import { isoTime, pastTime } from './times.mts';

/** Fields of appspace-api.md 5.6. */
export interface Visitor {
	id: string;
	firstName: string;
	lastName: string;
	fullName: string;
	email: string;
	visitorType: string;
	customFields: Array<{ id: string; value: string }>;
	visitorRegistrationStatus: string;
	lastVisit?: { startAt: string };
	createdAt: string;
	updatedAt: string;
}

/** An instance of a visit. Its fields are not public; these are the names that an invitation uses. */
export interface Visit {
	id: string;
	title: string;
	notes: string;
	purpose: string;
	hosts: Array<{ email: string; userId?: string }>;
	resourceIds: string[];
	visitors: Visitor[];
	startAt: string;
	endAt: string;
	startTimeZone: string;
	endTimeZone: string;
	isAllDay: boolean;
}

/** A host who was notified of a visit. Invitations notify hosts; creating a visitor does not. */
export interface HostNotice {
	email: string;
	visitorEmails: string[];
}

export interface VisitorConfiguration {
	isVisitorPhotoRequired: boolean;
	isVisitorEmailRequired: boolean;
	isHostPrivacyEnabled: boolean;
	visitorFields: Array<{ id: string; name: string }>;
	/** Words on some tenants, records on others: the structure of these lists is not public. */
	visitorPurposes: Array<string | { id: string; name: string }>;
	visitorTypes: Array<string | { id: string; name: string }>;
	notification: object;
	retentionPolicies: unknown[];
}

const HOUR = 60 * 60 * 1000;

export function makeVisitors(random: Random, words: Words, count: number): Visitor[] {
	return Array.from({ length: count }, (_, index) => {
		const pool = random.pick(words.namePools);
		const [firstName, lastName] = [random.pick(pool.firstNames), random.pick(pool.lastNames)];
		return {
			id: random.guid(),
			firstName,
			lastName,
			fullName: `${firstName} ${lastName}`,
			email: `visitor.${index + 1}@example.org`,
			visitorType: random.pick(['Guest', 'Contractor']),
			customFields: [],
			visitorRegistrationStatus: random.pick(['Registered', 'NotRegistered']),
			...(random.chance(0.4) && { lastVisit: { startAt: pastTime(random) } }),
			createdAt: pastTime(random),
			updatedAt: pastTime(random),
		};
	});
}

/** Gives visitors a value for each custom field of the tenant. */
export function fillCustomFields(
	random: Random,
	words: Words,
	visitors: readonly Visitor[],
	{ visitorFields }: VisitorConfiguration,
): void {
	for (const visitor of visitors) {
		visitor.customFields = visitorFields.map(({ id }) => ({
			id,
			value: random.pick(words.products),
		}));
	}
}

/** One planned visit for each of the first visitors, an hour apart, the first within the hour. */
export function makeVisits(
	random: Random,
	visitors: readonly Visitor[],
	users: readonly User[],
	now: number,
): Visit[] {
	return visitors.slice(0, 5).map((visitor, index) => {
		const host = random.pick(users);
		const start = (Math.ceil(now / HOUR) + index) * HOUR;
		return {
			id: random.guid(),
			title: `Visit of ${visitor.fullName}`,
			notes: '',
			purpose: random.pick(['Meeting', 'Interview']),
			hosts: [{ email: host.email, userId: host.id }],
			resourceIds: [],
			visitors: [visitor],
			startAt: isoTime(start),
			endAt: isoTime(start + HOUR),
			startTimeZone: 'UTC',
			endTimeZone: 'UTC',
			isAllDay: false,
		};
	});
}

export function makeVisitorConfiguration(random: Random): VisitorConfiguration {
	const asWords = random.chance(0.5);
	const list = (names: string[]) => {
		return names.map((name) => (asWords ? name : { id: random.guid(), name }));
	};
	return {
		isVisitorPhotoRequired: random.chance(0.3),
		isVisitorEmailRequired: true,
		isHostPrivacyEnabled: random.chance(0.3),
		visitorFields: ['Company', 'Licence plate'].map((name) => ({ id: random.guid(), name })),
		visitorPurposes: list(['Meeting', 'Interview', 'Delivery']),
		visitorTypes: list(['Guest', 'Contractor']),
		notification: {},
		retentionPolicies: [],
	};
}
