import { hasBody, METHODS, type Method } from '../../openapi/typedEndpoint';
import { contentToSend, wordOf } from '../../openapi/requestFor';
import type { IDataObject } from 'n8n-workflow';
import { jsonObject, jsonText } from '../../fields/json';
import type { Call } from '../../runtime/operation';
import { textOfEntry } from '../../runtime/parameterValues';
import { badInput } from '../../transport/failure';
import { requestHeaders } from '../../transport/requestHeaders';
import type { TenantRequest } from '../../transport/tenantRequest';
import { sentPath, typedPath } from '../../transport/typedPath';

type Pair = [name: string, value: string];

/** The request that the parameters of the item describe. */
export async function rawRequestOf(call: Call): Promise<TenantRequest> {
	const method = METHODS.find((one) => one === call.text('method').toUpperCase());
	if (!method) {
		throw badInput(
			'The parameter "Method" is not a supported method',
			`Use one of ${METHODS.join(', ')}.`,
		);
	}
	const { segments, query } = typedPath(call.text('path'));
	const {
		queryParameters,
		queryJson = {},
		headers,
	} = call.values(...['queryParameters', 'queryJson', 'headers']);
	const fromJson = Object.entries(jsonObject(queryJson, 'Query (JSON)')).flatMap(pairsOf);
	const pairs = [...query, ...pairsIn(queryParameters, 'Query Parameters'), ...fromJson];
	const content = await contentOf(call, method);
	return {
		method,
		path: sentPath(segments, pairs),
		headers: requestHeaders(pairsIn(headers, 'Headers')),
		...(content && { content }),
	};
}

async function contentOf(call: Call, method: Method): Promise<TenantRequest['content']> {
	if (!hasBody(method)) return undefined;
	switch (call.text('bodyContent')) {
		case 'json':
			return contentToSend(
				'application/json',
				jsonText(call.values('body').body ?? {}, 'Body (JSON)'),
			);
		case 'file': {
			const field = call.text('inputDataFieldName');
			if (field === '') {
				throw badInput(
					'The parameter "Input Data Field Name" is empty',
					'Enter the name of a binary field, such as data.',
				);
			}
			const { data, mimeType } = await call.inputFile(field);
			return { type: mimeType, data };
		}
		default:
			return undefined;
	}
}

/**
 * The names and values of a fixed collection, without entries that have no name.
 *
 * @param label the display name of the parameter
 * @throws RequestFailed for a name without a value
 */
function pairsIn(collection: unknown, label: string): Pair[] {
	const { pair = [] } = (collection ?? {}) as { pair?: IDataObject[] };
	return pair.flatMap(({ name = '', value }): Pair[] => {
		const trimmed = String(name).trim();
		return trimmed === '' ? [] : [[trimmed, textOfEntry(value, trimmed, label)]];
	});
}

/** Each entry of a list as a separate parameter: in a raw request, the user controls the format. */
function pairsOf([name, value]: [string, unknown]): Pair[] {
	if (value === undefined || value === null) return [];
	return [value].flat().map((entry): Pair => [name, wordOf(entry ?? '')]);
}
