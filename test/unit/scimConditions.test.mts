import { DateTime } from 'luxon';
import { fulfills, mayFulfillOneOf } from '../../nodes/Appspace/scim/conditions.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ZONE = 'Europe/Prague';

const ANN = {
	...{ id: '1', userName: 'Ann@Example.com', title: 'Head of Desks', active: true, nickName: '' },
	...{
		name: { givenName: 'Zo\u00eb' },
		locale: null,
		'urn:own:2.0:User': { age: 9, isRemote: false },
	},
	emails: [
		{ value: 'ann@example.com', type: 'work', primary: true },
		{ value: 'zoe@home.example', type: 'home' },
	],
	phoneNumbers: [{ type: 'work' }],
	addresses: [{ type: 'work', streetAddress: '1 Main St' }],
	ims: [{ value: '', type: 'xmpp' }],
	entitlements: [],
	photos: [{ value: { size: 1 } }],
	[ENTERPRISE]: { department: 'Desks', employeeNumber: '0010', hired: '2025-03-01' },
	meta: { created: '2025-03-01T08:00:00Z', lastModified: '2025-03-01T10:00:00+02:00' },
};

/** Whether Ann, or the record given, fulfills one condition. */
function holds(attribute: string, operator: string, value?: unknown, record: object = ANN) {
	return fulfills([{ attribute, operator, value }], 'and', ZONE)(record as never);
}

describe('text', () => {
	it.each<[boolean, string, string, unknown]>([
		[true, 'userName', 'eq', 'ANN@example.COM'],
		[true, 'USERNAME', 'eq', ' ann@example.com '],
		[false, 'userName', 'eq', 'ann'],
		[false, 'userName', 'ne', 'ANN@example.com'],
		[true, 'userName', 'ne', 'ann'],
		[true, 'title', 'co', 'OF'],
		[false, 'title', 'co', 'off'],
		[true, 'title', 'sw', 'head'],
		[false, 'title', 'sw', 'desks'],
		[true, 'title', 'ew', 'DESKS'],
		[false, 'title', 'ew', 'head'],
		[true, 'title', 'gt', 'Head'],
		[false, 'title', 'gt', 'head of desks'],
		[true, 'title', 'ge', 'head of desks'],
		[false, 'title', 'ge', 'i'],
		[true, 'title', 'lt', 'I'],
		[false, 'title', 'lt', 'head of desks'],
		[true, 'title', 'le', 'head of desks'],
		[false, 'title', 'le', 'Head'],
		[true, 'name.givenName', 'eq', 'ZOE\u0308'],
		[true, `${ENTERPRISE.toUpperCase()}:Department`, 'eq', 'desks'],
	])('%s: %s %s %j', (expected, attribute, operator, value) => {
		expect(holds(attribute, operator, value)).toBe(expected);
	});

	it('counts with its letter case in an External ID', () => {
		const record = { externalId: '00Q1a' };
		expect(holds('externalId', 'eq', ' 00Q1a', record)).toBe(true);
		expect(holds('externalId', 'eq', '00q1A', record)).toBe(false);
		expect(holds('externalId', 'ne', '00q1A', record)).toBe(true);
	});

	it('that is blank is refused: every text contains it', () => {
		for (const operator of ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']) {
			for (const value of ['', ' ', '\n']) {
				expect(() => holds('title', operator, value)).toThrow('input');
			}
		}
	});
});

describe('a missing or empty attribute', () => {
	const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'];
	it.each(
		['displayName', 'nickName', 'locale', 'entitlements', 'ims', 'phoneNumbers'].flatMap((name) =>
			operators.map((operator) => [name, operator]),
		),
	)('%s fulfills no condition: %s', (name, operator) => {
		expect(holds(name, operator, 'a')).toBe(false);
	});

	it('does not keep another condition from being fulfilled, if one is enough', () => {
		const conditions = [
			{ attribute: 'displayName', operator: 'eq', value: 'x' },
			{ attribute: 'title', operator: 'pr', value: '' },
		];
		expect(fulfills(conditions, 'or', ZONE)(ANN as never)).toBe(true);
		expect(fulfills(conditions, 'and', ZONE)(ANN as never)).toBe(false);
	});
});

describe('is present', () => {
	it.each(['title', 'active', 'emails', 'EMAILS.type', 'name', 'addresses', ENTERPRISE, 'meta'])(
		'%s',
		(name) => expect(holds(name, 'pr')).toBe(true),
	);

	it('false and 0 are values', () => {
		expect(holds('active', 'pr', '', { active: false })).toBe(true);
		expect(holds('urn:own:2.0:User:age', 'pr', '', { 'urn:own:2.0:User': { age: 0 } })).toBe(true);
	});
});

