import { MEGABYTE } from '../transport/openFile';
import { endpointsIn, type Endpoint } from './endpoints';
import type { Description } from './document';
import { readDescription, type Reader } from './read';

/** A description with its endpoints. */
export interface Described {
	description: Description;
	endpoints: Endpoint[];
}

interface Entry {
	described: Described;
	size: number;
	/** In milliseconds of the local clock. */
	until: number;
}

/** A bounded memory: the oldest go first, and nobody is kept longer than the time allows. */
export class Kept {
	private readonly entries = new Map<string, Entry>();

	/**
	 * @param lasts milliseconds
	 * @param room for all together, in bytes of the answers that they came in
	 */
	constructor(
		private readonly lasts: number,
		private readonly room: number,
	) {}

	/** Bytes in use. */
	get size(): number {
		return [...this.entries.values()].reduce((sum, { size }) => sum + size, 0);
	}

	get(key: string, now: number): Described | undefined {
		this.forget(now);
		return this.entries.get(key)?.described;
	}

	/** What is larger than all the room is not kept. */
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
			// A clock that was put back must not keep anything for ever either.
			if (until <= now || until > now + this.lasts) this.entries.delete(key);
		}
	}
}

/**
 * Behind the pickers, for which each key stroke is a new call: the one memory outside of a run, beside the
 * exchanges of the credential.
 */
const kept = new Kept(5 * 60_000, 8 * MEGABYTE);

/**
 * A description, from memory where it was read a moment ago.
 *
 * @param identity whose tenant it is; nobody sees what another may see
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
