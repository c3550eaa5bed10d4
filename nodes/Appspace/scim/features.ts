import type { Call } from '../runtime/operation';
import { isRefusal, catchStatus } from '../transport/failure';
import { inner } from '../transport/scim/attributes';

/** What a SCIM service says that it can do (RFC 7643 5). */
export interface Features {
	patch: boolean;
	filter: boolean;
	etag: boolean;
}

/** Where a service does not say: what the directories that work with Appspace count on (S13). */
const USUAL: Features = { patch: true, filter: true, etag: false };

/** What the service can do, read once a run; a service that does not show it is taken for a usual one. */
export async function featuresOf(call: Pick<Call, 'memoize' | 'record'>): Promise<Features> {
	return await call.memoize('ServiceProviderConfig', async () => {
		const reading = call.record({ path: 'ServiceProviderConfig' });
		const config = await catchStatus(reading, 403, 404, 405, 501);
		return isRefusal(config) ? USUAL : readFeatures(config);
	});
}

/** The features in a ServiceProviderConfig. */
export function readFeatures(config: unknown): Features {
	const supports = (name: keyof Features) => {
		const supported = inner(config, name, 'supported');
		return supported === undefined ? USUAL[name] : String(supported).toLowerCase() === 'true';
	};
	return { patch: supports('patch'), filter: supports('filter'), etag: supports('etag') };
}
