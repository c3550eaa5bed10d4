import type { Call } from '../../runtime/operation';
import type { TenantRequest } from '../../transport/tenantRequest';

const REPLACED =
	'Appspace repeated an access token, a refresh token, or an API key in its response. The node replaced it with ***.';

/** The request with a hint about redaction: an arbitrary endpoint may repeat the token or key in its answer. */
export function withoutTokens(call: Call, request: TenantRequest): TenantRequest {
	return { ...request, onRedaction: () => call.hint(REPLACED) };
}
