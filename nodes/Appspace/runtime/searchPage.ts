import type { TenantRequest } from '../transport/tenantRequest';
import type { ListRequest } from './operation';

/** Requests a page by POST. Page numbers start at 0, and the first one is sent too (appspace-api.md 5.5). */
export function searchPage(
	path: string,
	{ query, body }: ListRequest,
	page: number,
	limit: number,
): TenantRequest {
	return { method: 'POST', path, query, body: { ...body, limit, page }, effect: 'read' };
}

/** Page numbers by the offset at which each page starts. */
export class PageNumbers {
	private readonly numbers = new Map([[0, 0]]);
	private latest = { start: 0, page: 0, step: 0 };

	/**
	 * The number of the page at an offset. For a page requested ahead, assumes that all pages have the same
	 * length.
	 */
	at(start: number): number {
		const { latest } = this;
		const pagesBetween = latest.step > 0 ? Math.round((start - latest.start) / latest.step) : 0;
		return this.numbers.get(start) ?? latest.page + pagesBetween;
	}

	/**
	 * Records the length of a page, after which the next one starts, even if this page was shorter than the
	 * others.
	 */
	note(start: number, page: number, length: number): void {
		this.latest = { start: start + length, page: page + 1, step: length };
		this.numbers.set(start + length, page + 1);
	}
}
