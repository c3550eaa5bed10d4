import { setTimeout as delay } from 'node:timers/promises';

/** Resolves as soon as `holds` does. Rejects after `patience` milliseconds, saying what was waited for. */
export async function until(
	what: string,
	holds: () => boolean | Promise<boolean>,
	patience = 20_000,
): Promise<void> {
	const end = performance.now() + patience;
	while (!(await holds())) {
		if (performance.now() > end) throw new Error(`Waited ${patience} ms in vain for: ${what}`);
		await delay(5);
	}
}
