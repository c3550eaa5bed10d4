import type { TenantRequest } from '../transport/tenantRequest';
import type { ListRequest } from './operation';

/** A page by POST: its number counts from 0 and is sent with the first one too (appspace-api.md 5.5). */
export function searchPage(
	path: string,
	{ query, body }: ListRequest,
	page: number,
	limit: number,
): TenantRequest {
	return { method: 'POST', path, query, body: { ...body, limit, page }, effect: 'read' };
}
