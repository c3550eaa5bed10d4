import type { Failure } from '../transport/failure';
import type { About, ErrorMessage } from './errorMessage';

/** The messages for the keywords of RFC 7644 3.12: what happened, and what to do. */
const KEYWORDS: Record<string, [message: string, description: string]> = {
	invalidFilter: [
		'Appspace does not understand the filter',
		'Check the attribute names and the operators, and put text in double quotes.',
	],
	tooMany: [
		'the filter matches more records than Appspace returns',
		'Make the filter more specific.',
	],
	mutability: [
		'Appspace does not let you change one of the attributes',
		'Leave out the fields that Appspace manages itself.',
	],
	invalidPath: [
		'Appspace does not know one of the attributes',
		'Leave out the fields that your tenant does not have.',
	],
	noTarget: [
		'Appspace does not have the value that you want to change',
		'Get the record and check its values.',
	],
	invalidValue: [
		'Appspace does not accept one of the values',
		'Check the fields of this item. A required one may be missing.',
	],
	invalidVers: [
		'Appspace uses a different version of SCIM',
		'Check the Base URL of the credential: it must be the address for SCIM 2.0.',
	],
	sensitive: [
		'Appspace does not accept this in a URL, because it is personal data',
		'Look the record up by its ID instead.',
	],
};

const CHECK_CREDENTIAL = 'Open the Appspace SCIM API credential of this node: n8n tests it.';

/** The message for what differs in SCIM; undefined if the general message fits. */
export function explainScim(
	failure: Failure,
	{ resource, operation, effect }: About,
	which: string,
): ErrorMessage | undefined {
	if (resource.credential !== 'appspaceScimApi') return undefined;
	if (failure.kind === 'access') {
		return { message: failure.message, description: CHECK_CREDENTIAL };
	}
	if (failure.kind !== 'status') return undefined;

	const { status, serverMessage, scimType = '' } = failure;
	const action = operation.action;
	const quote = serverMessage === '' ? '' : ` Appspace says: "${serverMessage}".`;
	const toMessage = (message: string, description: string): ErrorMessage => ({
		message,
		description: description + quote,
		httpCode: String(status),
	});
	const { dependsOn } = resource;
	const keyword = Object.hasOwn(KEYWORDS, scimType) ? KEYWORDS[scimType] : undefined;
	if (keyword && status === 400) return toMessage(`${action}: ${keyword[0]}`, keyword[1]);
	switch (status) {
		case 401:
			return toMessage(
				`${action}: Appspace refuses the SCIM token`,
				`${CHECK_CREDENTIAL} The token may have been replaced under Users > Settings > User Provisioning.`,
			);
		case 403:
			return toMessage(
				`${action}: Appspace does not permit this with the SCIM token`,
				`${dependsOn ?? 'Check in the Appspace console under Users > Settings > User Provisioning that provisioning is enabled.'} ${CHECK_CREDENTIAL}`,
			);
		case 404:
			return which
				? toMessage(
						`${which} was not found`,
						`It may have been deleted. Use its SCIM ID, which may differ from the ID in other resources of this node.${dependsOn ? ` ${dependsOn}` : ''}`,
					)
				: toMessage(
						`${action}: not found at this address`,
						dependsOn ?? 'Check that the Base URL of the credential is the SCIM address.',
					);
		case 405:
		case 501:
			return toMessage(
				`${action}: Appspace does not offer this over SCIM`,
				dependsOn ?? 'Ask Appspace whether your tenant can offer it.',
			);
		case 409:
			return scimType === 'uniqueness'
				? toMessage(
						`${action}: a value that must be unique is already in use`,
						'Choose another value. The record that has it may be hidden from SCIM, such as a deactivated user: look in the Appspace console.',
					)
				: toMessage(
						`${action}: this conflicts with existing data in Appspace`,
						'Change the values, or look for the conflicting record in the Appspace console.',
					);
		case 412:
			return toMessage(
				`${action}: ${which || 'the record'} was changed by someone else in the meantime`,
				'Nothing was changed for this item. Get the record and run the operation again.',
			);
		case 413:
			return toMessage(
				`${action}: this is more than Appspace accepts at once`,
				'Send fewer values.',
			);
		default:
			return effect === 'read' && status === 500
				? toMessage(`${action}: Appspace answered with status 500`, 'Try again later.')
				: undefined;
	}
}
