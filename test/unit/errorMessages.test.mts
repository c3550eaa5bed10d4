import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { About } from '../../nodes/Appspace/runtime/errorMessage.ts';
import { explain } from '../../nodes/Appspace/runtime/errorMessages.ts';
import { RequestFailed, sortError, type Failure } from '../../nodes/Appspace/transport/failure.ts';
import { quotable } from '../../nodes/Appspace/transport/redaction.ts';
import { messageIn } from '../../nodes/Appspace/transport/serverMessage.ts';

const reading: About = {
	resource: {},
	operation: { action: 'Get channel' },
	effect: 'read',
	hasChanged: false,
	records: [{ label: 'Channel', id: '8f14e45f' }],
};
const writing: About = {
	...reading,
	operation: { action: 'Add publish targets' },
	effect: 'write',
};
const status = (code: number, serverMessage = ''): Failure => ({
	kind: 'status',
	status: code,
	serverMessage,
});
const network = (code: string, sent: boolean): Failure => ({ kind: 'network', code, sent });
const told = (failure: Failure, about: About) => {
	const { message, description = '' } = explain(failure, about);
	return `${message} ${description}`;
};

const CODES = [
	'ECONNRESET',
	'ECONNREFUSED',
	'ENOTFOUND',
	'ETIMEDOUT',
	'ECONNABORTED',
	'EPIPE',
].concat([
	'EAI_AGAIN',
	'CERT_HAS_EXPIRED',
	'ERR_BAD_RESPONSE',
	'ERR_CANCELED',
	'EHOSTUNREACH',
	'EPROTO',
]);
const failure: fc.Arbitrary<Failure> = fc.oneof(
	fc.integer({ min: 300, max: 599 }).map((code) => status(code)),
	fc.record({
		kind: fc.constant('status' as const),
		status: fc.integer({ min: 300, max: 599 }),
		serverMessage: fc.constant(''),
		host: fc.constant('files.example.com'),
	}),
	fc.tuple(fc.constantFrom(...CODES), fc.boolean()).map(([code, sent]) => network(code, sent)),
);
const about: fc.Arbitrary<About> = fc.record({
	resource: fc.constantFrom({}, { role: 'User Manager' }),
	operation: fc.constantFrom({ action: 'Get channel' }, { action: 'Delete a visitor' }),
	effect: fc.constantFrom('read', 'write', 'delete'),
	hasChanged: fc.boolean(),
	records: fc.constantFrom([], reading.records),
});

