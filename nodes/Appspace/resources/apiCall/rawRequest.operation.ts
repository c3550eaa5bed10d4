import { METHODS, type Method } from '../../openapi/typedEndpoint';
import { listFields } from '../../runtime/listing';
import type { Operation } from '../../runtime/operation';
import { shownWhere } from '../../runtime/shownWhere';
import { rawRequestOf } from './rawRequestOf';
import { rawFields } from './rawFields';
import { fullReply } from './fullReply';
import { effectOfMethod, readAnswer } from './readAnswer';
import { withoutTokens } from './withoutTokens';

/** Shows the list parameters only if the operation reads pages. */
const ONLY_LISTS = { show: { method: ['GET'], responseFormat: ['json'], readPages: [true] } };

export const rawRequest: Operation = {
	value: 'rawRequest',
	name: 'Raw Request',
	action: 'Send raw request to tenant',
	description:
		'Send any request below /api/v3/ of your tenant, with method, path, query, headers, and body as you type them',
	effect: 'write',
	effectOn: (call) => effectOfMethod(call.text('method') as Method),
	endpoints: [],
	evidence: { grade: 'OBSERVED', sources: 'S2', reply: 'unknown' },
	namesRequest: true,
	isList: true,
	fields: [...rawFields(METHODS), ...listFields.map((field) => shownWhere(field, ONLY_LISTS))],

	async run(call) {
		const request = withoutTokens(call, await rawRequestOf(call));
		const { fullResponse } = call.collection('options');
		const isFull = fullResponse === true;
		if (isFull || call.text('responseFormat') !== 'json') {
			return await fullReply(call, request, isFull);
		}
		const readsPages = request.method === 'GET' && call.values('readPages').readPages === true;
		return await readAnswer(call, request, readsPages ? 'described' : 'none');
	},
};
