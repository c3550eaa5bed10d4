import { typedAttributes } from '../../nodes/Appspace/scim/attributeTypes.ts';
import { ENTERPRISE } from '../../nodes/Appspace/transport/scim/attributes.ts';

describe('attributes of SCIM have the types of RFC 7643', () => {
	test.each([
		[{ active: 'False' }, { active: false }],
		[{ ACTIVE: 0 }, { ACTIVE: false }],
		[{ active: 'yes' }, { active: true }],
		[{ userName: 17 }, { userName: '17' }],
		[
			{ emails: [{ value: 'a@example.com', primary: 'True' }, 'b@example.com'] },
			{ emails: [{ value: 'a@example.com', primary: true }, 'b@example.com'] },
		],
		[{ members: [{ value: 17 }, 18] }, { members: [{ value: '17' }, '18'] }],
		[
			{ [ENTERPRISE.toUpperCase()]: { employeeNumber: 701984, manager: { value: 5 } } },
			{ [ENTERPRISE.toUpperCase()]: { employeeNumber: '701984', manager: { value: '5' } } },
		],
		[{ name: { givenName: 1, familyName: null } }, { name: { givenName: '1', familyName: null } }],
		[{ title: null }, { title: null }],
		// An extension of somebody's own may mean what it says.
		[{ 'urn:example:2.0:User': { desk: 5 } }, { 'urn:example:2.0:User': { desk: 5 } }],
		[{ badge: 5 }, { badge: 5 }],
	])('%j becomes %j', (given, typed) => {
		const before = structuredClone(given);
		expect(typedAttributes(given as never)).toEqual(typed);
		expect(given).toEqual(before);
	});

	test.each([
		[{ active: 'maybe' }, '"active" is not true or false'],
		[{ active: 2 }, '"active" is not true or false'],
		[{ emails: [{ primary: 'first' }] }, '"emails.primary" is not true or false'],
		[{ title: 2 ** 53 }, '"title" is not text'],
	])('%j is refused', (given, message) => {
		const failure = expect.objectContaining({ message: expect.stringContaining(message) });
		expect(() => typedAttributes(given as never)).toThrow(expect.objectContaining({ failure }));
	});
});
