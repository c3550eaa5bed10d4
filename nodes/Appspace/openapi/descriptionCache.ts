import { MEGABYTE } from '../transport/openFile';
import { endpointsIn, type Endpoint } from './endpoints';
import type { Description } from './document';
import { readDescription, type Reader } from './read';

/** A description and its endpoints. */
export interface Described {
	description: Description;
	endpoints: Endpoint[];
}

interface Entry {
	described: Described;
	size: number;
	/** When the entry expires, in milliseconds of the local clock. */
	until: number;
}

/** A cache with a limit on size and age. Drops the oldest entries first. */
export class Kept {
	private readonly entries = new Map<string, Entry>();

	/**
	 * @param lasts how long an entry lives, in milliseconds
	 * @param room the limit for all entries together, in bytes of the replies they were read from
	 */
	constructor(
		private readonly lasts: number,
		private readonly room: number,
	) {}

	/** The bytes in use. */
	get size(): number {
		return [...this.entries.values()].reduce((sum, { size }) => sum + size, 0);
	}

	get(key: string, now: number): Described | undefined {
		this.forget(now);
		return this.entries.get(key)?.described;
	}

	/** Adds an entry, unless it is larger than the whole cache. */
	put(key: string, described: Described, size: number, now: number): void {
		this.entries.delete(key);
		this.forget(now);
		if (size > this.room) return;
		for (const oldest of this.entries.keys()) {
			if (this.size + size <= this.room) break;
			this.entries.delete(oldest);
		}
		this.entries.set(key, { described, size, until: now + this.lasts });
	}

	private forget(now: number): void {
		for (const [key, { until }] of this.entries) {
			// If the clock was set back, entries must not live forever.
			if (until <= now || until > now + this.lasts) this.entries.delete(key);
		}
	}
}

/**
 * The cache behind the pickers, where each keystroke is a new call. Apart from the token renewals and the
 * turns of writes, this is the only state that outlives a run.
 */
const kept = new Kept(5 * 60_000, 8 * MEGABYTE);

/**
 * A description, from the cache if it was read recently.
 *
 * @param identity the tenant and user, so that no user sees what only another may see
 */
export async function keptDescription(
	reader: Reader,
	identity: string,
	service: string,
): Promise<Described> {
	const key = `${identity} ${service.toLowerCase()}`;
	const known = kept.get(key, Date.now());
	if (known) return known;
	const { description, size } = await readDescription(reader, service);
	const described = { description, endpoints: endpointsIn(description) };
	kept.put(key, described, size, Date.now());
	return described;
}
