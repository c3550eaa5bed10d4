import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox, type SandboxOptions } from './server.mts';

const HELP = `An Appspace tenant in a box, on 127.0.0.1.

npm run sandbox -- [options]

  --port <number>            where to listen (default: a free port)
  --users <number>           number of users (60)
  --channels <number>        number of channels (24)
  --devices <number>         number of devices (30)
  --seed <number>            the same seed gives the same data (random)
  --token-lifetime <seconds> lifetime of access tokens (3600)
  --latency <milliseconds>   delay before every response (0)
  --help                     show this help

Faults, settings, and the request log are at /_sandbox; see sandbox/README.md.
`;

const FLAGS = {
	port: { type: 'string' },
	users: { type: 'string' },
	channels: { type: 'string' },
	devices: { type: 'string' },
	seed: { type: 'string' },
	'token-lifetime': { type: 'string' },
	latency: { type: 'string' },
	help: { type: 'boolean' },
} as const;

class UsageError extends Error {}

void run(process.argv.slice(2));

async function run(args: string[]): Promise<void> {
	try {
		const options = readOptions(args);
		if (!options) return void process.stdout.write(HELP);
		const sandbox = await startSandbox(options);
		process.stdout.write(greeting(sandbox));
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.once(signal, () => void sandbox.close());
		}
	} catch (error) {
		process.stderr.write(`${messageOf(error)}\n`);
		process.exitCode = error instanceof UsageError ? 2 : 1;
	}
}

/** The options that the flags set; undefined for --help. Throws a UsageError. */
function readOptions(args: string[]): SandboxOptions | undefined {
	const flags = readFlags(args);
	if (flags.help) return undefined;
	const whole = (name: keyof typeof FLAGS, most = Number.MAX_SAFE_INTEGER) =>
		number(name, flags[name], (value) => Number.isInteger(value) && value <= most);
	const fraction = (name: keyof typeof FLAGS) => number(name, flags[name], Number.isFinite);
	return {
		port: whole('port', 65_535),
		users: whole('users'),
		channels: whole('channels'),
		devices: whole('devices'),
		seed: whole('seed', 2 ** 32 - 1),
		settings: { tokenLifetime: fraction('token-lifetime'), latency: fraction('latency') },
	};
}

function readFlags(args: string[]) {
	try {
		return parseArgs({ args, options: FLAGS }).values;
	} catch (error) {
		const { message } = error as Error;
		throw new UsageError(`${message.split('. ')[0]}. Run with --help to see the options.`);
	}
}

function number(
	name: string,
	text: string | boolean | undefined,
	fits: (value: number) => boolean,
): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (text !== '' && value >= 0 && fits(value)) return value;
	throw new UsageError(`--${name} cannot be "${text}". Run with --help to see the options.`);
}

function messageOf(error: unknown): string {
	const { code, message, port } = error as Error & { code?: string; port?: number };
	if (code === 'EADDRINUSE') return `Port ${port} is taken. Choose another one with --port.`;
	if (code === 'EACCES') return `Port ${port} is not allowed here. Choose another one with --port.`;
	return message;
}

function greeting(sandbox: Sandbox): string {
	const { url, subjectId, refreshToken, apiKey, seed, settings } = sandbox;
	const body = { subjectType: 'Application', subjectId, grantType: 'refreshToken', refreshToken };
	return `An Appspace tenant in a box is running (seed ${seed}).

  Base URL      ${url}
  SubjectId     ${subjectId}
  RefreshToken  ${refreshToken}
  API key       ${apiKey}
                accepted ${placement(settings.apiKeyPlacement)} (drawn from the seed; the real way is not public)
  SCIM Base URL ${sandbox.scimUrl}
  SCIM token    ${sandbox.scimToken}

Try it:

TOKEN=$(curl -s ${url}/api/v3/authorization/token -H 'Content-Type: application/json' \\
  -d '${JSON.stringify(body)}' | sed -n 's/.*"accessToken": "\\([^"]*\\)".*/\\1/p') && \\
curl -s -H "Authorization: Bearer $TOKEN" '${url}/api/v3/channeldirectory?limit=2'

Controls: ${url}/_sandbox    Services: ${url}/api/v3/docs/
Stop with Ctrl-C.
`;
}

function placement({ kind, name }: Sandbox['settings']['apiKeyPlacement']): string {
	switch (kind) {
		case 'bearer':
			return 'as Authorization: Bearer <key>';
		case 'header':
			return `in the header ${name}`;
		case 'query':
			return `in the query as ${name}`;
		case 'exchange':
			return 'by the token exchange, with grantType apiKey';
	}
}