describe('several values', () => {
	it.each<[boolean, string, string, string]>([
		[true, 'emails', 'eq', 'ZOE@home.example'],
		[true, 'emails.value', 'ew', '@EXAMPLE.com'],
		[true, 'emails.type', 'eq', 'home'],
		[false, 'emails', 'eq', 'home'],
		[true, 'emails', 'ne', 'bob@example.com'],
		[false, 'emails', 'ne', 'zoe@home.example'],
		[true, 'emails.primary', 'eq', 'yes'],
		[false, 'addresses', 'co', 'object'],
		[false, 'photos', 'co', 'object'],
	])('%s: %s %s %s', (expected, attribute, operator, value) => {
		expect(holds(attribute, operator, value)).toBe(expected);
	});

	it.each([[['A@x.y', 'b@x.y']], ['a@x.y'], [{ Value: 'a@x.y' }]])('shown as %j', (emails) => {
		for (const name of ['emails', 'emails.value']) {
			expect(holds(name, 'eq', 'a@X.y', { emails })).toBe(true);
			expect(holds(name, 'ne', 'a@x.y', { emails })).toBe(false);
			expect(holds(name, 'ne', 'c@x.y', { emails })).toBe(true);
		}
	});
});

describe('true and false', () => {
	it.each<[boolean, unknown, string, unknown]>([
		[true, true, 'eq', 'TRUE'],
		[true, true, 'eq', 1],
		[false, true, 'eq', 'no'],
		[true, true, 'ne', false],
		[false, false, 'ne', 'no'],
		[true, 'True', 'eq', 'yes'],
		[false, 'False', 'ne', 'no'],
		[true, 'False', 'ne', true],
		[false, true, 'co', 'true'],
		[false, true, 'ge', 'true'],
	])('%s: active is %j, %s %j', (expected, active, operator, value) => {
		expect(holds('active', operator, value, { active })).toBe(expected);
	});

	it('of an attribute that the RFC does not define', () => {
		expect(holds('urn:own:2.0:User:isRemote', 'eq', 'No')).toBe(true);
		expect(holds('urn:own:2.0:User:isRemote', 'ne', 'false')).toBe(false);
	});
});

describe('numbers', () => {
	it.each<[boolean, unknown, string, unknown]>([
		[true, 9, 'lt', '10'],
		[true, '9', 'lt', 10],
		[false, 10, 'lt', '9'],
		[true, 7, 'eq', '7.0'],
		[false, 7, 'ne', '7.0'],
		[false, '007', 'eq', '7'],
		[true, '007', 'eq', '007'],
		[true, '007', 'le', '7'],
		[true, '90071992547409931', 'lt', '90071992547409932'],
		[true, 'a10', 'lt', 'a9'],
	])('%s: %j %s %j', (expected, age, operator, value) => {
		const record = { 'urn:own:2.0:User': { age } };
		expect(holds('urn:own:2.0:User:age', operator, value, record)).toBe(expected);
	});
});

describe('dates', () => {
	const at = '2025-03-01T08:00:00Z';
	it.each<[boolean, string, unknown]>([
		[true, 'eq', at],
		[true, 'eq', '2025-03-01T10:00:00+02:00'],
		[true, 'eq', '2025-03-01 09:00'],
		[true, 'eq', new Date(at)],
		[true, 'eq', DateTime.fromISO('2025-03-01T03:00:00-05:00')],
		[false, 'ne', '2025-03-01 09:00'],
		[true, 'gt', '2025-03-01 08:59'],
		[false, 'gt', '2025-03-01 09:00'],
		[true, 'ge', '2025-03-01T09:00+01:00'],
		[false, 'ge', '2025-03-01 09:01'],
		[true, 'lt', '2025-03-01T09:00:00+00:30'],
		[false, 'lt', '2025-03-01T07:59:59.999Z'],
		[true, 'le', '2025-03-01 09:00'],
		[false, 'le', '2025-03-01'],
		[true, 'sw', '2025-03-01T08'],
	])('%s: %s %p', (expected, operator, value) => {
		const created = `urn:own:2.0:User:created`;
		expect(holds(created, operator, value, { 'urn:own:2.0:User': { created: at } })).toBe(expected);
		if (operator === 'sw') return;
		for (const name of ['meta.created', 'META.lastModified']) {
			expect(holds(name, operator, value)).toBe(expected);
		}
	});

	it('begins with the day that was entered', () => {
		expect(holds('meta.created', 'sw', '2025-03-01')).toBe(true);
		expect(holds('meta.created', 'sw', '2025-02-28')).toBe(false);
	});

	it('a day begins where the workflow is', () => {
		expect(
			holds('meta.created', 'ge', '2025-03-01', { meta: { created: '2025-02-28T23:30:00Z' } }),
		).toBe(true);
		expect(holds(`${ENTERPRISE}:hired`, 'eq', '2025-03-01')).toBe(true);
		expect(holds(`${ENTERPRISE}:hired`, 'gt', '2025-02-28T22:59:59Z')).toBe(true);
		expect(holds(`${ENTERPRISE}:hired`, 'gt', '2025-02-28T23:00:00Z')).toBe(false);
	});

	it('text that only begins with one is text', () => {
		const record = { title: '2025-01-01 (old)' };
		expect(holds('title', 'eq', '2025-01-01 (new)', record)).toBe(false);
		expect(holds('title', 'lt', '2025-01-01 (p)', record)).toBe(true);
	});

	it('anything else is refused where the attribute is a date', () => {
		expect(() => holds('meta.created', 'gt', 'soon')).toThrow('input');
	});
});

