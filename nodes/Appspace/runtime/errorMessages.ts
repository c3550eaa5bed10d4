import type { Failure, StatusFailure } from '../transport/failure';
import { isSecurity, wasTurnedAway } from '../transport/failure';
import type { Effect } from '../transport/effect';
import type { About, ErrorMessage } from './errorMessage';
import { explainScim } from './scimErrorMessages';

const UNCERTAIN =
	'Appspace may have carried out the request, so it was not sent again. Check in Appspace before you run it again.';

const TURNED_AWAY =
	'Appspace turned the request away each time and did not carry it out. Try again later.';
const CARRIED_OUT =
	'Appspace has carried out the request. Check in Appspace before you run it again.';

const MAX_NAMED = 3;
const MAX_QUOTE = 80;

const CHANGED =
	'An earlier request for this item already changed something in Appspace. Check in Appspace before you run it again.';

/** The message for a failure of this operation. It never contains a secret: failures arrive without any. */
export function explain(failure: Failure, about: About): ErrorMessage {
	const { message, ...more } = explainKind(failure, about);
	const shown = { message: withShortQuotes(message), ...more };
	if (!about.hasChanged) return shown;
	return { ...shown, description: joined(shown.description, CHANGED) };
}

function joined(...sentences: Array<string | false | undefined>): string | undefined {
	return sentences.filter(Boolean).join(' ') || undefined;
}

/** A wrong expression can produce a whole document; its beginning is enough to recognize it. */
function withShortQuotes(text: string): string {
	return text.replace(/"[^"]*"/g, (quote) =>
		quote.length > MAX_QUOTE ? `${quote.slice(0, MAX_QUOTE)}..."` : quote,
	);
}

function explainKind(failure: Failure, about: About): ErrorMessage {
	const ofScim = explainScim(failure, about, listed(about.records));
	if (ofScim) return ofScim;
	switch (failure.kind) {
		case 'input':
			return {
				message: failure.message,
				description: joined(failure.description, failure.isCarriedOut && CARRIED_OUT),
				...(failure.status && { httpCode: String(failure.status) }),
			};
		case 'access':
			return {
				message: failure.message,
				description: failure.temporary
					? 'Try again in a moment. If this keeps happening, open the Appspace API credential of this node: n8n tests it.'
					: 'Open the Appspace API credential of this node: n8n tests it. If Appspace was only busy, try again later.',
			};
		case 'answer':
			return {
				message: failure.message,
				description:
					about.effect === 'read'
						? 'Check the Base URL of the credential. If it is right, try again later.'
						: UNCERTAIN,
			};
		case 'network':
			return explainNetwork(failure, about);
		case 'status':
			return {
				...(failure.host === undefined
					? explainStatus(failure, about)
					: explainFile(failure.host, failure.status, about.operation.action)),
				httpCode: String(failure.status),
			};
	}
}

function explainNetwork(
	{ code, sent }: { code: string; sent: boolean },
	about: About,
): ErrorMessage {
	const action = about.operation.action;
	// n8n recognizes a canceled execution by this spelling.
	if (code === 'ERR_CANCELED') return { message: `${action}: the execution was canceled` };
	if (isSecurity(code)) {
		return {
			message: `${action}: no secure connection to Appspace, because n8n rejects its certificate`,
			description: 'Check the Base URL of the credential and the proxy between n8n and Appspace.',
		};
	}
	const message = sent
		? `${action}: no complete response from Appspace, because the connection broke or timed out`
		: `${action}: no connection to Appspace`;
	if (sent && about.effect !== 'read') return { message, description: UNCERTAIN };
	return { message, description: 'Check the network and whether Appspace is up, then try again.' };
}

function explainStatus(failure: StatusFailure, about: About): ErrorMessage {
	const { status, serverMessage } = failure;
	const action = about.operation.action;
	const quote = serverMessage === '' ? '' : ` Appspace says: "${serverMessage}".`;
	const which = listed(about.records);
	switch (status) {
		case 400:
		case 422:
			return {
				message: `${action}: Appspace does not accept the request${which && ` for ${which}`}`,
				description: `Check the parameters of this item.${quote}`,
			};
		case 401:
			return {
				message: `${action}: Appspace refuses the access token, and a renewed one as well`,
				description: `Open the Appspace API credential: n8n tests it, and the token may have been revoked.${quote}`,
			};
		case 403:
			return {
				message: `${action}: Appspace does not permit this for the user that the API token acts as`,
				description: `${permission(about.resource.role, which)}${quote}`,
			};
		case 404:
			return {
				message: which ? `${which} was not found` : `${action}: not found at this address`,
				description: `${
					which
						? 'Pick the record from the list or copy its ID again. It may have been deleted, or be hidden from the user that the API token acts as.'
						: 'This tenant may not offer what the operation needs. Check the Base URL of the credential.'
				}${quote}`,
			};
		case 409:
			return {
				message: `${action}: this conflicts with existing data in Appspace`,
				description: `Change the values, or update the existing record instead.${quote}`,
			};
		case 429:
			return {
				message: `${action}: Appspace asks for fewer requests`,
				description: `Lower "Items at Once" under Options, or try again later.${quote}`,
			};
		default:
			return {
				message: `${action}: Appspace answered with status ${status}`,
				description: `${remedyFor(failure, about.effect)}${quote}`,
			};
	}
}

/** What to do after a status that says nothing about the request itself. */
function remedyFor(failure: StatusFailure, effect: Effect): string {
	if (effect === 'read' || (failure.status < 500 && failure.status !== 408)) {
		return 'Try again later.';
	}
	return wasTurnedAway(failure) ? TURNED_AWAY : UNCERTAIN;
}

/** The first few records by name, because an item can hold hundreds. */
function listed(records: About['records']): string {
	const named = records.slice(0, MAX_NAMED).map(({ label, id }) => `${label} "${id}"`);
	const more = records.length - named.length;
	return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A file may be on another host, which never gets the token; see transport/download.ts. */
function explainFile(host: string, status: number, action: string): ErrorMessage {
	if (status === 401 || status === 403) {
		return {
			message: `${action}: ${host} requires a sign-in for the file`,
			description:
				'The access token goes only to the Base URL of the credential, never to another host. The address of the file may also have expired: run the node again.',
		};
	}
	if (status === 404 || status === 410) {
		return {
			message: `${action}: the file was not found at its address on ${host}`,
			description: 'Check in Appspace whether it is still there, and run the node again.',
		};
	}
	return {
		message: `${action}: ${host} answered with status ${status}`,
		description: 'Try again later.',
	};
}

function permission(role: string | undefined, which: string): string {
	const needed = role
		? `Give that user the role ${role} in Appspace.`
		: 'Give that user permission for this in Appspace.';
	return which ? `${needed} It also needs access to ${which}.` : needed;
}

/** JavaScript's own errors are not meant for users; n8n's errors, such as for an expression, are. */
export function isUnforeseen(error: unknown): boolean {
	return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}
