import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { authorizeScim } from './auth/scim';

/** Access to Appspace user provisioning over SCIM 2.0 with a static token. */
export class AppspaceScimApi implements ICredentialType {
	name = 'appspaceScimApi';

	displayName = 'Appspace SCIM API';

	icon: Icon = { light: 'file:../icons/appspace.svg', dark: 'file:../icons/appspace.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-appspace/n8n-nodes-appspace#credentials-for-user-provisioning';

	properties: INodeProperties[] = [
		{
			displayName:
				'In the Appspace console, open Users &gt; Settings &gt; User Provisioning, copy the SCIM address, and generate a token. This is not the token of the Appspace API credential, and you cannot use one in place of the other.',
			name: 'scimNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://cloud.appspace.com/identity/scim',
			required: true,
			description:
				'Address of the SCIM service, as shown in the Appspace console under Users > Settings > User Provisioning. If you enter only a host, /identity/scim is added.',
		},
		{
			displayName: 'SCIM Token',
			name: 'scimToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Generated in the Appspace console under Users > Settings > User Provisioning. Anyone with this token can create, change, and delete users.',
		},
	];

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	) => authorizeScim(credentials, requestOptions);

	/**
	 * A list of one user always needs the token, while a service may show ServiceProviderConfig to anyone
	 * (RFC 7644 4). `authenticate` normalizes the Base URL.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: '/Users',
			qs: { startIndex: 1, count: 1 },
			headers: { Accept: 'application/scim+json' },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Appspace refuses the SCIM Token: it is wrong, was replaced, or does not belong to this Base URL. Generate one under Users > Settings > User Provisioning.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Appspace accepts the SCIM Token, but does not let it read users. Check in the Appspace console that User Provisioning is enabled.',
				},
			},
			{ type: 'responseCode', properties: { value: 404, message: NOT_SCIM } },
			...[301, 302, 303, 307, 308].map((value) => ({
				type: 'responseCode' as const,
				properties: { value, message: REDIRECTED },
			})),
			{
				// Without a total, the reply is not a SCIM list but, for example, a web page with status
				// 200.
				type: 'responseSuccessBody',
				properties: { key: 'totalResults', value: undefined, message: NOT_SCIM },
			},
		] as ICredentialTestRequest['rules'],
	};
}

const NOT_SCIM =
	'The address answers, but not as a SCIM service does. Copy the Base URL from the Appspace console: Users > Settings > User Provisioning.';
const REDIRECTED =
	'The address redirects to another address, to which the SCIM Token is not sent. Copy the Base URL from the Appspace console: Users > Settings > User Provisioning.';
