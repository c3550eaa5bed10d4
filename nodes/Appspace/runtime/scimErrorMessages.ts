import type { Failure } from '../transport/failure';
import type { About, ErrorMessage } from './errorMessage';

/** What the keywords of RFC 7644 3.12 mean to a user: what happened, and what to do. */
const KEYWORDS: Record<string, [message: string, description: string]> = {
	invalidFilter: [
		'Appspace does not understand the filter',
		'Check the names of attributes and the operators; texts stand in double quotes.',
	],
	tooMany: ['the filter fits more records than Appspace gives', 'Narrow the filter down.'],
	mutability: [
		'Appspace does not let an attribute be changed',
		'Leave out the fields that Appspace manages by itself.',
	],
	invalidPath: [
		'Appspace does not know one of the attributes',
		'Leave out the fields that your tenant does not have.',
	],
	noTarget: [
		'Appspace does not have the value that is to be changed',
		'Get the record and check what it holds.',
	],
	invalidValue: [
		'Appspace does not accept one of the values',
		'Check the fields of this item; required ones may be missing.',
	],
	invalidVers: [
		'Appspace speaks another version of SCIM',
		'Check the Base URL of the credential: it has to be the address for SCIM 2.0.',
	],
	sensitive: [
		'Appspace does not take this in an address, as it is personal data',
		'Look the record up by its ID instead.',
	],
};

const CHECK_CREDENTIAL = 'Open the Appspace SCIM API credential of this node and press Test.';

/** The message for what is different with SCIM; undefined where the general one fits. */
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
	const did = operation.action;
	const quote = serverMessage === '' ? '' : ` Appspace says: "${serverMessage}".`;
	const tell = (message: string, description: string): ErrorMessage => ({
		message,
		description: description + quote,
		httpCode: String(status),
	});
	const { dependsOn } = resource;
	const keyword = Object.hasOwn(KEYWORDS, scimType) ? KEYWORDS[scimType] : undefined;
	if (keyword && status === 400) return tell(`${did}: ${keyword[0]}`, keyword[1]);
	switch (status) {
		case 401:
			return tell(
				`${did}: Appspace refuses the SCIM token`,
				`${CHECK_CREDENTIAL} The token may have been replaced under Users > Settings > User Provisioning.`,
			);
		case 403:
			return tell(
				`${did}: Appspace does not permit this with the SCIM token`,
				`${dependsOn ?? 'Check in the Appspace console under Users > Settings > User Provisioning that provisioning is enabled.'} ${CHECK_CREDENTIAL}`,
			);
		case 404:
			return which
				? tell(
						`${which} was not found`,
						`It may be deleted. The ID has to be the one that SCIM gives: an ID from another resource of this node may be another one.${dependsOn ? ` ${dependsOn}` : ''}`,
					)
				: tell(
						`${did}: not found at this address`,
						dependsOn ?? 'Check that the Base URL of the credential is the address for SCIM.',
					);
		case 405:
		case 501:
			return tell(
				`${did}: Appspace does not offer this over SCIM`,
				dependsOn ?? 'What this tenant offers is for Appspace to say.',
			);
		case 409:
			return scimType === 'uniqueness'
				? tell(
						`${did}: a value that has to be unique is taken`,
						'Choose another value. Appspace may not show the record that has it over SCIM, such as a deactivated user: look in the Appspace console.',
					)
				: tell(
						`${did}: this clashes with what is already in Appspace`,
						'Change the values, or look in the Appspace console for what they clash with.',
					);
		case 412:
			return tell(
				`${did}: ${which || 'the record'} was changed by somebody else meanwhile`,
				'Nothing was changed for this item. Get the record and run the operation again.',
			);
		case 413:
			return tell(`${did}: this is more than Appspace takes at once`, 'Send fewer values.');
		default:
			return effect === 'read' && status === 500
				? tell(`${did}: Appspace answered with status 500`, 'Try again later.')
				: undefined;
	}
}
