import type { Call } from '../runtime/operation';
import { isRefusal, catchStatus } from '../transport/failure';
import { inner } from '../transport/scim/attributes';

/** The features that a SCIM service reports (RFC 7643 5). */
export interface Features {
	patch: boolean;
	filter: boolean;
	etag: boolean;
}

/** The defaults if a service reports nothing: what directories that work with Appspace rely on (S13). */
const DEFAULTS: Features = { patch: true, filter: true, etag: false };

/**
 * The features of the service, read once per run. A service without a ServiceProviderConfig gets the
 * defaults.
 */
export async function featuresOf(call: Pick<Call, 'memoize' | 'record'>): Promise<Features> {
	return await call.memoize('ServiceProviderConfig', async () => {
		const reading = call.record({ path: 'ServiceProviderConfig' });
		const config = await catchStatus(reading, 403, 404, 405, 501);
		return isRefusal(config) ? DEFAULTS : readFeatures(config);
	});
}

/** Reads the features from a ServiceProviderConfig. */
export function readFeatures(config: unknown): Features {
	const supports = (name: keyof Features) => {
		const supported = inner(config, name, 'supported');
		return supported === undefined ? DEFAULTS[name] : String(supported).toLowerCase() === 'true';
	};
	return { patch: supports('patch'), filter: supports('filter'), etag: supports('etag') };
}
