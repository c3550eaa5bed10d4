import { setTimeout as delay } from 'node:timers/promises';

/** Resolves as soon as `holds` does. Rejects after `timeout` milliseconds and says what it waited for. */
export async function until(
	what: string,
	holds: () => boolean | Promise<boolean>,
	timeout = 20_000,
): Promise<void> {
	const end = performance.now() + timeout;
	while (!(await holds())) {
		if (performance.now() > end) throw new Error(`Waited ${timeout} ms in vain for: ${what}`);
		await delay(5);
	}
}