test('says what happened without codes or the words that only frighten', () => {
	fc.assert(
		fc.property(failure, about, (given, where) => {
			const text = told(given, where);
			expect(text).not.toMatch(
				/\b(errors?|problem|fail\w*|mistakes?|invalid|undefined|nan)\b|\[object/i,
			);
			expect(text).not.toMatch(/\bE[A-Z]{3,}|ERR_|CERT_|[A-Z]+_[A-Z]+/);
			expect(text).not.toMatch(/ {2}|\.\.|\?\./);
		}),
		{ numRuns: 2_000 },
	);
});

test('always says what to do, and begins with what was tried or found', () => {
	fc.assert(
		fc.property(failure, about, (given, where) => {
			const { message, description } = explain(given, where);
			expect(message).not.toMatch(/[.:]$/);
			if (given.kind === 'network' && given.code === 'ERR_CANCELED') return;
			expect(description).toMatch(/^[A-Z].*\.$/);
			const [record] = where.records;
			const begins = [
				where.operation.action,
				...(record ? [`${record.label} "${record.id}"`] : []),
			];
			expect(begins.some((begin) => message.startsWith(begin))).toBe(true);
		}),
	);
});

test('a status is handed on for n8n, and for nothing else', () => {
	fc.assert(
		fc.property(failure, about, (given, where) => {
			const wanted = given.kind === 'status' ? String(given.status) : undefined;
			expect(explain(given, where).httpCode).toBe(wanted);
		}),
	);
});

test('a write that was turned away each time was not carried out, and may be tried again', () => {
	const turnedAway: Failure = { ...status(503), retryAfter: 1_000 } as Failure;
	expect(explain(turnedAway, writing).description).toBe(
		'Appspace turned the request away each time and did not carry it out. Try again later.',
	);
	expect(explain(turnedAway, reading).description).toBe('Try again later.');
	expect(explain(status(503), writing).description).toMatch(/may have carried out/);
});

test('after a change that may have happened, the sentence says so, and only then', () => {
	fc.assert(
		fc.property(failure, about, (given, where) => {
			const mayHaveHappened =
				where.effect !== 'read' &&
				((given.kind === 'status' &&
					(given.status >= 500 || given.status === 408) &&
					!('host' in given)) ||
					(given.kind === 'network' && given.sent && !/CERT|CANCELED|EPROTO/.test(given.code)));
			expect(told(given, where).includes('may have carried out')).toBe(mayHaveHappened);
			expect(told(given, where).includes('already changed something')).toBe(where.hasChanged);
		}),
		{ numRuns: 2_000 },
	);
});

describe('secrets', () => {
	test('what an error carries beside its sense is never told', () => {
		fc.assert(
			fc.property(fc.constantFrom(...CODES, '401', '403', '500'), (code) => {
				const secret = randomUUID();
				const config = {
					headers: { Authorization: `Bearer ${secret}` },
					url: `https://x/?key=${secret}`,
				};
				const cause = Object.assign(new Error(`${code} ${secret}`), {
					code,
					config,
					request: config,
					response: { status: Number(code) || undefined, headers: config.headers, config },
				});
				const thrown = Object.assign(new Error(`${code} at ${secret}`), {
					cause,
					httpCode: /^\d/.test(code) ? code : undefined,
					description: secret,
					context: { data: { secret } },
				});
				for (const where of [reading, writing]) {
					expect(told(sortError(thrown), where)).not.toContain(secret);
				}
			}),
		);
	});

	test('the body of an answer is told in no other part than the message meant for people', () => {
		const secret = randomUUID();
		const body = {
			message: 'Not here',
			accessToken: secret,
			detail: { secret },
			stackTrace: secret,
		};
		const quoted = told(status(400, messageIn(body)), reading);
		expect(quoted).toContain('Appspace says: "Not here"');
		expect(quoted).not.toContain(secret);
	});
});

describe('what Appspace says', () => {
	test('is cut, and never repeats a secret, whatever it is', () => {
		const secret = crypto.randomUUID();
		fc.assert(
			fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 400 }), (before, after) => {
				const quoted = quotable(`${before} Bearer ${secret} ${after} ${secret}`, [secret]);
				expect(quoted.length).toBeLessThanOrEqual(300);
				expect(quoted).not.toContain(secret.slice(0, 12));
			}),
		);
		expect(quotable('Authorization: Bearer a.b.c was refused', [])).not.toContain('a.b.c');
		expect(quotable('x'.repeat(10_000), [])).toHaveLength(300);
	});

	test('is added to what to do, marked as a quote', () => {
		expect(explain(status(409, 'Slot taken'), reading).description).toMatch(
			/^Change the values.*Appspace says: "Slot taken"\.$/,
		);
	});
});

describe('what was thrown, sorted', () => {
	test('a failure of our own stays what it is', () => {
		const own: Failure = { kind: 'answer', message: 'x' };
		expect(sortError(new RequestFailed(own))).toBe(own);
	});

	test.each([
		['ECONNREFUSED', false],
		['ENOTFOUND', false],
		['EAI_AGAIN', false],
		['ECONNRESET', true],
		['ETIMEDOUT', true],
	])('%s: whether Appspace may have acted is %p', (code, sent) => {
		expect(sortError({ cause: { code } })).toEqual(network(code, sent));
		expect(sortError({ code })).toEqual(network(code, sent));
	});

	test('the sentence of the credential is told as it is', () => {
		const cause = { name: 'AppspaceAccessError', message: 'Revoked.', temporary: true };
		const sorted = sortError({ cause, message: 'Forbidden' });
		expect(sorted).toEqual({ kind: 'access', message: 'Revoked.', temporary: true });
		expect(told(sorted, reading)).toContain('Revoked.');
	});

	test('whatever is thrown becomes a failure with a sentence', () => {
		fc.assert(
			fc.property(fc.anything(), (thrown) => {
				expect(explain(sortError(thrown), reading).message.length).toBeGreaterThan(0);
			}),
		);
	});
});

test.each([
	[404, reading, 'Channel "8f14e45f" was not found'],
	[404, { ...reading, records: [] }, 'Get channel: not found at this address'],
	[403, { ...reading, resource: { role: 'User Manager' } }, 'the role User Manager'],
	[403, reading, 'It also needs access to Channel "8f14e45f".'],
	[401, reading, 'may have been revoked'],
	[429, reading, '"Items at Once"'],
	[422, reading, 'does not accept the request for Channel "8f14e45f"'],
] as Array<[number, About, string]>)('%p: %j', (code, where, sentence) => {
	expect(told(status(code), where)).toContain(sentence);
});
