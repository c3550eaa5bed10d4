import fc from 'fast-check';
import { DateTime } from 'luxon';
import { attributesIn, newUser } from '../../nodes/Appspace/resources/scimUser/scimUserFields.ts';
import { attribute } from '../../nodes/Appspace/transport/scim/attributes.ts';
import { inPlace, stepsOf } from '../../nodes/Appspace/scim/attributePaths.ts';
import { changesTo, patchOf, replacementOf } from '../../nodes/Appspace/scim/changes.ts';
import { readFeatures } from '../../nodes/Appspace/scim/features.ts';
import { allOf, comparison, isExactly, quoted } from '../../nodes/Appspace/scim/filter.ts';
import { partsOf } from '../../nodes/Appspace/scim/parts.ts';
import { memberIds, membersWithout, spellingsIn } from '../../nodes/Appspace/scim/members.ts';
import { envelopeOf, scimPages } from '../../nodes/Appspace/scim/pages.ts';
import { unappliedAttributes } from '../../nodes/Appspace/scim/appliedAttributes.ts';
import type { TenantRequest } from '../../nodes/Appspace/transport/tenantRequest.ts';
import { matchesFilter } from '../support/scimFilter.mts';

const anyText = fc.string({ unit: 'binary', maxLength: 30 });

describe('filters', () => {
	it('a text comes out of a filter as it went in, whatever it holds', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const whole = !/\p{Surrogate}/u.test(text);
				if (whole) expect(JSON.parse(quoted(text))).toBe(text);
				const record = { userName: text };
				if (whole) expect(matchesFilter(isExactly('userName', text), record)).toBe(true);
				expect(matchesFilter(isExactly('userName', `${text}!`), record)).toBe(false);
			}),
		);
	});

	it('a text cannot end its condition and begin another one', () => {
		fc.assert(
			fc.property(
				anyText,
				fc.constantFrom('" or userName pr', '\\" or userName pr or "', '") or (userName pr'),
				(text, evil) => {
					expect(matchesFilter(isExactly('userName', text + evil), { userName: 'somebody' })).toBe(
						false,
					);
				},
			),
		);
	});

	it.each([
		['active', 'eq', 'TRUE', 'active eq true'],
		['active', 'eq', false, 'active eq false'],
		['title', 'pr', '', 'title pr'],
		['userName', 'co', 7, 'userName co "7"'],
		['meta.created', 'ge', '2025-03-01 08:00', 'meta.created ge "2025-03-01T07:00:00.000Z"'],
		['Active', 'EQ', 'no', 'Active eq false'],
		['active', 'eq', 1, 'active eq true'],
		[
			'urn:ietf:params:scim:schemas:core:2.0:User:ACTIVE',
			'eq',
			'True',
			'urn:ietf:params:scim:schemas:core:2.0:User:ACTIVE eq true',
		],
		['emails.Primary', 'eq', 'true', 'emails.Primary eq true'],
		['urn:own:2.0:User:isRemote', 'eq', true, 'urn:own:2.0:User:isRemote eq true'],
		['urn:own:2.0:User:active', 'eq', 'yes', 'urn:own:2.0:User:active eq "yes"'],
		['META.LASTMODIFIED', 'gt', '2025-03-01', 'META.LASTMODIFIED gt "2025-02-28T23:00:00.000Z"'],
		[
			'urn:own:2.0:User:hired',
			'gt',
			new Date(0),
			'urn:own:2.0:User:hired gt "1970-01-01T00:00:00.000Z"',
		],
		[
			'meta.created',
			'lt',
			DateTime.fromISO('2025-03-01T08:00:00+02:00'),
			'meta.created lt "2025-03-01T06:00:00.000Z"',
		],
	])('%s %s %s', (name, operator, value, written) => {
		const conditions = [{ attribute: name, operator, value }];
		const [part] = partsOf({ conditions }, 'Europe/Prague');
		expect(part?.alternatives).toEqual([written]);
	});

	it.each([
		['user Name', 'eq', 'x'],
		['userName) or (id', 'eq', 'x'],
		['userName', 'is', 'x'],
		['userName', 'eq', ''],
		['userName', 'eq', ['x']],
		['active', 'eq', 'maybe'],
		['meta.created', 'gt', 'soon'],
		['meta.created', 'gt', true],
		['userName', 'eq', { a: 1 }],
	])('%s %s %p is refused', (name, operator, value) => {
		expect(() => comparison({ attribute: name, operator, value }, 'UTC')).toThrow();
	});

	it('"or" is kept together, and what stands alone stands as it is', () => {
		expect(allOf(['a eq 1', '', 'b eq 2 or c eq 3'])).toBe('a eq 1 and (b eq 2 or c eq 3)');
		expect(allOf(['b eq 2 or c eq 3'])).toBe('b eq 2 or c eq 3');
		expect(allOf([])).toBe('');
	});
});

