import type { Operation } from '../../runtime/operation';
import { simplifyPost } from './postRecord';

export const getAwaitingAcknowledgement: Operation = {
	value: 'getAwaitingAcknowledgement',
	name: 'Get Awaiting Acknowledgement',
	action: 'Get posts awaiting acknowledgement',
	description:
		'List the posts that the service user of the credential has yet to acknowledge; whether an API token may ask for them is not known',
	effect: 'read',
	endpoints: ['GET contentfeed/posts/acknowledgment/me'],
	evidence: { grade: 'INFERRED', sources: 'S8' },
	isList: true,
	simplify: simplifyPost,

	async run(call) {
		return await call.list('contentfeed/posts/acknowledgment/me');
	},
};
