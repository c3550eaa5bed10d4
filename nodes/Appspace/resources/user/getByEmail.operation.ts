import { emailOf } from '../../fields/people';
import type { Operation } from '../../runtime/operation';
import { isSameText } from '../../runtime/pick';
import { badInput } from '../../transport/failure';
import { simplifyUser } from './userRecord';

export const getByEmail: Operation = {
	value: 'getByEmail',
	name: 'Get by Email',
	action: 'Get user by email',
	description: 'Find the user with exactly this email address. Not case-sensitive.',
	effect: 'read',
	endpoints: ['GET users'],
	evidence: { grade: 'OBSERVED', sources: 'S2' },
	simplify: simplifyUser,
	fields: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. nathan@example.com',
			description:
				'The email address of the user. Appspace cannot search by email address, so the node reads the user list page by page until it finds the user.',
		},
	],

	async run(call) {
		const email = call.text('email');
		if (email === '') throw badInput('The parameter "Email" is empty', 'Enter an email address.');
		const [user] = await call.list('users', {
			matches: (user) => isSameText(emailOf(user), email),
			first: true,
		});
		if (user) return user;
		throw badInput(
			`No user with the email address "${email}" was found`,
			'Check the spelling in the parameter "Email". The user that the API token acts as must be allowed to see this user.',
		);
	},
};
