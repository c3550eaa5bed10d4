import { parseArgs } from 'node:util';

/**
 * The checks whose name has the text that the command line gives after `--only`, in any letter case; all
 * without it.
 * @throws Error if there is none
 */
export function chosenChecks<Check extends { name: string }>(checks: Check[]): Check[] {
	const { only } = parseArgs({ options: { only: { type: 'string', default: '' } } }).values;
	const chosen = checks.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
	if (chosen.length === 0) throw new Error(`No check has "${only}" in its name.`);
	return chosen;
}
