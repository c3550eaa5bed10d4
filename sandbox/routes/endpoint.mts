import type { Answer } from '../answer.mts';
import type { Random } from '../data/random.mts';
import type { Settings } from '../settings.mts';
import type { Tenant } from '../tenant.mts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler gets: the request, and the tenant that it may read and change. */
export interface Call {
	/** From the path, as sent. */
	params: Record<string, string>;
	/** Names in lower case, because their case does not seem to matter (appspace-api.md 3.1). */
	query: Record<string, string>;
	/** Parsed JSON, or the text as sent. */
	body: unknown;
	tenant: Tenant;
	settings: Settings;
	/** The origin that the sandbox listens on. */
	origin: string;
	/** Random source for what happens while the tenant runs, such as new IDs. */
	random: Random;
	/** Random source for what stays fixed per tenant: the same fork name gives the same draw. */
	seeded: Random;
}

/** The part of OpenAPI schemas that the sandbox writes. */
export interface Schema {
	/** Its name among the document's components, for a shared schema. */
	title?: string;
	type?: string;
	format?: string;
	enum?: readonly string[];
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: readonly string[];
	description?: string;
}

/** One entry in a service's table: it answers requests and describes itself in the OpenAPI document. */
export interface Endpoint {
	method: Method;
	/** Below `/api/v3/`, with parameters as `:name`. */
	path: string;
	summary: string;
	/**
	 * Query names with their type; `paged` adds `start` and `limit`. Commas separate list values
	 * (appspace-api.md 3.2).
	 */
	query?: Record<string, 'string' | 'integer' | 'boolean' | 'date-time' | 'list'>;
	paged?: boolean;
	body?: Schema;
	/** Marked as deprecated in the document. */
	deprecated?: boolean;
	/** The real documents omit endpoints that work (appspace-api.md 3.1), so these do too. */
	undocumented?: boolean;
	/** Whether the endpoint currently exists; if not, its path answers 405. */
	when?: (settings: Settings) => boolean;
	/** Responds, or throws a Refusal. A plain value goes out as JSON with status 200. */
	handle: (call: Call) => Answer | object | Promise<Answer | object>;
}

export interface Service {
	/** The first part of its paths, below `/api/v3/`. */
	name: string;
	title: string;
	beta?: boolean;
	endpoints: readonly Endpoint[];
}
