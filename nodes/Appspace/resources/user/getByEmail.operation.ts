import { emailOf } from '../../fields/people';
import type { Operation } from '../../runtime/operation';
import { isSameText } from '../../runtime/pick';
import { badInput } from '../../transport/failure';
import { simplifyUser } from './userRecord';

export const getByEmail: Operation = {
	value: 'getByEmail',
	name: 'Get by E-Mail',
	action: 'Get user by e-mail',
	description: 'Find the one user with exactly this e-mail address, in upper or lower case',
	effect: 'read',
	endpoints: ['GET users'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	simplify: simplifyUser,
	fields: [
		{
			displayName: 'E-Mail',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. nathan@example.com',
			description:
				'The e-mail address of the user. Appspace cannot search by it, so the user list is read page by page until the user is found.',
		},
	],

	async run(call) {
		const email = call.text('email');
		if (email === '') throw badInput('The parameter "E-Mail" is empty', 'Enter an e-mail address.');
		const [user] = await call.list('users', {
			matches: (user) => isSameText(emailOf(user), email),
			first: true,
		});
		if (user) return user;
		throw badInput(
			`No user with the e-mail address "${email}" was found`,
			'Check the spelling in the parameter "E-Mail", and that the user that the API token acts as may see this user.',
		);
	},
};
