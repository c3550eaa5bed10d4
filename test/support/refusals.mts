/** The forms in which servers give the reason for a refusal: the form, a body, and the reason in it. */
export const REFUSED: Array<[form: string, body: unknown, reason: string]> = [
	['plain text', 'The name is taken.', 'The name is taken.'],
	['a JSON string', '"The name is taken."', 'The name is taken.'],
	['text over several lines', ' The name\r\n\tis taken. ', 'The name is taken.'],
	['message', { message: 'The name is taken.' }, 'The name is taken.'],
	['errorMessage', { errorMessage: 'The name is taken.' }, 'The name is taken.'],
	['error', { error: 'The name is taken.' }, 'The name is taken.'],
	['Message', { Message: 'The name is taken.' }, 'The name is taken.'],
	['detail', { detail: 'The name is taken.' }, 'The name is taken.'],
	[
		'problem details',
		{ type: 'about:blank', title: 'Bad Request', status: 400, detail: 'The name is taken.' },
		'The name is taken.',
	],
	['a title alone', { title: 'Bad Request', status: 400 }, 'Bad Request'],
	[
		'OAuth',
		{ error: 'invalid_grant', error_description: 'The name is taken.' },
		'The name is taken.',
	],
	['error.message', { error: { code: 7, message: 'The name is taken.' } }, 'The name is taken.'],
	['errors', { errors: [{ message: 'The name is taken.' }] }, 'The name is taken.'],
	['errors as texts', { errors: ['One.', 'Two.'] }, 'One. Two.'],
	[
		'errors with fields',
		{ message: 'Not valid', errors: [{ field: 'name', message: 'is taken' }] },
		'Not valid. name: is taken',
	],
	[
		'Errors of v1',
		{ Status: 400, Errors: [{ Code: 'E7', Message: 'The name is taken.' }] },
		'The name is taken.',
	],
	[
		'a validation problem',
		{
			title: 'One or more validation errors occurred.',
			status: 400,
			errors: { name: ['is taken', 'is too long'], $: ['unreadable'] },
		},
		'One or more validation errors occurred. name: is taken is too long. unreadable',
	],
	[
		'ModelState',
		{ Message: 'The request is invalid.', ModelState: { 'user.name': ['It is taken.'] } },
		'The request is invalid. user.name: It is taken.',
	],
	['a list of errors', [{ message: 'One.' }, { message: 'Two.' }], 'One. Two.'],
	[
		'SCIM',
		{ schemas: ['urn:x'], status: '400', scimType: 'invalidValue', detail: 'The name is taken.' },
		'The name is taken.',
	],
	['a web page', '<html><h1>Bad Request</h1></html>', ''],
	['half an answer', '{"message":"The na', ''],
	['nothing', undefined, ''],
	['an object without a word', { status: 400, message: '', code: 7 }, ''],
];
