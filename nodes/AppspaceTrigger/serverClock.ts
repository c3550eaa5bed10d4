import type { IDataObject } from 'n8n-workflow';

/**
 * The clock of the server, from the Date header of its answers. What is compared with a time in a record
 * must be measured by the same clock, and n8n's own may be wrong.
 */
export class ServerClock {
	/** How far the server's clock is ahead of n8n's, in milliseconds. */
	private ahead: number | undefined;

	/** Milliseconds since 1970. Without a Date header, n8n's own clock. */
	now(): number {
		return Date.now() + (this.ahead ?? 0);
	}

	set({ date }: IDataObject): void {
		const time = typeof date === 'string' ? Date.parse(date) : NaN;
		this.ahead = Number.isNaN(time) ? (this.ahead ?? 0) : time - Date.now();
	}
}
