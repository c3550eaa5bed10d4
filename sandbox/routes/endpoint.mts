import type { Answer } from '../answer.mts';
import type { Random } from '../data/random.mts';
import type { Settings } from '../settings.mts';
import type { Tenant } from '../tenant.mts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a handler is given: the request, and the tenant that it may read and change. */
export interface Call {
	/** From the path, as sent. */
	params: Record<string, string>;
	/** Names in lower case, as their case does not seem to matter (appspace-api.md 3.1). */
	query: Record<string, string>;
	/** Parsed JSON, or the text as it was sent. */
	body: unknown;
	tenant: Tenant;
	settings: Settings;
	/** Where the sandbox listens. */
	origin: string;
	/** For what is drawn while the tenant runs, such as new ids. */
	random: Random;
	/** For what is drawn once per tenant: the same fork name gives the same draw. */
	seeded: Random;
}

/** An OpenAPI schema, as far as the sandbox writes any. */
export interface Schema {
	/** Its name among the document's components, for a schema that is described there. */
	title?: string;
	type?: string;
	format?: string;
	enum?: readonly string[];
	items?: Schema;
	properties?: Record<string, Schema>;
	required?: readonly string[];
	description?: string;
}

/** One line of a service's table: it answers requests and describes itself in the OpenAPI document. */
export interface Endpoint {
	method: Method;
	/** Below `/api/v3/`, parameters as `:name`. */
	path: string;
	summary: string;
	/**
	 * Query names with their type; `paged` adds `start` and `limit`. Lists are separated by commas
	 * (appspace-api.md 3.2).
	 */
	query?: Record<string, 'string' | 'integer' | 'boolean' | 'date-time' | 'list'>;
	paged?: boolean;
	body?: Schema;
	/** Marked as such in the document. */
	deprecated?: boolean;
	/** The real documents omit endpoints that work (appspace-api.md 3.1): so do ours. */
	undocumented?: boolean;
	/** Whether it is there at the moment; where it is not, its path answers 405. */
	when?: (settings: Settings) => boolean;
	/** Answers, or throws a Refusal. A plain value goes out as JSON with status 200. */
	handle: (call: Call) => Answer | object | Promise<Answer | object>;
}

export interface Service {
	/** The first part of its paths, below `/api/v3/`. */
	name: string;
	title: string;
	beta?: boolean;
	endpoints: readonly Endpoint[];
}
