import type { Call } from '../../runtime/operation';
import type { TenantRequest } from '../../transport/tenantRequest';

const REPLACED =
	'Appspace repeated an access token, a refresh token or an API key in its answer. It was replaced by ***.';

/** The request with its answer freed from tokens and keys: an endpoint of any kind may repeat what was sent. */
export function withoutTokens(call: Call, request: TenantRequest): TenantRequest {
	return { ...request, onRedaction: () => call.hint(REPLACED) };
}