describe('changes', () => {
	const value = fc.oneof(fc.string(), fc.boolean(), fc.integer());
	const complex = fc.dictionary(fc.constantFrom('givenName', 'familyName', 'value'), value);
	const record = fc.dictionary(
		fc.constantFrom('userName', 'title', 'name', 'emails', 'urn:x:2.0:User', 'displayName'),
		fc.oneof(value, complex, fc.array(complex, { maxLength: 3 })),
	);

	it('a record that was replaced has nothing left to change, and what was not named stays', () => {
		fc.assert(
			fc.property(record, record, (present, wanted) => {
				const after = replacementOf(present as never, wanted as never);
				expect(changesTo(after, wanted as never)).toEqual([]);
				for (const name of Object.keys(present).filter((key) => !(key in wanted))) {
					expect(after[name]).toEqual(present[name]);
				}
			}),
		);
	});

	it('names count without regard to case, values of user names and emails too', () => {
		const user = {
			USERNAME: 'A@B.c',
			Name: { GIVENNAME: 'A' },
			emails: [{ Value: 'a@b.c', display: 'x' }],
		};
		const same = { userName: 'a@b.C', name: { givenName: 'A' }, emails: [{ value: 'A@B.C' }] };
		expect(changesTo(user, same)).toEqual([]);
		expect(changesTo(user, { name: { givenName: 'a' } })).toEqual([
			{ path: 'name.givenName', value: 'a' },
		]);
		expect(attribute({ __proto__x: 1 }, 'toString')).toBeUndefined();
	});

	it('none where a service writes true and false as text', () => {
		expect(changesTo({ active: 'True' }, { active: true })).toEqual([]);
		expect(changesTo({ active: 'True' }, { active: false })).toHaveLength(1);
	});

	it('are written as RFC 7644 3.5.2 has them', () => {
		const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
		const wanted = { title: null, [urn]: { manager: { value: 'm' } }, active: false };
		const changes = changesTo({ title: 'x', active: true }, wanted);
		expect(patchOf(changes)).toEqual({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
			Operations: [
				{ op: 'remove', path: 'title' },
				{ op: 'replace', path: `${urn}:manager`, value: { value: 'm' } },
				{ op: 'replace', path: 'active', value: false },
			],
		});
		const whole = replacementOf(
			{ id: '1', schemas: ['s'], meta: {}, groups: [], title: 'x' },
			wanted,
		);
		expect(whole).toEqual({
			id: '1',
			schemas: ['s', urn],
			active: false,
			[urn]: { manager: { value: 'm' } },
		});
	});

	it('a manager who is replaced is not referred to by the address of the one before', () => {
		const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
		const manager = { value: 'old', $ref: '../old', displayName: 'Old', ours: 1 };
		const after = (value: string) =>
			replacementOf({ [urn]: { manager } }, { [urn]: { manager: { value } } })[urn];
		expect(after('new')).toEqual({ manager: { value: 'new', ours: 1 } });
		expect(after('OLD')).toEqual({ manager: { ...manager, value: 'OLD' } });
	});

	it('a new user has schemas for what it holds, and the user name as email address', () => {
		expect(newUser('a@b.c', { department: 'D' })).toMatchObject({
			schemas: [expect.stringContaining('core:2.0:User'), expect.stringContaining('enterprise')],
			...{ userName: 'a@b.c', active: true },
			emails: [{ value: 'a@b.c', type: 'work', primary: true }],
		});
		expect(attributesIn({ attributes: '{"id":"x","Meta":{},"nickName":"N"}' })).toEqual({
			nickName: 'N',
		});
	});
});

