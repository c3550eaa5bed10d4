import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { authorize, renewAccessToken } from './auth/renewal';

// Masked, because it is the other half of the RefreshToken. Outside the class because of the rule
// @n8n/community-nodes/credential-unnecessary-password, which goes by field names.
const subjectIdField: INodeProperties = {
	displayName: 'SubjectId',
	name: 'subjectId',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	required: true,
	description:
		'Shown with the token in the Appspace console under Admin > Integrations > API Tokens',
	displayOptions: { show: { authentication: ['applicationToken'] } },
};

// Not secret. Outside the class because of the rule @n8n/community-nodes/credential-password-field, which
// goes by field names.
const keyPlacementFields: INodeProperties[] = [
	{
		displayName: 'Send API Key As',
		name: 'apiKeyPlacement',
		type: 'options',
		options: [
			{
				name: 'Find Out Automatically',
				value: 'auto',
				description: 'Tries bearer, header, and exchange in turn, and keeps the one that works',
			},
			{
				name: 'Bearer Token',
				value: 'bearer',
				description: 'Header "Authorization: Bearer" followed by the key',
			},
			{ name: 'Exchange', value: 'exchange', description: 'Exchanged for an access token first' },
			{ name: 'Header', value: 'header', description: 'A header that contains only the key' },
			{
				name: 'Query Parameter',
				value: 'query',
				description: 'In the address of each request, where proxies may log it',
			},
		],
		default: 'auto',
		displayOptions: { show: { authentication: ['apiKey'] } },
	},
	{
		displayName: 'Header or Parameter Name',
		name: 'apiKeyName',
		type: 'string',
		default: '',
		placeholder: 'e.g. X-Api-Key',
		description:
			'Name of the header or query parameter that carries the key. Defaults to X-Api-Key or apiKey.',
		displayOptions: {
			show: { authentication: ['apiKey'], apiKeyPlacement: ['header', 'query'] },
		},
	},
];

/** Access to Appspace API v3 with an application token (SubjectId and RefreshToken) or an API key. */
export class AppspaceApi implements ICredentialType {
	name = 'appspaceApi';

	displayName = 'Appspace API';

	icon: Icon = { light: 'file:../icons/appspace.svg', dark: 'file:../icons/appspace.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-appspace/n8n-nodes-appspace#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.cloud.appspace.com',
			placeholder: 'e.g. https://api.cloud.appspace.com',
			required: true,
			description:
				'Address of the Appspace API. The public cloud is https://api.cloud.appspace.com; a private cloud has its own host, such as https://app1.cloud.appspace.com. The token must come from the same instance.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Application Token',
					value: 'applicationToken',
					description: 'SubjectId and RefreshToken, as documented by Appspace',
				},
				{
					name: 'API Key',
					value: 'apiKey',
					description: 'One key; Appspace does not document how to send it',
				},
			],
			default: 'applicationToken',
		},
		{
			displayName:
				'In the Appspace console, open Admin &gt; Integrations &gt; API Tokens, create a token that acts as a service user with the roles that your workflows need, and copy its SubjectId and RefreshToken.',
			name: 'applicationNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { authentication: ['applicationToken'] } },
		},
		subjectIdField,
		{
			displayName: 'RefreshToken',
			name: 'refreshToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Shown with the token in the Appspace console under Admin > Integrations > API Tokens. It is exchanged for access tokens, which are renewed automatically. Use a token in one credential only.',
			displayOptions: { show: { authentication: ['applicationToken'] } },
		},
		{
			displayName:
				'Appspace documents that an API token can have an API key, but not how to send it. This package tries the usual ways with your host and keeps the one that works. If you can, use an application token instead.',
			name: 'detectionNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In the Appspace console, enable the API Key option of a token under Admin > Integrations > API Tokens and copy the apiKey. It is sent exactly as you type it, so you can add a prefix.',
			displayOptions: { show: { authentication: ['apiKey'] } },
		},
		...keyPlacementFields,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			// When the token was received, its lifetime, and the inputs it was issued for. Masked like the
			// token, because a browser would overwrite an unmasked hidden value with the one it loaded
			// earlier.
			displayName: 'Access Token Record',
			name: 'accessTokenRecord',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
	];

	/** n8n calls this when there is no access token, and after a 401. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		return await renewAccessToken(this.helpers, credentials);
	}

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	) => authorize(credentials, requestOptions);

	/** `authenticate` normalizes the Base URL, which an expression could not. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/v3/users/me' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Appspace issued an access token but refuses it. Check that the Base URL is the address of the instance that issued the RefreshToken.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Appspace refuses the access token: it was revoked, or the user that it acts as may not read its own profile. Check both in the Appspace console under Admin > Integrations > API Tokens.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The address answers, but not as an Appspace API does. Check the Base URL of the credential.',
				},
			},
			{
				// Without an ID, the reply is not a user but, for example, a web page with status 200.
				type: 'responseSuccessBody',
				properties: {
					key: 'id',
					value: undefined,
					message:
						'The address answers, but not as an Appspace API does. Check the Base URL of the credential.',
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}
