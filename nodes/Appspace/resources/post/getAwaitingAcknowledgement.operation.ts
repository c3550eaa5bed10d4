import type { Operation } from '../../runtime/operation';
import { simplifyPost } from './postRecord';

export const getAwaitingAcknowledgement: Operation = {
	value: 'getAwaitingAcknowledgement',
	name: 'Get Awaiting Acknowledgment',
	action: 'Get posts awaiting acknowledgment',
	description:
		'List the posts that the service user of the credential has not acknowledged yet. It is not known whether this works with an API token.',
	effect: 'read',
	endpoints: ['GET contentfeed/posts/acknowledgment/me'],
	evidence: { grade: 'INFERRED', sources: 'S8' },
	isList: true,
	simplify: simplifyPost,

	async run(call) {
		return await call.list('contentfeed/posts/acknowledgment/me');
	},
};