describe('several values in every form', () => {
	it.each<[string, unknown, unknown]>([
		[
			'text that is true',
			[
				{ value: 'a', primary: 'False' },
				{ value: 'b', primary: 'True' },
			],
			[
				{ value: 'a', primary: 'False' },
				{ value: 'new', primary: 'True' },
			],
		],
		['plain values', ['a', 'b', 'a'], ['new', 'b', 'a']],
		['one that stands alone', { Value: 'a', ours: 1 }, [{ Value: 'new', ours: 1 }]],
		['a plain one that stands alone', 'a', ['new']],
		['mixed', ['a', { value: 'b', primary: true }], ['a', { value: 'new', primary: true }]],
		['none', null, [{ value: 'new', type: 'work', primary: true }]],
	])('the main address of %s', (_, emails, after) => {
		expect(attributesIn({ email: 'new' }, { emails } as never)).toEqual({ emails: after });
	});

	it.each([[['a', true]], [[['a']]], ['a, b']])('%j is refused', (emails) => {
		expect(() => attributesIn({ email: 'new' }, { Emails: emails } as never)).toThrow();
		expect(attributesIn({ title: 'x' }, { Emails: emails } as never)).toEqual({ title: 'x' });
	});

	it('of several phones of a type the primary one is meant, and types need not be kept', () => {
		const phones = (phoneNumbers: unknown) =>
			attributesIn({ workPhone: '+9' }, { phoneNumbers } as never).phoneNumbers;
		const work = { value: '+1', type: 'Work' };
		expect(phones([work, { ...work, primary: 'true' }])).toEqual([
			work,
			{ value: '+9', type: 'Work', primary: 'true' },
		]);
		expect(phones(['+1'])).toEqual(['+1', { type: 'work', value: '+9' }]);
		expect(phones(['+9'])).toEqual(['+9']);
		expect(phones([{ value: '+9', type: 'fax' }])).toHaveLength(2);
	});

	it.each<[unknown, unknown, boolean]>([
		[['a', 'b'], [{ value: 'B' }, { value: 'a' }], true],
		[[{ value: 'a', type: 'work' }], ['A'], true],
		[['a'], [{ value: 'a', type: 'work' }], false],
		[[{ value: 'a' }, { value: 'b' }], [{ value: 'a' }, { value: 'a' }], false],
		[[{ value: 'a' }], [{ value: 'a' }, { value: 'a' }], true],
		[[{ value: 'a', primary: 'True' }], [{ value: 'a', primary: true }], true],
		[[{ value: 'a', primary: 'True' }], [{ value: 'a', primary: false }], false],
		['a', [{ value: 'a' }], true],
	])('%j is %j already: %s', (emails, wanted, is) => {
		expect(changesTo({ emails } as never, { emails: wanted } as never)).toHaveLength(is ? 0 : 1);
	});
});

describe('members', () => {
	it('an ID to the letter goes before one in another letter case', () => {
		expect(spellingsIn(['A1', 'a1'])('a1')).toBe('a1');
		expect(spellingsIn(['A1', 'b'])('a1')).toBe('A1');
		expect(spellingsIn(['b'])('a1')).toBeUndefined();
	});

	it('are read in every form, and the others are left in theirs', () => {
		const members = ['a', { VALUE: 'b' }, 7, { $ref: 'https://x/Users/c/' }, { display: '?' }];
		const group = { Members: members } as never;
		expect(memberIds(group)).toEqual(['a', 'b', '7', 'c']);
		expect(membersWithout(group, ['a', '7'])).toEqual([members[1], members[3], members[4]]);
	});
});

describe('paths of attributes', () => {
	const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
	it.each<[string, string[]]>([
		['title', ['title']],
		['name.givenName', ['name', 'givenName']],
		[urn, [urn]],
		[`${urn}:department`, [urn, 'department']],
		[`${urn}:manager.value`, [urn, 'manager', 'value']],
		['urn:ietf:params:scim:schemas:core:2.0:User:name.givenName', ['name', 'givenName']],
		['emails[type eq "work"].value', ['emails[type eq "work"].value']],
		['urn:of-nobody', ['urn:of-nobody']],
		['__proto__', ['__proto__']],
	])('%s', (path, steps) => {
		expect(stepsOf(path)).toEqual(steps);
	});

	it('attributes are put where a record has them, and nothing gets into prototypes', () => {
		const given = JSON.parse(
			'{"name.givenName":"A","Name":{"familyName":"B"},"__proto__":{"x":1}}',
		);
		const placed = inPlace(given as never);
		expect(JSON.stringify(placed)).toBe(
			'{"name":{"givenName":"A","familyName":"B"},"__proto__":{"x":1}}',
		);
		expect(({} as { x?: number }).x).toBeUndefined();
	});
});