describe('what a record may fulfill', () => {
	const may = (attribute: string, operator: string, value: unknown, record: object = ANN) =>
		mayFulfillOneOf([{ attribute, operator, value }], ZONE)(record as never);
	const numbered = (age: unknown) => ({ 'urn:own:2.0:User': { age } });

	it.each(['displayName', 'nickName', 'locale', 'entitlements', 'ims', 'phoneNumbers', 'photos'])(
		'anything, if it does not show the attribute: %s',
		(name) => {
			for (const operator of ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr']) {
				expect(may(name, operator, 'a')).toBe(true);
			}
		},
	);

	it.each<[boolean, string, string, unknown]>([
		[true, 'userName', 'eq', 'ANN@example.COM'],
		[false, 'userName', 'eq', 'ann'],
		[false, 'title', 'co', 'off'],
		[false, 'title', 'sw', 'desks'],
		[false, 'title', 'ew', 'head'],
		[false, 'title', 'gt', 'i'],
		[false, 'title', 'lt', 'A'],
		[false, 'active', 'eq', 'no'],
		[false, 'active', 'ne', 'yes'],
		[true, 'active', 'gt', 'no'],
		[false, 'emails', 'eq', 'home'],
		[true, 'emails', 'ne', 'zoe@home.example'],
		[false, 'name.givenName', 'co', 'y'],
		[false, 'meta.created', 'gt', '2025-03-01 09:00'],
		[false, 'meta.created', 'ne', '2025-03-01 09:00'],
		[false, 'meta.lastModified', 'lt', '2025-03-01 09:00'],
	])('%s: %s %s %j', (expected, attribute, operator, value) => {
		expect(may(attribute, operator, value)).toBe(expected);
	});

	it.each<[string, string, string, unknown, object]>([
		['letter case counts', 'title', 'ne', 'desks', { title: 'Desks' }],
		['letter case counts in an order', 'title', 'gt', 'B', { title: 'a' }],
		['accents do not count', 'title', 'eq', 'cafe', { title: 'Caf\u00e9' }],
		['accents do not count in an order', 'title', 'lt', 'f', { title: '\u00e9' }],
		['text is ordered as text', 'title', 'gt', '10', { title: '9' }],
		['numbers are text', 'urn:own:2.0:User:age', 'gt', '10', numbered('9')],
		['text is a number', 'urn:own:2.0:User:age', 'eq', '7', numbered('007')],
		[
			'phone numbers are digits',
			...([
				'phoneNumbers.value',
				'ew',
				'(4) 56',
				{ phoneNumbers: [{ value: 'tel:+1-456' }] },
			] as const),
		],
		['some other value differs', 'emails', 'ne', 'a', { emails: ['a', 'b'] }],
		['an unknown word is any', 'active', 'eq', 'true', { active: 'enabled' }],
		['an unknown date is any', 'meta.created', 'gt', '2025-03-01', { meta: { created: 'soon' } }],
	])('whatever way the service compares: %s', (_way, attribute, operator, value, record) => {
		expect(may(attribute, operator, value, record)).toBe(true);
	});

	it('nothing, if all values are the one that is not wanted', () => {
		expect(may('emails', 'ne', 'a@b.c', { emails: [{ value: 'a@b.c' }, 'a@b.c'] })).toBe(false);
	});

	it('one of several conditions', () => {
		const conditions = ['x', 'Ann@Example.com'].map((value) => ({
			...{ attribute: 'userName', operator: 'eq', value },
		}));
		expect(mayFulfillOneOf(conditions, ZONE)(ANN as never)).toBe(true);
		expect(mayFulfillOneOf(conditions.slice(0, 1), ZONE)(ANN as never)).toBe(false);
	});

	it('whatever is certain is possible', () => {
		for (const operator of ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr']) {
			for (const value of [
				'ann@example.com',
				'Head',
				'Desks',
				'10',
				'0010',
				'true',
				'2025-03-01',
			]) {
				for (const name of ['userName', 'title', 'emails', `${ENTERPRISE}:employeeNumber`]) {
					if (holds(name, operator, value)) expect(may(name, operator, value)).toBe(true);
				}
			}
		}
	});
});
