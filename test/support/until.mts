import { setTimeout as delay } from 'node:timers/promises';

/**
 * Resolves as soon as `holds` does. Rejects after `timeout` milliseconds and says what it waited for.
 *
 * @param pause milliseconds between two looks
 */
export async function until(
	what: string,
	holds: () => boolean | Promise<boolean>,
	timeout = 20_000,
	pause = 5,
): Promise<void> {
	const end = performance.now() + timeout;
	while (!(await holds())) {
		if (performance.now() > end) throw new Error(`Waited ${timeout} ms in vain for: ${what}`);
		await delay(pause);
	}
}
