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

/**
 * Half of the secret: a RefreshToken is worth nothing without it, so browsers do not get it either.
 * Not in the class, as lint takes it for no secret by its name.
 */
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

/** Not in the class: by their names alone, lint takes these two for secrets that n8n must not show. */
const keyPlacementFields: INodeProperties[] = [
	{
		displayName: 'Send API Key As',
		name: 'apiKeyPlacement',
		type: 'options',
		options: [
			{
				name: 'Find Out Automatically',
				value: 'auto',
				description: 'Tries bearer, header and exchange in turn, and keeps what works',
			},
			{
				name: 'Bearer Token',
				value: 'bearer',
				description: 'Header "Authorization: Bearer" followed by the key',
			},
			{ name: 'Exchange', value: 'exchange', description: 'Exchanged for an access token first' },
			{ name: 'Header', value: 'header', description: 'A header that holds just the key' },
			{
				name: 'Query Parameter',
				value: 'query',
				description: 'In the address of each request, where servers on the way may log it',
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
			'Name of the header or query parameter that carries the key. Left empty: X-Api-Key or apiKey.',
		displayOptions: {
			show: { authentication: ['apiKey'], apiKeyPlacement: ['header', 'query'] },
		},
	},
];

/** Access to Appspace API v3, by an application token (SubjectId and RefreshToken) or an API key. */
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
				'Address of the Appspace API. The public cloud is https://api.cloud.appspace.com; a private one has a host of its own, such as https://app1.cloud.appspace.com. The token must come from the same instance.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Application Token',
					value: 'applicationToken',
					description: 'SubjectId and RefreshToken: the way that Appspace documents',
				},
				{
					name: 'API Key',
					value: 'apiKey',
					description: 'One key; how Appspace wants it sent is not documented',
				},
			],
			default: 'applicationToken',
		},
		{
			displayName:
				'In the Appspace console open Admin &gt; Integrations &gt; API Tokens, create a token that acts as a service user with the roles that your workflows need, and copy its SubjectId and RefreshToken.',
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
				'Shown with the token in the Appspace console under Admin > Integrations > API Tokens. Access tokens are fetched with it and renewed by themselves.',
			displayOptions: { show: { authentication: ['applicationToken'] } },
		},
		{
			displayName:
				'Appspace documents that an API token can carry an API key, but not how the key is sent. This package finds out by trying the usual ways against your own host. It is detection, not documentation: where you can, use an application token.',
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
				'Enable the API Key option of a token in the Appspace console under Admin > Integrations > API Tokens and copy the apiKey. It is sent exactly as typed here, so a prefix can be typed with it.',
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
			// When the token was received, how long it lives and which inputs it answers to. Masked like
			// the token: an unmasked hidden value would be overwritten by what a browser loaded earlier.
			displayName: 'Access Token Record',
			name: 'accessTokenRecord',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
	];

	/** n8n calls this when there is no access token, and when a request came back with 401. */
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

	/** `authenticate` puts the Base URL into its normal form, which an expression could not. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/v3/users/me' },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Appspace issued an access token but refuses it. Check that the Base URL is of the instance that issued the RefreshToken.',
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
				// A user without an ID is no user, but a web page that came with status 200.
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
