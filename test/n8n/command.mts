import { spawn } from 'node:child_process';

export interface CommandOptions {
	cwd: string;
	/** Added to this process's own environment. */
	env?: Record<string, string>;
	/** Called with every chunk of output as it arrives. */
	onOutput?: (text: string) => void;
}

/**
 * Runs a command to its end and returns its standard output.
 * @throws Error with the command, its exit code, and the last lines of its output
 */
export function runCommand(
	command: string,
	args: string[],
	{ cwd, env = {}, onOutput = () => {} }: CommandOptions,
): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let stdout = '';
		let everything = '';
		const take = (chunk: string) => {
			everything += chunk;
			onOutput(chunk);
		};
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			stdout += chunk;
			take(chunk);
		});
		child.stderr.setEncoding('utf8').on('data', take);
		child.once('error', reject);
		child.once('close', (code, signal) => {
			if (code === 0) return resolve(stdout);
			const shown = [command, ...args].join(' ');
			reject(
				new Error(
					`"${shown}" ended with ${signal ?? `exit code ${code}`}. Its last output was:\n${lastLines(everything, 25)}`,
				),
			);
		});
	});
}

/** The last `count` lines of a text. */
export function lastLines(text: string, count: number): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}