describe('what a service did not apply', () => {
	const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
	const left = (wanted: object, record: object) => {
		const sent = changesTo({}, wanted as never, () => false);
		return unappliedAttributes(record as never, wanted as never, sent);
	};

	it.each<[string, object, object]>([
		['letter case, blanks and forms of letters', { title: ' Á  b' }, { title: 'a\u0301 B' }],
		['true and false as text', { active: false }, { active: 'False' }],
		['numbers as text', { n: 7, m: '1.0' }, { n: '7.0', m: 1 }],
		['moments', { at: '2025-01-01T08:00:00Z' }, { at: '2025-01-01T09:00:00.000+01:00' }],
		['the order of values', { roles: ['a', 'b'] }, { roles: ['B', 'a'] }],
		[
			'labels that are not kept',
			{ emails: [{ value: 'A', type: 'x' }] },
			{ emails: [{ value: 'a' }] },
		],
		['what is added', { manager: { value: 'm' } }, { manager: { value: 'm', $ref: '../m' } }],
		[
			'numbers of phones',
			{ phoneNumbers: [{ value: '+1 2' }] },
			{ phoneNumbers: [{ value: 'tel:+1-2' }] },
		],
		[
			'no value, in all ways',
			{ title: null, name: null, ims: [] },
			{ title: '', name: { x: null } },
		],
		['a password', { password: 'secret' }, {}],
		['plain values', { emails: [{ value: 'a', type: 'work' }] }, { emails: ['A'] }],
		['one that stands alone', { members: ['a'] }, { members: { value: 'a', display: 'x' } }],
		['a path', { 'name.givenName': 'A', [`${urn}:department`]: 'D' }, { name: { givenName: 'A' } }],
	])('%s: nothing', (_, wanted, record) => {
		expect(left(wanted, record)).toEqual([]);
	});

	it.each<[string[], object, object]>([
		[['title'], { title: 'a', active: true }, { active: true }],
		[['title'], { title: 'a' }, { title: 'b' }],
		[['title'], { title: null }, { title: 'b' }],
		[['active'], { active: false }, {}],
		[['externalId'], { externalId: 'a' }, { externalId: 'A' }],
		[
			['department', 'manager'],
			{ [urn]: { department: 'D', manager: { value: 'm' } } },
			{ [urn]: {} },
		],
		[['name.givenName'], { name: { givenName: 'a' } }, { name: 'a' }],
		[['emails'], { emails: [{ value: 'a' }] }, { emails: [{ value: 'a' }, { value: 'b' }] }],
		[['emails'], { emails: [{ value: 'a', type: 'x' }] }, { emails: [{ value: 'a', type: 'y' }] }],
		[['phoneNumbers'], { phoneNumbers: [{ value: '+1' }] }, { phoneNumbers: [{ value: '+2' }] }],
	])('%j', (names, wanted, record) => {
		expect(left(wanted, record)).toEqual(names);
	});

	it('nothing of what was not sent', () => {
		expect(
			unappliedAttributes({}, { title: 'a', userName: 'b' }, [{ path: 'title', value: 'a' }]),
		).toEqual(['title']);
	});
});

describe('pages', () => {
	const asked = async (filter: string, start: number) => {
		const send = jest.fn(async (_request: TenantRequest) => ({ totalResults: 0 }));
		await scimPages(send, 'Users', filter)(start, 50, () => false);
		return send.mock.calls[0]?.[0];
	};

	it('begin with 1, and a long filter travels in a body', async () => {
		expect(await asked('a pr', 0)).toMatchObject({
			path: 'Users',
			query: { filter: 'a pr', startIndex: 1, count: 50 },
		});
		expect(await asked('x'.repeat(2_000), 100)).toMatchObject({
			...{ method: 'POST', path: 'Users/.search', effect: 'read' },
			body: { startIndex: 101, count: 50 },
		});
	});

	it('an empty list may lack its records, other answers may not', () => {
		expect(envelopeOf({ totalResults: 0 }, 10)).toEqual({ items: [], limit: 10, size: 0 });
		expect(envelopeOf({ resources: [{ id: 1 }] }, 10)).toEqual({ items: [{ id: 1 }] });
		for (const body of [undefined, null, [], 'text', {}, { Resources: {} }]) {
			expect(() => envelopeOf(body, 10)).toThrow();
		}
	});
});

it('features: what is not told is as usual, words and spellings count', () => {
	expect(readFeatures({})).toEqual({ patch: true, filter: true, etag: false });
	const config = { PATCH: { Supported: 'False' }, etag: { supported: true }, filter: null };
	expect(readFeatures(config)).toEqual({ patch: false, filter: true, etag: true });
});
