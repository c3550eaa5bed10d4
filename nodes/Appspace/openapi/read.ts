import { badInput, RequestFailed } from '../transport/failure';
import type { OpenFile } from '../transport/file';
import { MEGABYTE } from '../transport/openFile';
import { isPlainText, NO_JSON, NOTHING } from '../transport/reply';
import { sentPath } from '../transport/typedPath';
import type { TenantRequest } from '../transport/tenantRequest';
import { descriptionIn, unusable, type Description } from './document';
import { partsIn } from './partsIn';
import { KNOWN_SERVICES, servicesIn, type Service } from './services';

/** Reads from the tenant: a `Tenant`, or the `Call` of an operation. */
export interface Reader {
	request(request: TenantRequest): Promise<unknown>;
}

/** Limits of a description, in bytes and in values. Together they keep parsing below 250 ms. */
const LARGEST = 8 * MEGABYTE;
const MAX_PARTS = 300_000;
/** The limit of the index of descriptions, in bytes. */
const LARGEST_INDEX = 2 * MEGABYTE;

/**
 * Reads the description of a service.
 *
 * @returns the description, and the size of the reply in bytes
 * @throws RequestFailed
 */
export async function readDescription(
	reader: Reader,
	service: string,
): Promise<{ description: Description; size: number }> {
	let size = 0;
	const read = async (file: OpenFile) => {
		const text = await file.text();
		size = file.size;
		if (partsIn(text) > MAX_PARTS) {
			throw unusable(service, `it holds more than ${MAX_PARTS.toLocaleString('en-US')} values`);
		}
		return parsed(text);
	};
	try {
		const body = await reader.request({
			path: sentPath([checkedName(service), 'openapi']),
			reading: { limit: LARGEST, read },
		});
		return { description: descriptionIn(body, service), size };
	} catch (error) {
		throw explained(service, error);
	}
}

/** The services that the tenant lists; if it lists none, those named in public sources. */
export async function readServices(
	reader: Reader,
	origin: string,
): Promise<{ services: Service[]; areListed: boolean }> {
	const read = async (file: OpenFile) => await file.text();
	const page = await reader
		.request({ path: 'docs/', acceptsText: true, reading: { limit: LARGEST_INDEX, read } })
		.catch((error: unknown) => {
			// Without an index, the known names still help; without access, nothing does.
			const { kind } = error instanceof RequestFailed ? error.failure : {};
			if (kind === 'status' || kind === 'answer' || kind === 'input') return '';
			throw error;
		});
	const listed = servicesIn(String(page ?? ''), origin);
	if (listed.length > 0) return { services: listed, areListed: true };
	return { services: KNOWN_SERVICES.map((name) => ({ name, title: name })), areListed: false };
}

/**
 * Parses JSON. Returns plain text as it is, which is not a description; anything else may be half a reply
 * and is requested again.
 */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return plain(text);
	}
}

function plain(text: string): string {
	if (text.trim() === '') throw new RequestFailed(NOTHING);
	if (isPlainText(text)) return text;
	throw new RequestFailed(NO_JSON);
}

function checkedName(service: string): string {
	if (/^[\w.~-]{1,100}$/.test(service) && !/^\.+$/.test(service)) return service;
	throw badInput(
		'The parameter "Service" is not the name of a service',
		'Pick a service from the list, or enter a name such as devices.',
	);
}

/** Replaces a failure of the description by one that says how to work without it. */
function explained(service: string, error: unknown): unknown {
	if (!(error instanceof RequestFailed)) return error;
	const { failure } = error;
	if (failure.kind === 'status' && failure.status === 404) {
		return unusable(service, 'the tenant has none at this address');
	}
	if (failure.kind === 'answer') return unusable(service, 'it is not complete JSON');
	const isTooLarge = failure.kind === 'input' && failure.message.startsWith('The file is larger');
	return isTooLarge ? unusable(service, `it is larger than ${LARGEST / MEGABYTE} MB`) : error;
}
